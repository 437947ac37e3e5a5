/** What functions of many values share: taking single values and lists together, and going through rows. */
import type { Environment } from '../environment.ts'
import type { Evaluate } from '../function.ts'
import type { Single, Value } from '../value.ts'

/** Single values and the items of lists, without the empty ones. */
export function flat<Of extends Single = Single>(values: readonly Value[]): Exclude<Of, null>[] {
  const found: Exclude<Of, null>[] = []
  for (const value of values) {
    if (value === null) continue
    if (!isMany(value)) found.push(value as Exclude<Of, null>)
    else for (const one of value) if (one !== null) found.push(one as Exclude<Of, null>)
  }
  return found
}

function isMany(value: Value): value is readonly Single[] {
  return Array.isArray(value)
}

/** Each item with what a formula about it comes to. While one is at hand, others about it can be evaluated too. */
export function* forEach(environment: Environment, items: Evaluate, evaluate: Evaluate): Generator<readonly [Single, Value]> {
  const outer = environment.row
  const rows = items(environment) as readonly Single[]
  try {
    for (const item of rows) {
      environment.row = item
      yield [item, evaluate(environment)]
    }
  } finally {
    environment.row = outer
  }
}
