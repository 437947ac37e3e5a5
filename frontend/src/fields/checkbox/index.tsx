/** Yes or no. An untouched checkbox is no, never empty. */
import { Checkbox } from 'antd'
import { Check, Minus, SquareCheck } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { CheckFilterValue } from '@/ui/inputs/filter_values'

const useText = defineMessages('checkbox', { 'zh-CN': { yes: '是', no: '否' }, en: { yes: 'Yes', no: 'No' } })
const words: Readonly<Record<string, boolean>> = {
  是: true, 对: true, 有: true, '√': true, yes: true, y: true, true: true, '1': true, x: true,
  否: false, 无: false, no: false, n: false, false: false, '0': false, '': false,
}

function CheckboxCell({ value }: CellProps<boolean>) {
  const say = useText()
  const Icon = value ? Check : Minus
  return <Icon size={16} style={{ color: value ? 'var(--accentInk)' : 'var(--ink3)' }} role="img" aria-label={say(value ? 'yes' : 'no')} />
}

function CheckboxInput({ value, onChange, id, autoFocus, disabled, onDone, ...aria }: InputProps<boolean>) {
  return (
    <Checkbox
      checked={value === true}
      onChange={(event) => {
        onChange(event.target.checked)
        onDone?.(event.target.checked)
      }}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}

export const checkbox = fieldKind<boolean>({
  type: 'checkbox',
  holds: 'boolean',
  label: { 'zh-CN': '勾选', en: 'Checkbox' },
  icon: SquareCheck,
  align: 'left',
  width: 90,
  Cell: CheckboxCell,
  Input: CheckboxInput,
  FilterValue: CheckFilterValue,
  Settings: null,
  format: (value, _field, locale) => (locale === 'zh-CN' ? (value ? '是' : '否') : value ? 'Yes' : 'No'),
  parse: (text) => {
    const known = words[text.normalize('NFKC').trim().toLowerCase()]
    return known === undefined ? { error: { 'zh-CN': '请填写“是”或“否”。', en: 'Enter yes or no.' } } : { value: known }
  },
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value === true,
  togglesInPlace: true,
  isPicked: true,
  examples: [{ value: true, typed: '是', shown: { 'zh-CN': '是', en: 'Yes' } }],
})
