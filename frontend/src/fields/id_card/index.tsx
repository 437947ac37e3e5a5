/** The number of a Chinese resident identity card, with its check character (GB 11643-1999). */
import { IdCard } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

/** The last character for the first 17 digits: ISO 7064 MOD 11-2. */
function checkCharacter(digits: string): string {
  let total = 0
  for (const digit of digits) total = (total + Number(digit)) * 2
  return '10X98765432'[total % 11] ?? ''
}

function isDay(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number) as [number, number, number]
  const made = new Date(Date.UTC(year, month - 1, day))
  return year >= 1800 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
}

function parse(text: string): Parsed<string> {
  const number = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (number === '') return { value: null }
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) {
    return { error: { 'zh-CN': '请填 18 位身份证号码，末位可以是 X。', en: 'Enter the 18 characters of an identity number; the last may be X.' } }
  }
  if (!isDay(number.slice(6, 14))) {
    return { error: { 'zh-CN': '第 7 到 14 位不是有效的出生日期，请核对。', en: 'The 7th to 14th digits are no day of birth. Check them.' } }
  }
  if (checkCharacter(number.slice(0, 17)) !== number[17]) {
    return {
      error: {
        'zh-CN': '校验位不对，多半有一位填错了，请核对。',
        en: 'The last character does not match the others, so one of them is likely mistyped. Check them.',
      },
    }
  }
  return { value: number }
}

function IdCardCell({ value }: CellProps<string>) {
  return <span className="tabular">{value}</span>
}

function IdCardInput(props: InputProps<string>) {
  return <TextBox {...props} placeholder="11010519491231002X" />
}

export const id_card = fieldKind<string>({
  type: 'id_card',
  holds: 'text',
  label: { 'zh-CN': '身份证号', en: 'Identity number' },
  icon: IdCard,
  align: 'left',
  width: 180,
  Cell: IdCardCell,
  Input: IdCardInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: '11010519491231002X', typed: '110105 19491231 002x', shown: { 'zh-CN': '11010519491231002X', en: '11010519491231002X' } }],
})
