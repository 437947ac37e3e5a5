import { expect, it } from 'vitest'
import { divide, power, remainder } from './arithmetic.ts'
import type { Decimal } from './decimal.ts'
import { compare, cut, decimal, exactText, numberText, plus, rounded, times } from './decimal.ts'
import { exponential, logarithmTo, naturalLogarithm, squareRoot } from './logarithms.ts'

function d(text: string): Decimal {
  const value = decimal(text)
  if (!value) throw new Error(`'${text}' is no number.`)
  return value
}

it.each(['', '-', '.', 'a', '1.2.3', 'NaN', '1_000', ' 1'])('does not take %j for a number', (text) => {
  expect(decimal(text)).toBeNull()
})

it('keeps the decimals written and leaves needless ones out of text', () => {
  expect(exactText(d('-1.50'))).toBe('-1.50')
  expect(numberText(d('-1.50'))).toBe('-1.5')
  expect(numberText(d('100'))).toBe('100')
  expect(numberText(d('1e3'))).toBe('1000')
  expect(numberText(d('-0.00'))).toBe('0')
})

it('adds and multiplies exactly', () => {
  expect(numberText(plus(d('0.1'), d('0.2')))).toBe('0.3')
  expect(numberText(times(d('12345678901234567890.12'), d('1.0000000001')))).toBe('12345678902469135780.243456789012')
  expect(compare(d('1.0'), d('1.00'))).toBe(0)
})

it.each([['2.345', 2, '2.35'], ['-2.5', 0, '-3'], ['2.5', 0, '3'], ['1250', -2, '1300'], ['-49', -2, '0'], ['1.5', 3, '1.5']])(
  'rounds %s to %i decimals, half away from zero',
  (value, decimals, wanted) => {
    expect(numberText(rounded(d(value), decimals))).toBe(wanted)
  },
)

it('cuts towards zero', () => {
  expect(numberText(cut(d('-2.99'), 1))).toBe('-2.9')
  expect(numberText(cut(d('1299'), -2))).toBe('1200')
})

it.each([['2', '3', '0.6666666667'], ['-1', '3', '-0.3333333333'], ['12345678901234567890.12', '3', '4115226300411522630.04'], ['1', '20000000000', '0.0000000001']])(
  'divides %s by %s to ten decimals',
  (first, second, wanted) => {
    expect(numberText(divide(d(first), d(second)))).toBe(wanted)
  },
)

it('gives the remainder the sign of the dividend', () => {
  expect(numberText(remainder(d('-7'), d('3')))).toBe('-1')
  expect(numberText(remainder(d('7.5'), d('-2')))).toBe('1.5')
  expect(() => remainder(d('1'), d('0'))).toThrow('division_by_zero')
})

it('raises to whole powers, and tells beforehand what is too large', () => {
  expect(numberText(power(d('2'), d('-2')))).toBe('0.25')
  expect(numberText(power(d('0.846'), d('-31')))).toBe('178.4509013028')
  expect(numberText(power(d('1e500'), d('-200')))).toBe('0')
  expect(() => power(d('1e112'), d('200'))).toThrow('out_of_range')
  expect(() => power(d('2'), d('0.5'))).toThrow('out_of_range')
  expect(() => power(d('0'), d('-1'))).toThrow('division_by_zero')
})

it('takes roots and logarithms to ten decimals', () => {
  expect(numberText(squareRoot(d('2')))).toBe('1.4142135624')
  expect(numberText(squareRoot(d('0')))).toBe('0')
  expect(numberText(naturalLogarithm(d('1e-10')))).toBe('-23.0258509299')
  expect(numberText(logarithmTo(d('1000'), d('10')))).toBe('3')
  expect(numberText(exponential(d('1')))).toBe('2.7182818285')
  expect(numberText(exponential(d('-20')))).toBe('0.0000000021')
})
