/** Typed text in a form or a grid cell; typing over a cell replaces what was there. */
import { Input } from 'antd'
import { useEffect, useRef } from 'react'
import type { InputProps } from '@/registry/field_kind'
import styles from './inputs.module.css'

export interface TextBoxProps extends InputProps<string> {
  mode?: 'text' | 'email' | 'tel' | 'url'
  maxLength?: number | undefined
  placeholder?: string
}

export function TextBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, mode = 'text', maxLength, placeholder, ...aria }: TextBoxProps) {
  useReplacement(typed, onChange)
  return (
    <Input
      className={styles.full}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      inputMode={mode}
      autoComplete="off"
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      {...(maxLength ? { count: { max: maxLength } } : {})}
      {...(placeholder ? { placeholder } : {})}
      aria-invalid={invalid}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}

/** What was typed to start editing becomes the value, once. */
export function useReplacement(typed: string | undefined, replace: (typed: string) => void): void {
  const latest = useRef(replace)
  useEffect(() => {
    if (typed !== undefined) latest.current(typed)
  }, [typed])
}
