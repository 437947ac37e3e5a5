/** What kinds share that hold a code whose last character is worked out from the others. */
import type { LucideIcon } from 'lucide-react'
import type { Label } from '@/api/types'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FieldKind, InputProps } from '@/registry/field_kind'
import { TextBox } from './TextBox'
import { TextFilterValue } from './filter_values'

const wrongCheck: Label = {
  'zh-CN': '校验位不对，多半有一位填错了，请核对。',
  en: 'The last character does not match the others, so one of them is likely mistyped. Check them.',
}

export interface CheckedCode {
  type: string
  label: Label
  icon: LucideIcon
  width: number
  shape: RegExp
  /** What is said of a text that does not look like one. */
  refusal: Label
  /** What is wrong with a part of it; null when nothing is. */
  checkParts?: (code: string) => Label | null
  checkCharacter: (code: string) => string
  example: string
}

function CodeCell({ value }: CellProps<string>) {
  return <span className="tabular">{value}</span>
}

export function checkedCode({ type, label, icon, width, shape, refusal, checkParts, checkCharacter, example }: CheckedCode): FieldKind {
  return fieldKind<string>({
    type,
    holds: 'text',
    label,
    icon,
    align: 'left',
    width,
    Cell: CodeCell,
    Input: (props: InputProps<string>) => <TextBox {...props} placeholder={example} />,
    FilterValue: TextFilterValue,
    Settings: null,
    format: (value) => value,
    parse: (text) => {
      const code = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
      if (code === '') return { value: null }
      const wrong = shape.test(code) ? (checkParts?.(code) ?? (checkCharacter(code.slice(0, -1)) === code.at(-1) ? null : wrongCheck)) : refusal
      return wrong ? { error: wrong } : { value: code }
    },
    isEmpty: (value) => value === null || value === undefined || value === '',
    toWire: (value) => value,
    examples: [{ value: example, typed: `${example.slice(0, 6)} ${example.slice(6).toLowerCase()}`, shown: { 'zh-CN': example, en: example } }],
  })
}
