/** An exact number, with its unit. */
import { Hash } from 'lucide-react'
import type { Field } from '@/api/types'
import { formatChange, formatNumber, parseFigure } from '@/lib/format'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { FigureFilterValue } from '@/ui/inputs/filter_values'
import { Check, settingsOf } from '@/ui/inputs/settings'

const useText = defineMessages('number', {
  'zh-CN': { groups_digits: '用逗号分开千位，如 12,000（年份等不需要）' },
  en: { groups_digits: 'Commas between thousands, as in 12,000 (not wanted for years)' },
})

function written(value: number, field: Field): string {
  const { decimals, unit, groups_digits } = field.options
  return `${formatNumber(value, decimals ?? undefined, groups_digits)}${unit ? `\u00a0${unit}` : ''}`
}

function NumberCell({ value, field }: CellProps<number>) {
  return <span className="tabular">{written(value, field)}</span>
}

function NumberInput({ field, ...props }: InputProps<number>) {
  return <FigureBox {...props} suffix={field.options.unit ?? undefined} />
}

const Limits = settingsOf('decimals', 'minimum', 'maximum', 'unit')

function NumberSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  return (
    <>
      <Limits options={options} onChange={onChange} />
      <Check isOn={options.groups_digits !== false} onChange={(isOn) => onChange({ ...options, groups_digits: isOn })}>
        {say('groups_digits')}
      </Check>
    </>
  )
}

export const number = fieldKind<number>({
  type: 'number',
  holds: 'number',
  label: { 'zh-CN': '数字', en: 'Number' },
  icon: Hash,
  align: 'right',
  width: 120,
  Cell: NumberCell,
  Input: NumberInput,
  FilterValue: FigureFilterValue,
  Settings: NumberSettings,
  format: written,
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const figure = parseFigure(text)
    return figure === null ? { error: { 'zh-CN': '请填写数字，例如 1,200 或 1.2 万。', en: 'Enter a number, such as 1,200 or 1.2k.' } } : { value: figure }
  },
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    return { text: formatChange(after - before), direction: after > before ? 'up' : 'down' }
  },
  examples: [
    { options: { decimals: 1, unit: 't' }, value: 12000, typed: '1.2万', shown: { 'zh-CN': '12,000.0\u00a0t', en: '12,000.0\u00a0t' } },
    { options: { decimals: 0, groups_digits: false }, value: 1996, typed: '1996', shown: { 'zh-CN': '1996', en: '1996' } },
  ],
})
