/** The number of a Chinese company or institution, with its check character (GB 32100-2015). */
import { Building } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const shape = new RegExp(`^[${characters}]{2}\\d{6}[${characters}]{10}$`)

/** The last character for the first 17: weights 3^i modulo 31. */
function checkCharacter(code: string): string {
  let total = 0
  let weight = 1
  for (const character of code) {
    total += characters.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return characters[(31 - (total % 31)) % 31] ?? ''
}

function parse(text: string): Parsed<string> {
  const code = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (code === '') return { value: null }
  if (!shape.test(code)) {
    return {
      error: {
        'zh-CN': '请填 18 位统一社会信用代码，由数字和大写字母组成，不含 I、O、S、V、Z。',
        en: 'Enter the 18 characters of a unified social credit code: digits and letters other than I, O, S, V, Z.',
      },
    }
  }
  if (checkCharacter(code.slice(0, 17)) !== code[17]) {
    return {
      error: {
        'zh-CN': '校验位不对，多半有一位填错了，请核对。',
        en: 'The last character does not match the others, so one of them is likely mistyped. Check them.',
      },
    }
  }
  return { value: code }
}

function CreditCodeCell({ value }: CellProps<string>) {
  return <span className="tabular">{value}</span>
}

function CreditCodeInput(props: InputProps<string>) {
  return <TextBox {...props} placeholder="91350100M000100Y43" />
}

export const credit_code = fieldKind<string>({
  type: 'credit_code',
  holds: 'text',
  label: { 'zh-CN': '统一社会信用代码', en: 'Credit code' },
  icon: Building,
  align: 'left',
  width: 190,
  Cell: CreditCodeCell,
  Input: CreditCodeInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: '91350100M000100Y43', typed: '91350100 m000100y43', shown: { 'zh-CN': '91350100M000100Y43', en: '91350100M000100Y43' } }],
})
