/** A figure as one types it: `2,480,000`, `248 万`, `2.5k`. What is no figure stays as text, so that it can be mended. */
import { Input } from 'antd'
import { useState } from 'react'
import { parseFigure } from '@/lib/format'
import type { InputProps } from '@/registry/field_kind'
import { useReplacement } from './TextBox'
import styles from './inputs.module.css'

export interface FigureBoxProps extends Omit<InputProps<number>, 'field'> {
  prefix?: string | undefined
  suffix?: string | undefined
  placeholder?: string
  /** How a figure is written and read, when not in plain digits; what is written must be read as the same figure. */
  form?: { write: (value: number) => string; read: (text: string) => number | null }
}

const digits = { write: String, read: parseFigure }

export function FigureBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, prefix, suffix, placeholder, form = digits, ...aria }: FigureBoxProps) {
  const written = (one: number | null): string => (one === null ? '' : typeof one === 'number' ? form.write(one) : one)
  const [text, setText] = useState(() => written(value))
  const read = form.read(text)
  // Set from outside (a reset, an undo), the box follows; while typing it keeps the person's own writing.
  const shown = text === String(value) || read === value || (value === null && text.trim() === '') ? text : written(value)

  function change(next: string): void {
    setText(next)
    if (next.trim() === '') return onChange(null)
    const figure = form.read(next)
    // Kept as text, the form's own check says what is wrong with it.
    onChange(figure ?? (next as unknown as number))
  }
  useReplacement(typed, change)

  return (
    <Input
      className={`${styles.full} ${styles.right}`}
      value={shown}
      onChange={(event) => change(event.target.value)}
      onBlur={() => read !== null && setText(written(read))}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      inputMode={form === digits ? 'decimal' : 'text'}
      autoComplete="off"
      placeholder={placeholder}
      prefix={prefix}
      suffix={suffix}
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
