/** What offices in China write: amounts in words, and what identity numbers tell. */
import type { Day } from '../calendar.ts'
import { dayFrom } from '../calendar.ts'
import type { Decimal } from '../decimal.ts'
import { compare, exactText, isZero, magnitude, rounded, whole } from '../decimal.ts'
import { noValue } from '../errors.ts'
import type { Implementations } from '../function.ts'
import { spoken } from '../readings.ts'
import { length, stripped } from '../text.ts'

const digits = '零壹贰叁肆伍陆柒捌玖'
/** The units of sixteen digits, the largest first. */
const units = '仟佰拾万仟佰拾亿仟佰拾万仟佰拾元'
const most = whole(10n ** 16n)
/** Puts the digits with their units in the form people write, one after the other. */
const rules = [
  [/^(?:零.)+/g, ''],
  [/零[拾佰仟]/g, '零'],
  [/零+/g, '零'],
  [/零([万亿元])/g, '$1'],
  [/亿万/g, '亿'],
] as const

function amount(value: Decimal | null): string | null {
  if (value === null) return null
  const size = rounded(magnitude(value), 2)
  if (compare(size, most) >= 0) throw noValue('out_of_range')
  const [before = '', after = ''] = exactText(size).split('.')
  const spelt = Array.from(before.padStart(16, '0'), (digit, place) => digits.charAt(Number(digit)) + units.charAt(place)).join('')
  const integers = rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), spelt)
  const sign = value.units < 0n && !isZero(size) ? '负' : ''
  const [tenths = 0, hundredths = 0] = Array.from(after.padEnd(2, '0'), Number)
  if (tenths === 0 && hundredths === 0) return `${sign}${integers || '零元'}整`
  const nought = integers ? '零' : ''
  const ten = tenths === 0 ? nought : `${digits.charAt(tenths)}角`
  return `${sign}${integers}${ten}${hundredths === 0 ? '整' : `${digits.charAt(hundredths)}分`}`
}

const identityShape = /^[0-9]{17}[0-9X]$/
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** The number and the day of birth. Throws when it is not one. */
function identity(text: string | null): { number: string; birthday: Day } | null {
  const number = stripped(text ?? '').replace('x', 'X')
  if (number === '') return null
  if (!identityShape.test(number)) throw noValue('not_readable')
  const total = weights.reduce((sum, weight, place) => sum + weight * Number(number.charAt(place)), 0)
  const birthday = dayFrom(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)))
  if (checks.charAt(total % 11) !== number.charAt(17) || birthday === null) throw noValue('not_readable')
  return { number, birthday }
}

function sex(text: string | null): string | null {
  const found = identity(text)
  if (found === null) return null
  return Number(found.number.charAt(16)) % 2 === 1 ? '男' : '女'
}

/** Text that is longer has no value: no engine is to read for seconds. */
const mostRead = 20_000

function pinyin(text: string | null, initials = false): string | null {
  if (text !== null && length(text) > mostRead) throw noValue('out_of_range')
  return spoken(text ?? '', initials) || null
}

export const chinese: Implementations = {
  RMBCAP: amount,
  IDCARDBIRTHDAY: (text: string | null) => identity(text)?.birthday ?? null,
  IDCARDSEX: sex,
  PINYIN: pinyin,
}
