/** Several lines of text. */
import { Input } from 'antd'
import { AlignLeft } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'
import { useReplacement } from '@/ui/inputs/TextBox'
import styles from './long_text.module.css'

function LongTextCell({ value, place }: CellProps<string>) {
  return place === 'page' ? <span className={styles.lines}>{value}</span> : <>{value.replace(/\s+/g, ' ')}</>
}

function LongTextInput({ value, onChange, place, id, autoFocus, disabled, typed, invalid, ...aria }: InputProps<string>) {
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

export const long_text = fieldKind<string>({
  type: 'long_text',
  holds: 'text',
  label: { 'zh-CN': '多行文本', en: 'Long text' },
  icon: AlignLeft,
  align: 'left',
  width: 240,
  Cell: LongTextCell,
  Input: LongTextInput,
  FilterValue: TextFilterValue,
  Settings: settingsOf('max_length'),
  format: (value) => value,
  parse: (text) => ({ value: text.trim() === '' ? null : text.replace(/\r\n?/g, '\n') }),
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  hasManyLines: true,
  examples: [{ value: '第一行\n第二行', typed: '第一行\r\n第二行', shown: { 'zh-CN': '第一行\n第二行', en: '第一行\n第二行' } }],
})
