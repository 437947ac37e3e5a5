/** A day of the calendar. */
import { Calendar } from 'lucide-react'
import { daysBetween, formatChange, shortDate } from '@/lib/format'
import { parseDay } from '@/lib/days'
import { currentLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { DayBox } from '@/ui/inputs/DayBox'
import { dayFilterValue } from '@/ui/inputs/filter_values'

function DateCell({ value, place }: CellProps<string>) {
  return <span className="tabular">{place === 'card' ? shortDate(value) : value}</span>
}

function DateInput(props: InputProps<string>) {
  return <DayBox {...props} />
}

export const date = fieldKind<string>({
  type: 'date',
  holds: 'date',
  label: { 'zh-CN': '日期', en: 'Date' },
  icon: Calendar,
  align: 'left',
  width: 120,
  Cell: DateCell,
  Input: DateInput,
  FilterValue: dayFilterValue(false),
  Settings: null,
  format: (value) => value,
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const found = parseDay(text)
    return found === null ? { error: { 'zh-CN': '请填写日期，例如 2026-11-28。', en: 'Enter a day, such as 2026-11-28.' } } : { value: found }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    const days = daysBetween(new Date(`${before}T00:00`), new Date(`${after}T00:00`))
    return { text: formatChange(days, currentLocale() === 'zh-CN' ? '\u00a0天' : '\u00a0d'), direction: days > 0 ? 'up' : 'down' }
  },
  examples: [{ value: '2026-03-01', typed: '2026年3月1日', shown: { 'zh-CN': '2026-03-01', en: '2026-03-01' } }],
})
