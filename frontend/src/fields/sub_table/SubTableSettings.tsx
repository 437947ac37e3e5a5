/** How few and how many lines a record may have. */
import { InputNumber } from 'antd'
import { useId } from 'react'
import { defineMessages } from '@/lib/i18n'
import type { SettingsProps } from '@/registry/field_kind'
import { FieldLabel } from '@/ui/FieldLabel'

const most = 5000

const useText = defineMessages('sub_table_settings', {
  'zh-CN': { fewest: '最少行数', most: '最多行数' },
  en: { fewest: 'Fewest lines', most: 'Most lines' },
})

export function SubTableSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const id = useId()
  const fewest = Number(options['minimum_lines'] ?? 0)
  const highest = Number(options['maximum_lines'] ?? most)
  return (
    <>
      <FieldLabel htmlFor={`${id}-fewest`}>{say('fewest')}</FieldLabel>
      <InputNumber id={`${id}-fewest`} min={0} max={most} precision={0} value={fewest} onChange={(value) => onChange({ ...options, minimum_lines: value ?? 0 })} />
      <FieldLabel htmlFor={`${id}-most`}>{say('most')}</FieldLabel>
      <InputNumber id={`${id}-most`} min={1} max={most} precision={0} value={highest} onChange={(value) => onChange({ ...options, maximum_lines: value ?? most })} />
    </>
  )
}
