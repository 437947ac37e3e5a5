/** Taking text apart and changing its form. */
import type { Decimal } from '../decimal.ts'
import { ONE, whole } from '../decimal.ts'
import type { Implementations } from '../function.ts'
import { length, slice, stripped } from '../text.ts'
import { bounded, countOf, placeOf } from './text-sizes.ts'

type Number = Decimal | null
type Characters = string | null

function right(text: Characters, count: Number): Characters {
  const all = text ?? ''
  return slice(all, Math.max(length(all) - countOf(count), 0)) || null
}

function middle(text: Characters, start: Number, count: Number): Characters {
  const first = placeOf(start) - 1
  return slice(text ?? '', first, first + countOf(count)) || null
}

function repeated(text: Characters, count: Number): Characters {
  const one = text ?? ''
  const times = countOf(count)
  bounded(length(one) * times)
  return one.repeat(times) || null
}

/** Signs that stand in addresses for something, but not for encodeURIComponent. */
const left = /[!'()*]/g

function encoded(text: Characters): Characters {
  return encodeURIComponent(text ?? '').replace(left, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`) || null
}

export const text: Implementations = {
  LEN: (given: Characters) => whole(length(given ?? '')),
  LEFT: (given: Characters, count: Number = ONE) => slice(given ?? '', 0, countOf(count)) || null,
  RIGHT: (given: Characters, count: Number = ONE) => right(given, count),
  MID: middle,
  UPPER: (given: Characters) => given?.toUpperCase() ?? null,
  LOWER: (given: Characters) => given?.toLowerCase() ?? null,
  TRIM: (given: Characters) => stripped(given ?? '') || null,
  REPT: repeated,
  ENCODEURL: encoded,
}
