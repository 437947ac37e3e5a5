/** A sealed text: the mask stands for it until somebody asks to see it. */
import { Input } from 'antd'
import { Eye, KeyRound, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { revealSecret } from '@/api/records'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { Button } from '@/ui/Button'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { useReplacement } from '@/ui/inputs/TextBox'
import inputs from '@/ui/inputs/inputs.module.css'
import styles from './secret.module.css'

const useText = defineMessages('secret', {
  'zh-CN': { reveal: '查看', hide: '隐藏', kept: '已保存，输入即替换', remove: '清除', recorded: '查看会记入历史', failed: '没能取到，请重试' },
  en: { reveal: 'Show', hide: 'Hide', kept: 'Kept; type to replace it', remove: 'Clear', recorded: 'Looking at it is recorded in the history', failed: 'It could not be fetched. Try again' },
})

export const mask = '••••••'
/** How long it stays on the screen. */
const shownMilliseconds = 30_000

function SecretCell({ place, field, within }: CellProps<string>) {
  if (place !== 'page' || !within?.id) return <span>{mask}</span>
  return <Revealable object={within.object} id={within.id} name={field.name} />
}

function Revealable({ object, id, name }: { object: string; id: string; name: string }) {
  const say = useText()
  const reveal = useMutation({ mutationFn: () => revealSecret(object, id, name), gcTime: 0 })
  const { data, reset } = reveal
  useEffect(() => {
    if (data === undefined) return
    const timer = window.setTimeout(reset, shownMilliseconds)
    return () => window.clearTimeout(timer)
  }, [data, reset])
  return (
    <span className={styles.secret}>
      <span className={data === undefined ? undefined : styles.text} aria-live="polite">
        {reveal.isError ? say('failed') : (data ?? mask)}
      </span>
      <button type="button" className={styles.deed} title={say('recorded')} disabled={reveal.isPending} onClick={() => (data === undefined ? reveal.mutate() : reset())}>
        {data === undefined ? <Eye size={14} aria-hidden /> : <X size={14} aria-hidden />}
        {say(data === undefined ? 'reveal' : 'hide')}
      </button>
    </span>
  )
}

function SecretInput({ value, onChange, place, id, autoFocus, disabled, invalid, typed, field, ...aria }: InputProps<string>) {
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

export const secret = fieldKind<string>({
  type: 'secret',
  holds: 'secret',
  label: { 'zh-CN': '保密内容', en: 'Secret' },
  icon: KeyRound,
  align: 'left',
  width: 120,
  Cell: SecretCell,
  Input: SecretInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: () => mask,
  parse: (text) => ({ value: text.trim() === '' ? null : text }),
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: mask, typed: mask, shown: { 'zh-CN': mask, en: mask } }],
})
