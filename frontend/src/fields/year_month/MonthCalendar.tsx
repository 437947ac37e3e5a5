/** The calendar of months, fetched when one is chosen. */
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { InputProps } from '@/registry/field_kind'
import { useReplacement } from '@/ui/inputs/TextBox'
import styles from '@/ui/inputs/inputs.module.css'
import { readMonth } from './read'

export function MonthCalendar({ value, onChange, place, id, autoFocus, disabled, typed, invalid, onDone, ...aria }: InputProps<string>) {
  function take(text: string): void {
    const found = readMonth(text)
    if (found !== null) onChange(found)
  }
  useReplacement(typed, take)
  const month = value ? dayjs(value) : null
  return (
    <DatePicker
      picker="month"
      className={styles.full ?? ''}
      value={month?.isValid() ? month : null}
      onChange={(next) => {
        const chosen = (Array.isArray(next) ? next[0] : next) ?? null
        const first = chosen === null ? null : `${chosen.format('YYYY-MM')}-01`
        onChange(first)
        onDone?.(first)
      }}
      format="YYYY-MM"
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
