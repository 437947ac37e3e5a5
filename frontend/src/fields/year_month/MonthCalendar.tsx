/** The calendar of months, fetched when one is chosen. */
import type { InputProps } from '@/registry/field_kind'
import { CalendarBox } from '@/ui/inputs/CalendarBox'
import { readMonth } from './read'

export function MonthCalendar(props: InputProps<string>) {
  return <CalendarBox {...props} picker="month" format="YYYY-MM" read={readMonth} stored={(picked) => `${picked.format('YYYY-MM')}-01`} />
}
