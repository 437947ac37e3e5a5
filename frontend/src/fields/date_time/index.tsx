/** A moment, shown in the zone of the reader. */
import { CalendarClock } from 'lucide-react'
import { proseMoment, tableMoment } from '@/lib/format'
import { parseMoment } from '@/lib/days'
import { useLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { DayBox } from '@/ui/inputs/DayBox'
import { dayFilterValue } from '@/ui/inputs/filter_values'

function DateTimeCell({ value, place }: CellProps<string>) {
  const locale = useLocale()
  return (
    <time className="tabular" dateTime={value} title={tableMoment(value)}>
      {place === 'cell' ? tableMoment(value) : proseMoment(value, locale)}
    </time>
  )
}

function DateTimeInput(props: InputProps<string>) {
  return <DayBox {...props} withTime />
}

export const date_time = fieldKind<string>({
  type: 'date_time',
  holds: 'date_time',
  label: { 'zh-CN': '日期时间', en: 'Date and time' },
  icon: CalendarClock,
  align: 'left',
  width: 160,
  Cell: DateTimeCell,
  Input: DateTimeInput,
  FilterValue: dayFilterValue(true),
  Settings: null,
  format: (value) => tableMoment(value),
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const found = parseMoment(text)
    return found === null ? { error: { 'zh-CN': '请填写日期和时间，例如 2026-11-28 15:00。', en: 'Enter day and time, such as 2026-11-28 15:00.' } } : { value: found }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: new Date(2026, 2, 1, 15, 30).toISOString(), typed: '2026-3-1 15:30', shown: { 'zh-CN': '2026-03-01 15:30', en: '2026-03-01 15:30' } }],
})
