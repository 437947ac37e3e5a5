/** Numbers as text and text as numbers. */
import { Decimal, decimal } from '../decimal.ts'
import { noValue, NoValueError } from '../errors.ts'
import type { ConstantCheck, Implementations } from '../function.ts'
import { checkPattern, numberAs } from '../number-pattern.ts'
import { length, stripped } from '../text.ts'

const wideSigns = '０１２３４５６７８９．，－＋％￥'
const plainSigns = '0123456789.,-+%¥'
const wide = new RegExp(`[${wideSigns}]`, 'g')
/** The longest text read as a number. */
const most = 60
const readable =
  /^(?:[+-]?[¥$€£]?|[¥$€£][+-])(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?%?$/

function valueOf(text: string | null): Decimal | null {
  const plain = stripped(text ?? '').replace(wide, (sign) => plainSigns.charAt(wideSigns.indexOf(sign)))
  if (plain === '') return null
  const value = length(plain) <= most && readable.test(plain) ? decimal(plain.replace(/[¥$€£,%]/g, '')) : null
  if (value === null) throw noValue('not_readable')
  return plain.endsWith('%') ? new Decimal(value.units, value.scale + 2) : value
}

function isNumber(text: string | null): boolean {
  try {
    return valueOf(text) !== null
  } catch (error) {
    if (error instanceof NoValueError) return false
    throw error
  }
}

export const textPatterns: Implementations = {
  TEXT: { 'number, text': numberAs, as_text: (text: string | null) => text || null },
  ISNUMBER: { number: (value: Decimal | null) => value !== null, as_text: isNumber },
  VALUE: { text: valueOf, number: (value: Decimal | null) => value },
}

export const patternChecks: Readonly<Record<string, Readonly<Record<string, ConstantCheck>>>> = {
  TEXT: { 'number, text': checkPattern as ConstantCheck },
}
