/** Which object a link points to, and what happens when its target is deleted. */
import { Select } from 'antd'
import { useId } from 'react'
import { useObjects } from '@/api/objects'
import { defineMessages, useLabel } from '@/lib/i18n'
import type { SettingsProps } from '@/registry/field_kind'
import { FieldLabel } from '@/ui/FieldLabel'
import { OnDeleteSettings } from '@/ui/inputs/OnDeleteSettings'
import styles from '@/ui/inputs/inputs.module.css'

const useText = defineMessages('link-settings', {
  'zh-CN': { target: '关联到', department: '部门' },
  en: { target: 'Links to', department: 'Departments' },
})

export function LinkSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  const targetId = useId()
  return (
    <div className={styles.settings}>
      <div>
        <FieldLabel htmlFor={targetId} required>
          {say('target')}
        </FieldLabel>
        <Select<string>
          className={styles.full ?? ''}
          id={targetId}
          value={options.target ?? null}
          options={[...objects.map((object) => ({ value: object.name, label: label(object.plural_label) })), { value: 'department', label: say('department') }]}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(target: string) => onChange({ ...options, target })}
        />
      </div>
      <OnDeleteSettings options={options} onChange={onChange} />
    </div>
  )
}
