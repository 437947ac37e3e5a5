/** The place of a number among others. */
import { compare, whole } from '../decimal.ts'
import type { Decimal } from '../decimal.ts'
import type { Implementations } from '../function.ts'

function rank(value: Decimal | null, others: readonly (Decimal | null)[], isSmallestFirst = false): Decimal | null {
  if (value === null) return null
  const sign = isSmallestFirst ? -1 : 1
  return whole(1 + others.filter((one) => one !== null && compare(one, value) * sign > 0).length)
}

export const ranking: Implementations = { RANK: rank }
