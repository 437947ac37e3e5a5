/** Takes a secret; what is kept is not shown, only replaced or cleared. */
import { Input } from 'antd'
import { useState } from 'react'
import type { InputProps } from '@/registry/field_kind'
import { Button } from '@/ui/Button'
import { useReplacement } from '@/ui/inputs/TextBox'
import inputs from '@/ui/inputs/inputs.module.css'
import { mask } from './mask'
import { useText } from './messages'
import styles from './secret.module.css'

export function SecretBox({ value, onChange, place, id, autoFocus, disabled, invalid, typed, field, ...aria }: InputProps<string>) {
  const say = useText()
  const [isKept] = useState(value === mask)
  useReplacement(typed, onChange)
  return (
    <span className={styles.input}>
      <Input.Password
        className={inputs.full ?? ''}
        value={value === mask ? '' : (value ?? '')}
        placeholder={value === mask ? say('kept') : ''}
        autoComplete="new-password"
        maxLength={4000}
        onChange={(event) => onChange(event.target.value === '' ? (isKept ? mask : null) : event.target.value)}
        variant={place === 'cell' ? 'borderless' : 'outlined'}
        {...(id ? { id } : {})}
        {...(autoFocus ? { autoFocus } : {})}
        {...(disabled ? { disabled } : {})}
        {...(invalid ? { status: 'error' as const } : {})}
        aria-labelledby={aria['aria-labelledby']}
        aria-describedby={aria['aria-describedby']}
      />
      {value === mask && !field.required && !disabled && (
        <Button type="text" onClick={() => onChange(null)}>
          {say('remove')}
        </Button>
      )}
    </span>
  )
}
