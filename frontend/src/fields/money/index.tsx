/** An amount of money: exact where one acts, short where one compares. */
import { Banknote } from 'lucide-react'
import type { Field } from '@/api/types'
import { currencySign, formatChange, formatMoney, parseFigure, shortMoney } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { FigureFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'

function written(value: number, field: Field): string {
  return formatMoney(value, field.options.currency)
}

function MoneyCell({ value, field, place }: CellProps<number>) {
  const locale = useLocale()
  const exact = written(value, field)
  if (place !== 'card') return <span className="tabular">{exact}</span>
  return (
    <span className="tabular" title={exact}>
      {shortMoney(value, locale, field.options.currency)}
    </span>
  )
}

function MoneyInput({ field, ...props }: InputProps<number>) {
  return <FigureBox {...props} prefix={currencySign(field.options.currency ?? 'CNY')} />
}

export const money = fieldKind<number>({
  type: 'money',
  holds: 'number',
  label: { 'zh-CN': '金额', en: 'Money' },
  icon: Banknote,
  align: 'right',
  width: 140,
  Cell: MoneyCell,
  Input: MoneyInput,
  FilterValue: FigureFilterValue,
  Settings: settingsOf('currency', 'minimum', 'maximum'),
  format: written,
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const figure = parseFigure(text)
    return figure === null ? { error: { 'zh-CN': '请填写数字，例如 1,200 或 1.2 万。', en: 'Enter a number, such as 1,200 or 1.2k.' } } : { value: figure }
  },
  summary: 'sum',
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    return { text: before === 0 ? formatChange(after - before) : formatChange(((after - before) / Math.abs(before)) * 100, '%'), direction: after > before ? 'up' : 'down' }
  },
  examples: [{ value: 2860000, typed: '¥286 万', shown: { 'zh-CN': '¥2,860,000', en: '¥2,860,000' } }],
})
