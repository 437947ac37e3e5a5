/** Places in text and how long it may grow, the same in every engine. */
import type { Decimal } from '../decimal.ts'
import { compare, integer, whole } from '../decimal.ts'
import { noValue } from '../errors.ts'

/** What repeats, replaces or joins text has no value beyond. */
const mostCharacters = 100_000
/** Numbers of characters and places above count as this. */
const farthest = 1_000_001

/** A number of characters: decimals are cut, and below 0 is 0. */
export function countOf(value: Decimal | null): number {
  if (value === null) return 0
  return compare(value, whole(farthest)) > 0 ? farthest : Math.max(0, Number(integer(value)))
}

/** A place, counted from 1. Throws below. */
export function placeOf(value: Decimal | null): number {
  const place = countOf(value)
  if (place < 1) throw noValue('out_of_range')
  return place
}

/** Throws when text would become too long. */
export function bounded(length: number): void {
  if (length > mostCharacters) throw noValue('out_of_range')
}
