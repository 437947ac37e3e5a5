/** What happens to a record when the one it links to is deleted. */
import { Select } from 'antd'
import { useId } from 'react'
import { defineMessages } from '@/lib/i18n'
import type { SettingsProps } from '@/registry/field_kind'
import { FieldLabel } from '../FieldLabel'
import styles from './inputs.module.css'

const useText = defineMessages('on-delete-settings', {
  'zh-CN': { on_delete: '对方被删除时', clear: '清空这里', restrict: '不允许删除对方', cascade: '随对方一起删除和恢复' },
  en: { on_delete: 'When the other is deleted', clear: 'Empty this field', restrict: 'Refuse to delete the other', cascade: 'Delete and restore it together with the other' },
})

const ways = ['clear', 'restrict', 'cascade'] as const
type OnDelete = (typeof ways)[number]


export function OnDeleteSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const id = useId()
  return (
    <div>
      <FieldLabel htmlFor={id}>{say('on_delete')}</FieldLabel>
      <Select<OnDelete>
        className={styles.full ?? ''}
        id={id}
        value={options.on_delete ?? 'clear'}
        options={ways.map((value) => ({ value, label: say(value) }))}
        onChange={(on_delete: OnDelete) => onChange({ ...options, on_delete })}
      />
    </div>
  )
}
