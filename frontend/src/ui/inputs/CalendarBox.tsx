/** What is picked from a calendar or typed as people write it: a day, a moment, a month. */
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import type { InputProps } from '@/registry/field_kind'
import { useReplacement } from './TextBox'
import styles from './inputs.module.css'

export interface CalendarBoxProps extends Omit<InputProps<string>, 'field'> {
  picker?: 'date' | 'month'
  withTime?: boolean
  /** As it is shown. */
  format: string
  /** What typed text means; null when it means nothing. */
  read: (text: string) => string | null
  /** The value of what was picked. */
  stored: (picked: Dayjs) => string
}

export function CalendarBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, onDone, picker = 'date', withTime = false, format, read, stored, ...aria }: CalendarBoxProps) {
  function take(text: string): void {
    const found = read(text)
    if (found !== null) onChange(found)
  }
  useReplacement(typed, take)
  const held = value ? dayjs(value) : null
  return (
    <DatePicker
      picker={picker}
      className={styles.full ?? ''}
      value={held?.isValid() ? held : null}
      onChange={(next) => {
        const picked = (Array.isArray(next) ? next[0] : next) ?? null
        const chosen = picked === null ? null : stored(picked)
        onChange(chosen)
        onDone?.(chosen)
      }}
      format={format}
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
