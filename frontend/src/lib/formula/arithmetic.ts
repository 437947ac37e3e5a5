/** Arithmetic in which values may be empty: nothing is rounded but quotients and roots, to ten decimals. */
import type { Decimal } from './decimal.ts'
import { compare, integer, isWhole, isZero, magnitude, minus, negated, ONE, place, plus, quotient, raised, remainder as rest, rounded, times, whole, ZERO } from './decimal.ts'
import { noValue } from './errors.ts'

export const DECIMALS = 10
/** Numbers as large have no value. */
export const LARGEST = whole(10n ** 28n)

type Number = Decimal | null

export function add(first: Number, second: Number): Number {
  if (first === null) return second
  return second === null ? first : plus(first, second)
}

export function subtract(first: Number, second: Number): Number {
  if (second === null) return first
  return first === null ? negated(second) : minus(first, second)
}

export function multiply(first: Number, second: Number): Number {
  if (first === null || second === null) return first === second ? null : ZERO
  return times(first, second)
}

/** To ten decimals, half away from zero. Throws for a divisor that is 0 or empty. */
export function divide(first: Number, second: Number): Decimal {
  if (second === null || isZero(second)) throw noValue('division_by_zero')
  return first === null ? ZERO : quotient(first, second, DECIMALS)
}

/** With the sign of the dividend. Throws for a divisor that is 0 or empty. */
export function remainder(first: Number, second: Number): Decimal {
  if (second === null || isZero(second)) throw noValue('division_by_zero')
  return first === null ? ZERO : rest(first, second)
}

export function negate(value: Number): Number {
  return value === null ? null : negated(value)
}

/** The base to a whole exponent between -200 and 200, to ten decimals. Throws for others, and from 1e28 on. */
export function power(base: Number, exponent: Number): Decimal {
  const number = base ?? ZERO
  if (exponent === null) return ONE
  const times = isWhole(exponent) ? Number(integer(exponent)) : Number.NaN
  if (Number.isNaN(times) || Math.abs(times) > 200) throw noValue('out_of_range')
  if (times === 0) return ONE
  if (isZero(number)) {
    if (times < 0) throw noValue('division_by_zero')
    return ZERO
  }
  // Told by size beforehand: digits that would be thrown away are not computed.
  const sizes = [place(number) * times, (place(number) + 1) * times]
  if (Math.min(...sizes) > 30) throw noValue('out_of_range')
  if (Math.max(...sizes) < -30) return ZERO
  const positive = raised(number, Math.abs(times))
  const result = times < 0 ? divide(ONE, positive) : rounded(positive, DECIMALS)
  if (compare(magnitude(result), LARGEST) >= 0) throw noValue('out_of_range')
  return result
}
