/** Choosing, changing and looking into lists. */
import type { Decimal } from '../decimal.ts'
import { integer, whole } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import type { Evaluate, Implementations } from '../function.ts'
import type { Single, Value } from '../value.ts'
import { compare, keyOf } from '../value.ts'
import { forEach } from './gathering.ts'
import { has } from './logic.ts'

type List = readonly Single[]

function lookup(environment: Environment, items: Evaluate, condition: Evaluate, value: Evaluate): Value {
  for (const [, holds] of forEach(environment, items, condition)) if (holds === true) return value(environment)
  return null
}

/** By the key, empty ones last; equal ones stay in their order. */
function sorted(keyed: readonly (readonly [Single, Value])[], descending: boolean): Single[] {
  const sign = descending ? -1 : 1
  const full = keyed.filter(([, key]) => key !== null).sort(([, one], [, other]) => compare(one, other) * sign)
  return [...full, ...keyed.filter(([, key]) => key === null)].map(([item]) => item)
}

function sortedBy(environment: Environment, items: Evaluate, key: Evaluate, descending?: Evaluate): List {
  const keyed = [...forEach(environment, items, key)]
  return sorted(keyed, descending !== undefined && descending(environment) === true)
}

function unique(items: List): List {
  const found = new Map<unknown, Single>()
  for (const item of items) {
    const key = keyOf(item)
    if (!found.has(key)) found.set(key, item)
  }
  return [...found.values()]
}

function nth(items: List, place: Decimal | null): Single {
  return place === null ? null : (items[Number(integer(place)) - 1] ?? null)
}

export const lists: Implementations = {
  FILTER: (environment: Environment, items: Evaluate, condition: Evaluate) =>
    [...forEach(environment, items, condition)].flatMap(([item, holds]) => (holds === true ? [item] : [])),
  MAP: (environment: Environment, items: Evaluate, value: Evaluate) =>
    [...forEach(environment, items, value)].map(([, one]) => one as Single),
  LOOKUP: lookup,
  FIRST: (items: List) => items[0] ?? null,
  LAST: (items: List) => items[items.length - 1] ?? null,
  NTH: nth,
  SORT: (items: List, descending: Value = false) => sorted(items.map((one) => [one, one] as const), descending === true),
  SORTBY: sortedBy,
  UNIQUE: unique,
  LISTCOMBINE: (...values: List[]) => values.flat(),
  CONTAIN: (items: List, value: Single) => has(items, value),
  CONTAINSALL: (items: List, others: List) => others.every((one) => has(items, one)),
  COUNTROWS: (items: List) => whole(items.length),
}
