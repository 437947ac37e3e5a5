/** The calendar of days, with the time of day where it counts. */
import { isoDate } from '@/lib/format'
import { parseDay, parseMoment } from '@/lib/days'
import type { InputProps } from '@/registry/field_kind'
import { CalendarBox } from './CalendarBox'

export interface DayBoxProps extends Omit<InputProps<string>, 'field'> {
  withTime?: boolean
}

export function DayCalendar(props: DayBoxProps) {
  if (props.withTime) return <CalendarBox {...props} format="YYYY-MM-DD HH:mm" read={parseMoment} stored={(picked) => picked.toDate().toISOString()} />
  return <CalendarBox {...props} format="YYYY-MM-DD" read={parseDay} stored={(picked) => isoDate(picked.toDate())} />
}
