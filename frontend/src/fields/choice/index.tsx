/** One of fixed options; the options of a stage field are of a kind and may carry a probability. */
import { CircleDot } from 'lucide-react'
import { labelText } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps } from '@/registry/field_kind'
import { OptionBox, OptionChip } from '@/ui/inputs/OptionBox'
import { OptionFilterValue } from '@/ui/inputs/filter_values'
import { lazySettings } from '@/ui/inputs/lazy_settings'
import { findOption } from '@/ui/inputs/options'

function ChoiceCell({ value, field }: CellProps<string>) {
  return <OptionChip field={field} value={value} />
}

const sample = [{ value: 'a', label: { 'zh-CN': '甲', en: 'First' }, color: 'teal' }]

export const choice = fieldKind<string>({
  type: 'choice',
  holds: 'text',
  label: { 'zh-CN': '单选', en: 'Choice' },
  icon: CircleDot,
  align: 'left',
  width: 130,
  Cell: ChoiceCell,
  Input: OptionBox<string>,
  FilterValue: OptionFilterValue,
  Settings: lazySettings(async () => (await import('@/ui/inputs/option_settings')).optionSettings({ mayBeStage: true })),
  format: (value, field, locale) => labelText(findOption(field, value)?.label ?? value, locale),
  parse: (text, field) => {
    if (text.trim() === '') return { value: null }
    const found = findOption(field, text)
    return found ? { value: found.value } : { error: { 'zh-CN': '请从选项中选择。', en: 'Choose one of the options.' } }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  isPicked: true,
  examples: [{ options: { choices: sample }, value: 'a', typed: '甲', shown: { 'zh-CN': '甲', en: 'First' } }],
})
