/** Exact decimal numbers: a whole number of units and how many decimals they are. */

export class Decimal {
  readonly units: bigint
  /** Never negative. */
  readonly scale: number

  constructor(units: bigint, scale = 0) {
    this.units = units
    this.scale = scale
  }
}

const tens: bigint[] = [1n]

export function ten(power: number): bigint {
  for (let next = tens.length; next <= power; next += 1) tens.push((tens[next - 1] ?? 1n) * 10n)
  return tens[power] ?? 1n
}

export const ZERO = new Decimal(0n)
export const ONE = new Decimal(1n)

export function whole(value: number | bigint): Decimal {
  return new Decimal(BigInt(value))
}

const plain = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$/

/** A number written plainly (`-12.50`, `1e3`); null when it is none. */
export function decimal(text: string): Decimal | null {
  const [matched, sign = '', before = '', after = '', power = '0'] = plain.exec(text) ?? []
  if (matched === undefined || before + after === '') return null
  const units = BigInt(sign + before + after || '0')
  const scale = after.length - Number(power)
  return scale < 0 ? new Decimal(units * ten(-scale)) : new Decimal(units, scale)
}

function absolute(units: bigint): bigint {
  return units < 0n ? -units : units
}

export function isZero(value: Decimal): boolean {
  return value.units === 0n
}

export function plus(first: Decimal, second: Decimal): Decimal {
  if (first.scale === second.scale) return new Decimal(first.units + second.units, first.scale)
  if (first.scale < second.scale) return new Decimal(first.units * ten(second.scale - first.scale) + second.units, second.scale)
  return new Decimal(first.units + second.units * ten(first.scale - second.scale), first.scale)
}

export function negated(value: Decimal): Decimal {
  return new Decimal(-value.units, value.scale)
}

export function magnitude(value: Decimal): Decimal {
  return value.units < 0n ? negated(value) : value
}

export function minus(first: Decimal, second: Decimal): Decimal {
  return plus(first, negated(second))
}

export function times(first: Decimal, second: Decimal): Decimal {
  return new Decimal(first.units * second.units, first.scale + second.scale)
}

/** Less than 0, 0 or more than 0. */
export function compare(first: Decimal, second: Decimal): number {
  let one = first.units
  let other = second.units
  if (first.scale < second.scale) one *= ten(second.scale - first.scale)
  else if (first.scale > second.scale) other *= ten(first.scale - second.scale)
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** The quotient of whole numbers, half away from zero. */
function halfAway(dividend: bigint, divisor: bigint): bigint {
  const cut = dividend / divisor
  const rest = absolute(dividend % divisor) * 2n
  if (rest < absolute(divisor)) return cut
  return dividend < 0n === divisor < 0n ? cut + 1n : cut - 1n
}

/** Half away from zero. Negative decimals round to tens, hundreds. */
export function rounded(value: Decimal, decimals: number): Decimal {
  if (value.scale <= decimals) return value
  const kept = halfAway(value.units, ten(value.scale - decimals))
  return decimals < 0 ? new Decimal(kept * ten(-decimals)) : new Decimal(kept, decimals)
}

/** Towards zero. Negative decimals cut to tens, hundreds. */
export function cut(value: Decimal, decimals = 0): Decimal {
  if (value.scale <= decimals) return value
  const kept = value.units / ten(value.scale - decimals)
  return decimals < 0 ? new Decimal(kept * ten(-decimals)) : new Decimal(kept, decimals)
}

/** To so many decimals, half away from zero. The divisor is not 0. */
export function quotient(first: Decimal, second: Decimal, decimals: number): Decimal {
  const shift = decimals + second.scale - first.scale
  if (shift >= 0) return new Decimal(halfAway(first.units * ten(shift), second.units), decimals)
  return new Decimal(halfAway(first.units, second.units * ten(-shift)), decimals)
}

/** With the sign of the dividend. The divisor is not 0. */
export function remainder(first: Decimal, second: Decimal): Decimal {
  const scale = Math.max(first.scale, second.scale)
  return new Decimal((first.units * ten(scale - first.scale)) % (second.units * ten(scale - second.scale)), scale)
}

/** To a whole power of 0 or more. */
export function raised(base: Decimal, power: number): Decimal {
  return new Decimal(base.units ** BigInt(power), base.scale * power)
}

/** Where the first digit stands: 0 for units, 1 for tens, -1 for tenths. */
export function place(value: Decimal): number {
  return absolute(value.units).toString().length - 1 - value.scale
}

/** A whole number, its decimals cut. */
export function integer(value: Decimal): bigint {
  return value.scale === 0 ? value.units : value.units / ten(value.scale)
}

export function isWhole(value: Decimal): boolean {
  return value.scale === 0 || value.units % ten(value.scale) === 0n
}

/** With all its decimals, zeros at the end too. */
export function exactText(value: Decimal): string {
  if (value.scale === 0) return value.units.toString()
  const digits = absolute(value.units).toString().padStart(value.scale + 1, '0')
  const point = digits.length - value.scale
  return `${value.units < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Without needless zeros. */
export function numberText(value: Decimal): string {
  const written = exactText(value)
  if (value.scale === 0) return written
  let end = written.length
  while (written.charCodeAt(end - 1) === 48) end -= 1
  return written.slice(0, written.charCodeAt(end - 1) === 46 ? end - 1 : end)
}
