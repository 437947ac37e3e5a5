/** The number of a Chinese resident identity card, with its check character (GB 11643-1999). */
import { IdCard } from 'lucide-react'
import { checkedCode } from '@/ui/inputs/checked_code'

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

export const id_card = checkedCode({
  type: 'id_card',
  label: { 'zh-CN': '身份证号', en: 'Identity number' },
  icon: IdCard,
  width: 180,
  shape: /^[1-9]\d{16}[\dX]$/,
  refusal: { 'zh-CN': '请填 18 位身份证号码，末位可以是 X。', en: 'Enter the 18 characters of an identity number; the last may be X.' },
  checkParts: (number) =>
    isDay(number.slice(6, 14)) ? null : { 'zh-CN': '第 7 到 14 位不是有效的出生日期，请核对。', en: 'The 7th to 14th digits are no day of birth. Check them.' },
  checkCharacter,
  example: '11010519491231002X',
})
