/** A month of a year; the value is its first day. */
import { CalendarRange } from 'lucide-react'
import { Input } from 'antd'
import { Suspense, lazy } from 'react'
import { formatChange } from '@/lib/format'
import { currentLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FilterValueProps, InputProps } from '@/registry/field_kind'
import { dayFilterValue } from '@/ui/inputs/filter_values'
import { readMonth } from './read'

const MonthCalendar = lazy(async () => ({ default: (await import('./MonthCalendar')).MonthCalendar }))

function YearMonthCell({ value }: CellProps<string>) {
  return <span className="tabular">{value.slice(0, 7)}</span>
}

function YearMonthInput(props: InputProps<string>) {
  return (
    <Suspense fallback={<Input value={props.value?.slice(0, 7) ?? ''} variant={props.place === 'cell' ? 'borderless' : 'outlined'} disabled />}>
      <MonthCalendar {...props} />
    </Suspense>
  )
}

const Period = dayFilterValue(false)

function YearMonthFilterValue(props: FilterValueProps) {
  if (props.op === 'within' || props.op === 'between') return <Period {...props} />
  return <YearMonthInput place="form" field={props.field} value={typeof props.value === 'string' ? props.value : null} onChange={props.onChange} />
}

export const year_month = fieldKind<string>({
  type: 'year_month',
  holds: 'date',
  label: { 'zh-CN': '年月', en: 'Year and month' },
  icon: CalendarRange,
  align: 'left',
  width: 110,
  Cell: YearMonthCell,
  Input: YearMonthInput,
  FilterValue: YearMonthFilterValue,
  Settings: null,
  format: (value) => value.slice(0, 7),
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const found = readMonth(text)
    return found === null ? { error: { 'zh-CN': '请填年月，例如 2026-11。', en: 'Enter a month, such as 2026-11.' } } : { value: found }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    const count = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
    const months = count(after) - count(before)
    return { text: formatChange(months, currentLocale() === 'zh-CN' ? '\u00a0个月' : '\u00a0mo'), direction: months > 0 ? 'up' : 'down' }
  },
  examples: [{ value: '2026-03-01', typed: '2026年3月', shown: { 'zh-CN': '2026-03', en: '2026-03' } }],
})
