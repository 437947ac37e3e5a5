/** A formula's value for one record with what every part of it came to. */
import { placesOf } from './check-types.ts'
import type { Environment } from './environment.ts'
import { NoValueError } from './errors.ts'
import { evaluator, storedForm } from './evaluate.ts'
import type { Text } from './text.ts'
import type { Typed } from './typed.ts'
import type { Value } from './value.ts'

/** What a part came to: a value, why it has none, or that it was never looked at. */
export type Outcome = { readonly value: Value } | { readonly reason: Text } | 'not reached'

export interface Explained {
  readonly part: Typed
  readonly outcome: Outcome
  readonly parts: readonly Explained[]
}

export function explain(typed: Typed, environment: Environment): Explained {
  const outcomes = new Map<Typed, Outcome>()
  const evaluate = evaluator(typed, (part, inner) => (given) => {
    try {
      const value = inner(given)
      outcomes.set(part, { value })
      return value
    } catch (error) {
      if (error instanceof NoValueError) outcomes.set(part, { reason: error.text })
      throw error
    }
  })
  try {
    outcomes.set(typed, { value: storedForm(evaluate(environment)) })
  } catch (error) {
    if (!(error instanceof NoValueError)) throw error
    outcomes.set(typed, { reason: error.text })
  }
  return explained(typed, outcomes)
}

function explained(part: Typed, outcomes: ReadonlyMap<Typed, Outcome>): Explained {
  // What a conversion makes of a part is what the part is here.
  const outcome = outcomes.get(part) ?? 'not reached'
  const inside = withoutConversions(part)
  const { call, node } = inside
  const places = call && node.kind === 'call' ? placesOf(call.function, call.overload, node) : []
  // What is asked of each row of a list has no one value.
  const parts = inside.arguments.filter((_, index) => !places[index]?.perRow)
  return { part: inside, outcome, parts: parts.map((one) => explained(one, outcomes)) }
}

export function withoutConversions(part: Typed): Typed {
  return part.inner ? withoutConversions(part.inner) : part
}
