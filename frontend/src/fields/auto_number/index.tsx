/** A running number made by the platform; nobody writes it. */
import { NumberPatternSettings } from '@/ui/inputs/settings'
import { ListOrdered } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

function AutoNumberCell({ value }: CellProps<string>) {
  return <>{value}</>
}

function AutoNumberInput(props: InputProps<string>) {
  return <TextBox {...props} mode="text" />
}

function parse(text: string): Parsed<string> {
  return { value: text.trim() === '' ? null : text.trim() }
}

export const auto_number = fieldKind<string>({
  type: 'auto_number',
  holds: 'text',
  label: { 'zh-CN': '自动编号', en: 'Auto-number' },
  icon: ListOrdered,
  align: 'left',
  width: 140,
  Cell: AutoNumberCell,
  Input: AutoNumberInput,
  FilterValue: TextFilterValue,
  Settings: NumberPatternSettings,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  isReadOnly: true,
  examples: [{ value: 'OPP-202611-0001', typed: 'OPP-202611-0001', shown: { 'zh-CN': 'OPP-202611-0001', en: 'OPP-202611-0001' } }],
})
