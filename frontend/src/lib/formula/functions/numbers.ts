/** Rounding and computing with single numbers. */
import { power, remainder } from '../arithmetic.ts'
import { compare, cut, decimal, integer, isZero, magnitude, minus, negated, ONE, plus, rounded, whole, ZERO } from '../decimal.ts'
import { Decimal } from '../decimal.ts'
import { noValue } from '../errors.ts'
import type { Implementations } from '../function.ts'
import { exponential, logarithmTo, naturalLogarithm, squareRoot } from '../logarithms.ts'

type Number = Decimal | null

/** Digits a number may be rounded to; others count as the nearest of these. */
const fewest = whole(-28)
const most = whole(20)
/** e to this power is just below 1e28. */
const largestExponent = decimal('64.4') ?? ZERO
const smallestExponent = whole(-60)
const TEN = whole(10)

function digits(value: Number): number {
  if (value === null) return 0
  if (compare(value, fewest) < 0) return -28
  return compare(value, most) > 0 ? 20 : globalThis.Number(integer(value))
}

function kept(change: (value: Decimal, decimals: number) => Decimal) {
  return (value: Number, decimals: Number = null): Number => (value === null ? null : change(value, digits(decimals)))
}

function roundedUp(value: Decimal, decimals: number): Decimal {
  const below = cut(value, decimals)
  if (compare(below, value) === 0) return below
  const step = decimals >= 0 ? new Decimal(1n, decimals) : whole(10n ** BigInt(-decimals))
  return plus(below, value.units < 0n ? negated(step) : step)
}

function stepped(up: boolean) {
  return (value: Number, step: Number = ONE): Number => {
    if (step === null || isZero(step)) throw noValue('division_by_zero')
    if (value === null) return null
    const size = magnitude(step)
    const rest = remainder(value, size)
    const multiple = minus(value, rest)
    if (isZero(rest) || rest.units > 0n !== up) return multiple
    return plus(multiple, up ? size : negated(size))
  }
}

function modulo(value: Number, divisor: Number): Decimal {
  const rest = remainder(value, divisor)
  if (divisor === null || isZero(rest) || rest.units > 0n === divisor.units > 0n) return rest
  return plus(rest, divisor)
}

function wholeQuotient(value: Number, divisor: Number): Decimal {
  if (divisor === null || isZero(divisor)) throw noValue('division_by_zero')
  const number = value ?? ZERO
  const scale = Math.max(number.scale, divisor.scale)
  return new Decimal((number.units * 10n ** BigInt(scale - number.scale)) / (divisor.units * 10n ** BigInt(scale - divisor.scale)))
}

function root(value: Number): Number {
  if (value === null) return null
  if (value.units < 0n) throw noValue('out_of_range')
  return squareRoot(value)
}

function positive(value: Number): Decimal {
  if (value === null || value.units <= 0n) throw noValue('out_of_range')
  return value
}

function logarithm(value: Number, base: Number = TEN): Decimal {
  const [number, below] = [positive(value), positive(base)]
  if (compare(below, ONE) === 0) throw noValue('out_of_range')
  return logarithmTo(number, below)
}

function exponent(value: Number): Decimal {
  const number = value ?? ZERO
  if (compare(number, largestExponent) > 0) throw noValue('out_of_range')
  return compare(number, smallestExponent) < 0 ? ZERO : exponential(number)
}

export const numbers: Implementations = {
  ROUND: kept(rounded),
  ROUNDUP: kept(roundedUp),
  ROUNDDOWN: kept(cut),
  TRUNC: kept(cut),
  INT: (value: Number) => stepped(false)(value),
  CEILING: stepped(true),
  FLOOR: stepped(false),
  ABS: (value: Number) => (value === null ? null : magnitude(value)),
  MOD: modulo,
  QUOTIENT: wholeQuotient,
  POWER: power,
  SQRT: root,
  LN: (value: Number) => naturalLogarithm(positive(value)),
  LOG: logarithm,
  EXP: exponent,
}
