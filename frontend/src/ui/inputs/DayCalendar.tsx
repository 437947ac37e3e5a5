/** A day or a moment: picked from a calendar, or typed as people write it. */
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import { isoDate } from '@/lib/format'
import { parseDay, parseMoment } from '@/lib/days'
import type { InputProps } from '@/registry/field_kind'
import { useReplacement } from './TextBox'
import styles from './inputs.module.css'

export interface DayBoxProps extends Omit<InputProps<string>, 'field'> {
  withTime?: boolean
}

export function DayCalendar({ value, onChange, place, id, autoFocus, disabled, typed, invalid, withTime = false, onDone, ...aria }: DayBoxProps) {
  const read = withTime ? parseMoment : parseDay
  function stored(day: Dayjs | null): string | null {
    if (day === null) return null
    return withTime ? day.toDate().toISOString() : isoDate(day.toDate())
  }
  function take(text: string): boolean {
    const found = read(text)
    if (found !== null) onChange(found)
    return found !== null
  }
  useReplacement(typed, take)
  const day = value ? dayjs(value) : null
  return (
    <DatePicker
      className={styles.full ?? ''}
      value={day?.isValid() ? day : null}
      onChange={(next) => {
        const chosen = stored((Array.isArray(next) ? next[0] : next) ?? null)
        onChange(chosen)
        onDone?.(chosen)
      }}
      format={withTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'}
      {...(withTime ? { showTime: { format: 'HH:mm' } } : {})}
      // The picker itself only knows its own format; ours are read when the box is left or Enter is pressed.
      onBlur={(event) => {
        const target: EventTarget & { value?: string } = event.target
        if (typeof target.value === 'string' && target.value !== '') take(target.value)
      }}
      onKeyDown={(event) => {
        const target = event.target
        if (event.key === 'Enter' && target instanceof HTMLInputElement && target.value !== '') take(target.value)
      }}
      preserveInvalidOnBlur={false}
      needConfirm={false}
      defaultOpen={place === 'cell' && typed === undefined}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-invalid={invalid}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}
