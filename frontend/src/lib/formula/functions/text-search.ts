/** Looking for text in text, and putting other text in its place. */
import type { Decimal } from '../decimal.ts'
import { ONE, whole } from '../decimal.ts'
import type { Implementations } from '../function.ts'
import { length, placesIn, slice } from '../text.ts'
import { bounded, countOf, placeOf } from './text-sizes.ts'

type Number = Decimal | null
type Characters = string | null

function find(what: Characters, text: Characters, start: Number = ONE): Number {
  const all = text ?? ''
  const skipped = placeOf(start) - 1
  // Even nothing is not found behind the end, where `indexOf` would find it.
  if (skipped > length(all)) return null
  const rest = slice(all, skipped)
  const unit = rest.indexOf(what ?? '')
  return unit < 0 ? null : whole(placesIn(rest)(unit) + skipped + 1)
}

const ascii = /^[\0-\x7f]*$/

/** Each character by itself, so that places stay: İ is the only one that would become two. */
function inSmallLetters(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return Array.from(text, (one) => (one === 'İ' ? 'i' : one.toLowerCase())).join('')
}

function search(what: Characters, text: Characters, start: Number = ONE): Number {
  return find(inSmallLetters(what ?? ''), inSmallLetters(text ?? ''), start)
}

function replaced(text: Characters, start: Number, count: Number, replacement: Characters): Characters {
  const all = text ?? ''
  const first = placeOf(start) - 1
  return slice(all, 0, first) + (replacement ?? '') + slice(all, first + countOf(count)) || null
}

function substituted(text: Characters, old: Characters, replacement: Characters): Characters {
  if (!text || !old) return text
  const parts = text.split(old)
  const growth = (parts.length - 1) * (length(replacement ?? '') - length(old))
  if (growth > 0) bounded(length(text) + growth)
  return parts.join(replacement ?? '') || null
}

function substitutedOne(text: Characters, old: Characters, replacement: Characters, which: Number): Characters {
  const place = placeOf(which)
  const parts = text && old ? text.split(old) : []
  if (place >= parts.length || !old) return text
  return parts.slice(0, place).join(old) + (replacement ?? '') + parts.slice(place).join(old) || null
}

export const textSearch: Implementations = {
  FIND: find,
  SEARCH: search,
  CONTAINTEXT: (text: Characters, what: Characters) => (text ?? '').includes(what ?? ''),
  STARTSWITH: (text: Characters, what: Characters) => (text ?? '').startsWith(what ?? ''),
  ENDSWITH: (text: Characters, what: Characters) => (text ?? '').endsWith(what ?? ''),
  REPLACE: replaced,
  SUBSTITUTE: {
    'as_text, as_text, as_text': substituted,
    'as_text, as_text, as_text, number': substitutedOne,
  },
}
