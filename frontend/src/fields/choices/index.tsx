/** Several of fixed options, each once. */
import { ListChecks } from 'lucide-react'
import { labelText } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { OptionBox, OptionChip } from '@/ui/inputs/OptionBox'
import { OptionFilterValue } from '@/ui/inputs/filter_values'
import { lazySettings } from '@/ui/inputs/lazy_settings'
import { findOption } from '@/ui/inputs/options'
import styles from '@/ui/inputs/inputs.module.css'

function ChoicesCell({ value, field }: CellProps<string[]>) {
  return (
    <span className={styles.chips}>
      {value.map((one) => (
        <OptionChip key={one} field={field} value={one} />
      ))}
    </span>
  )
}

function ChoicesInput(props: InputProps<string[]>) {
  return <OptionBox<string[]> {...props} many />
}

const sample = [
  { value: 'a', label: { 'zh-CN': '甲', en: 'First' } },
  { value: 'b', label: { 'zh-CN': '乙', en: 'Second' } },
]

export const choices = fieldKind<string[]>({
  type: 'choices',
  holds: 'texts',
  label: { 'zh-CN': '多选', en: 'Choices' },
  icon: ListChecks,
  align: 'left',
  width: 180,
  Cell: ChoicesCell,
  Input: ChoicesInput,
  FilterValue: OptionFilterValue,
  Settings: lazySettings(async () => (await import('@/ui/inputs/option_settings')).optionSettings({})),
  format: (value, field, locale) => value.map((one) => labelText(findOption(field, one)?.label ?? one, locale)).join(locale === 'zh-CN' ? '、' : ', '),
  parse: (text, field) => {
    const words = text.split(/[,，;；、|\n]/).map((word) => word.trim()).filter((word) => word !== '')
    const found = words.map((word) => findOption(field, word)?.value)
    if (found.some((value) => value === undefined)) return { error: { 'zh-CN': '请从选项中选择。', en: 'Choose from the options.' } }
    const values = [...new Set(found.filter((value) => value !== undefined))]
    return { value: values.length > 0 ? values : null }
  },
  isEmpty: (value) => value === null || value === undefined || value.length === 0,
  toWire: (value) => value ?? [],
  isPicked: true,
  examples: [{ options: { choices: sample }, value: ['a', 'b'], typed: '甲、乙', shown: { 'zh-CN': '甲、乙', en: 'First, Second' } }],
})
