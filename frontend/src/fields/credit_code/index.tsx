/** The number of a Chinese company or institution, with its check character (GB 32100-2015). */
import { Building } from 'lucide-react'
import { checkedCode } from '@/ui/inputs/checked_code'

const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

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

export const credit_code = checkedCode({
  type: 'credit_code',
  label: { 'zh-CN': '统一社会信用代码', en: 'Credit code' },
  icon: Building,
  width: 190,
  shape: new RegExp(`^[${characters}]{2}\\d{6}[${characters}]{10}$`),
  refusal: {
    'zh-CN': '请填 18 位统一社会信用代码，由数字和大写字母组成，不含 I、O、S、V、Z。',
    en: 'Enter the 18 characters of a unified social credit code: digits and letters other than I, O, S, V, Z.',
  },
  checkCharacter,
  example: '91350100M000100Y43',
})
