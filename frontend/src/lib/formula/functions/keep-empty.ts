/** Empty as empty: how functions that count nothing as 0, or leave it out, come to nothing inside KEEPEMPTY. */
import type { Implementation, Implementations } from '../function.ts'
import type { Value } from '../value.ts'

/** Empty when an argument is, or a list without items or with an empty one. A divisor that is empty is no error. */
export function keepingEmpty(run: Implementation): Implementation {
  const loose = run as (...values: Value[]) => Value
  return (...values: Value[]) => (values.some(lacks) ? null : loose(...values))
}

function lacks(value: Value): boolean {
  return value === null || (Array.isArray(value) && (value.length === 0 || value.includes(null)))
}

export const keepEmpty: Implementations = { KEEPEMPTY: (value: Value) => value }
