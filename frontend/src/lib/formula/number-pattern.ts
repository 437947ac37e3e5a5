/** Patterns by which numbers are written, as spreadsheets have them: `¥#,##0.00`, `0.0%`, `00000`. */
import { Decimal, exactText, isZero, magnitude, rounded, ten } from './decimal.ts'
import { FormulaError } from './errors.ts'
import messages from './messages.json' with { type: 'json' }
import type { Span, Text } from './text.ts'
import { fill } from './text.ts'
import type { Node } from './tree.ts'

/** How to write a number. */
interface NumberPattern {
  readonly before: string
  readonly after: string
  /** Digits written at least. */
  readonly digits: number
  /** Decimals written at least, and at most. */
  readonly fewest: number
  readonly most: number
  readonly inThousands: boolean
  /** The power of ten it is multiplied by first. */
  readonly shift: number
}

const mostDigits = 30
const mostDecimals = 20
/** Signs with a meaning in spreadsheets that is not ours. */
const odd = '?*_@;[]!eE'
const numberPart = /^[#0,]*(?:\.[#0]*)?,*/
const thousands = /([0-9])(?=(?:[0-9]{3})+$)/g
const trailing = (sign: string, text: string): string => {
  let end = text.length
  while (text.charAt(end - 1) === sign) end -= 1
  return text.slice(0, end)
}

const read = new Map<string, NumberPattern>()

/** Throws FormulaError when it makes no sense. */
function numberPattern(written: string): NumberPattern {
  const known = read.get(written)
  if (known) return known
  const before = plain(written)
  const [number = ''] = numberPart.exec(before.rest) ?? []
  const after = plain(before.rest.slice(number.length))
  if (!/[0#]/.test(number)) throw wrong(messages.NO_DIGITS)
  if (after.rest) throw wrong(messages.TWO_NUMBERS)
  const body = trailing(',', number)
  const [whole = '', decimals = ''] = body.split('.')
  const integers = trailing(',', whole)
  const scaled = number.length - body.length + whole.length - integers.length
  const digits = integers.split('0').length - 1
  if (digits > mostDigits || decimals.length > mostDecimals || scaled > mostDigits / 3) throw wrong(messages.TOO_MANY_DIGITS)
  const pattern = {
    before: before.text,
    after: after.text,
    digits,
    fewest: decimals.lastIndexOf('0') + 1,
    most: decimals.length,
    inThousands: integers.includes(','),
    shift: 2 * (before.percents + after.percents) - 3 * scaled,
  }
  read.set(written, pattern)
  return pattern
}

/** Throws FormulaError at the pattern. */
export function checkPattern(_: Span, _value: Node, pattern: Node): void {
  const written = pattern.kind === 'literal' && typeof pattern.value === 'string' ? pattern.value : ''
  try {
    numberPattern(written)
  } catch (error) {
    if (error instanceof FormulaError) throw new FormulaError(error.code, error.text, pattern.span)
    throw error
  }
}

/** The number written by the pattern; empty stays empty. */
export function numberAs(value: Decimal | null, written: string): string | null {
  if (value === null) return null
  const pattern = numberPattern(written)
  const size = rounded(shifted(magnitude(value), pattern.shift), pattern.most)
  const [integers = '', given = ''] = exactText(size).split('.')
  let whole = integers.replace(/^0+/, '').padStart(pattern.digits, '0')
  if (pattern.inThousands) whole = whole.replace(thousands, '$1,')
  const kept = given.padEnd(pattern.most, '0')
  const decimals = kept.slice(0, pattern.fewest) + trailing('0', kept.slice(pattern.fewest))
  const sign = value.units < 0n && !isZero(size) ? '-' : ''
  return `${sign}${pattern.before}${whole}${decimals ? '.' : ''}${decimals}${pattern.after}` || null
}

function shifted(value: Decimal, power: number): Decimal {
  const scale = value.scale - power
  return scale < 0 ? new Decimal(value.units * ten(-scale)) : new Decimal(value.units, scale)
}

/** The text up to the number with how many per cent signs it has, and the rest. Quoted text stands as it is. */
function plain(written: string): { text: string; percents: number; rest: string } {
  let text = ''
  let percents = 0
  const signs = Array.from(written)
  let place = 0
  while (place < signs.length) {
    const sign = signs[place] ?? ''
    if ('0#.,'.includes(sign)) break
    if (sign === '"') {
      const close = signs.indexOf('"', place + 1)
      const end = close < 0 ? signs.length : close
      text += signs.slice(place + 1, end).join('')
      place = end + 1
    } else if (sign === '\\') {
      text += signs[place + 1] ?? ''
      place += 2
    } else if (odd.includes(sign)) {
      throw wrong(fill(messages.ODD_SIGN, { sign }))
    } else {
      if (sign === '%') percents += 1
      text += sign
      place += 1
    }
  }
  return { text, percents, rest: signs.slice(place).join('') }
}

function wrong(reason: Text): FormulaError {
  return new FormulaError('no_number_pattern', fill(messages.NO_PATTERN, { reason }))
}
