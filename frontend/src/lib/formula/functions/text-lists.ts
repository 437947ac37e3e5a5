/** Text out of many values, and many out of one. */
import type { Implementations } from '../function.ts'
import { length } from '../text.ts'
import { bounded } from './text-sizes.ts'

type Characters = string | null
type OneOrMany = Characters | readonly Characters[]

/** Single texts and those of lists, empty ones as ''. */
function items(values: readonly OneOrMany[]): string[] {
  return values.flatMap((one) => (one instanceof Array ? one.map((item) => item ?? '') : [one ?? '']))
}

function joined(separator: string, parts: readonly string[]): Characters {
  const gaps = length(separator) * Math.max(parts.length - 1, 0)
  bounded(parts.reduce((sum, one) => sum + length(one), gaps))
  return parts.join(separator) || null
}

function join(separator: Characters, skip: boolean, ...values: OneOrMany[]): Characters {
  const parts = items(values)
  return joined(separator ?? '', skip ? parts.filter((one) => one !== '') : parts)
}

function split(text: Characters, separator: Characters): readonly Characters[] {
  if (!text) return []
  return separator ? text.split(separator).map((one) => one || null) : [text]
}

export const textLists: Implementations = {
  CONCATENATE: (...values: OneOrMany[]) => joined('', items(values)),
  TEXTJOIN: join,
  ARRAYJOIN: (list: readonly Characters[], separator: Characters = ',') => join(separator, true, list),
  SPLIT: split,
}
