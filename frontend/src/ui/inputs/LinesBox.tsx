/** Text of several lines, in a form or a grid cell. */
import { Input } from 'antd'
import type { InputProps } from '@/registry/field_kind'
import { useReplacement } from './TextBox'

export function LinesBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, ...aria }: InputProps<string>) {
  useReplacement(typed, onChange)
  return (
    <Input.TextArea
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      autoSize={{ minRows: place === 'cell' ? 1 : 3, maxRows: 16 }}
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
