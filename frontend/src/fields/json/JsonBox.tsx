/** Takes JSON as text; tells what is wrong with it while it is typed, and lays it out when it is left. */
import { Input } from 'antd'
import { useState } from 'react'
import type { InputProps } from '@/registry/field_kind'
import { useReplacement } from '@/ui/inputs/TextBox'
import { laidOut, readJson } from './written'
import styles from './json.module.css'

export function JsonBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, ...aria }: InputProps<unknown>) {
  const [text, setText] = useState(() => (typeof value === 'string' ? value : value === null ? '' : laidOut(value)))
  function take(next: string): void {
    setText(next)
    const read = readJson(next)
    onChange('error' in read ? next : read.value)
  }
  useReplacement(typed, take)
  return (
    <Input.TextArea
      className={styles.box ?? ''}
      value={text}
      spellCheck={false}
      autoSize={{ minRows: place === 'cell' ? 1 : 4, maxRows: 20 }}
      onChange={(event) => take(event.target.value)}
      onBlur={() => {
        const read = readJson(text)
        if ('value' in read && read.value !== null) setText(laidOut(read.value))
      }}
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
