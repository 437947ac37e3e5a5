/** A colour, shown as a swatch beside its code. */
import { Palette } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FilterValueProps, InputProps } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import styles from './color.module.css'

const useText = defineMessages('color', { 'zh-CN': { pick: '选颜色' }, en: { pick: 'Pick a colour' } })

function read(text: string): string | null {
  const match = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(text.normalize('NFKC').trim().toLowerCase())
  const digits = match?.[1]
  if (digits === undefined) return null
  return `#${digits.length === 6 ? digits : [...digits].map((one) => one + one).join('')}`
}

function ColorCell({ value }: CellProps<string>) {
  return (
    <span className={styles.color}>
      <span className={styles.swatch} style={{ background: read(value) ?? 'transparent' }} aria-hidden />
      <span className="tabular">{value}</span>
    </span>
  )
}

function ColorInput(props: InputProps<string>) {
  const say = useText()
  return (
    <span className={styles.input}>
      <input
        type="color"
        className={styles.picker}
        value={read(props.value ?? '') ?? '#ffffff'}
        disabled={props.disabled}
        aria-label={say('pick')}
        title={say('pick')}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <TextBox {...props} placeholder="#1677ff" />
    </span>
  )
}

function ColorFilterValue({ field, value, onChange }: FilterValueProps) {
  return <ColorInput place="form" field={field} value={typeof value === 'string' ? value : null} onChange={onChange} />
}

export const color = fieldKind<string>({
  type: 'color',
  holds: 'text',
  label: { 'zh-CN': '颜色', en: 'Colour' },
  icon: Palette,
  align: 'left',
  width: 110,
  Cell: ColorCell,
  Input: ColorInput,
  FilterValue: ColorFilterValue,
  Settings: null,
  format: (value) => value,
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const found = read(text)
    return found === null ? { error: { 'zh-CN': '请填颜色，例如 #1677ff。', en: 'Enter a colour, such as #1677ff.' } } : { value: found }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [
    { value: '#1677ff', typed: '1677FF', shown: { 'zh-CN': '#1677ff', en: '#1677ff' } },
    { value: '#ffaa00', typed: '#fa0', shown: { 'zh-CN': '#ffaa00', en: '#ffaa00' } },
  ],
})
