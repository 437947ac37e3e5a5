/** Which object a link points to, and what happens when its target is deleted. */
import { Select } from 'antd'
import { useId } from 'react'
import { useObjects } from '@/api/objects'
import { defineMessages, useLabel } from '@/lib/i18n'
import type { SettingsProps } from '@/registry/field_kind'
import { FieldLabel } from '@/ui/FieldLabel'
import styles from '@/ui/inputs/inputs.module.css'

const useText = defineMessages('link-settings', {
  'zh-CN': { target: '关联到', department: '部门', on_delete: '对方被删除时', clear: '清空这里', restrict: '不允许删除对方', cascade: '随对方一起删除和恢复' },
  en: { target: 'Links to', department: 'Departments', on_delete: 'When the other is deleted', clear: 'Empty this field', restrict: 'Refuse to delete the other', cascade: 'Delete and restore it together with the other' },
})

const WAYS = ['clear', 'restrict', 'cascade'] as const
type OnDelete = (typeof WAYS)[number]

export function LinkSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  const targetId = useId()
  const deleteId = useId()
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
      <div>
        <FieldLabel htmlFor={deleteId}>{say('on_delete')}</FieldLabel>
        <Select<OnDelete>
          className={styles.full ?? ''}
          id={deleteId}
          value={options.on_delete ?? 'clear'}
          options={WAYS.map((value) => ({ value, label: say(value) }))}
          onChange={(on_delete: OnDelete) => onChange({ ...options, on_delete })}
        />
      </div>
    </div>
  )
}
