/** Roots, logarithms and powers of e, exact to ten decimals: whole numbers that stand for many decimals. */
import { DECIMALS } from './arithmetic.ts'
import { Decimal, rounded, ten } from './decimal.ts'

/** Decimals kept while computing; the last of them are uncertain. */
const GUARD = 60

/** The square root of a number that is not negative. */
export function squareRoot(value: Decimal): Decimal {
  const decimals = DECIMALS + 2
  const shift = 2 * decimals - value.scale
  const scaled = shift >= 0 ? value.units * ten(shift) : value.units / ten(-shift)
  return rounded(new Decimal(wholeRoot(scaled), decimals), DECIMALS)
}

/** The largest whole number whose square is not above, by Newton's steps from above. */
function wholeRoot(value: bigint): bigint {
  if (value === 0n) return 0n
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** The natural logarithm of a positive number, to so many decimals. */
function logarithm(value: Decimal, decimals: number): bigint {
  const one = ten(decimals)
  // As a number between 2/3 and 4/3 times a power of two.
  const divisor = ten(value.scale)
  let twos = value.units.toString(2).length - divisor.toString(2).length
  let rest = twos >= 0 ? (value.units * one) / (divisor << BigInt(twos)) : ((value.units << BigInt(-twos)) * one) / divisor
  if (3n * rest > 4n * one) {
    rest /= 2n
    twos += 1
  }
  return series(rest, one) + BigInt(twos) * series(2n * one, one)
}

/** ln(x) = 2 artanh((x-1)/(x+1)), as its series. */
function series(value: bigint, one: bigint): bigint {
  const base = ((value - one) * one) / (value + one)
  const square = (base * base) / one
  let sum = 0n
  let term = base
  for (let odd = 1n; term !== 0n; odd += 2n) {
    sum += term / odd
    term = (term * square) / one
  }
  return 2n * sum
}

/** The natural logarithm of a positive number. */
export function naturalLogarithm(value: Decimal): Decimal {
  const decimals = GUARD + value.scale
  return rounded(new Decimal(logarithm(value, decimals), decimals), DECIMALS)
}

/** The logarithm of a positive number to a positive base other than 1. */
export function logarithmTo(value: Decimal, base: Decimal): Decimal {
  // A base close to 1 has a small logarithm, of which as many digits are needed.
  const decimals = GUARD + 2 * (base.scale + value.scale)
  const quotient = (logarithm(value, decimals) * ten(GUARD)) / logarithm(base, decimals)
  return rounded(new Decimal(quotient, GUARD), DECIMALS)
}

/** e to a power between -61 and 65. */
export function exponential(value: Decimal): Decimal {
  const decimals = 2 * GUARD
  const one = ten(decimals)
  const scaled = value.scale > decimals ? value.units / ten(value.scale - decimals) : value.units * ten(decimals - value.scale)
  // e^x = (e^(x/2^14))^(2^14): a small power needs few terms.
  const halvings = 14
  const small = scaled / (1n << BigInt(halvings))
  let sum = one
  let term = one
  for (let count = 1n; term !== 0n; count += 1n) {
    term = (term * small) / (one * count)
    sum += term
  }
  for (let step = 0; step < halvings; step += 1) sum = (sum * sum) / one
  return rounded(new Decimal(sum, decimals), DECIMALS)
}
