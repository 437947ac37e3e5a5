/** Typed tree → a closure that gives the value for one record. */
import { DECIMALS, LARGEST } from './arithmetic.ts'
import { compare, Decimal, magnitude, rounded } from './decimal.ts'
import type { Environment } from './environment.ts'
import { noValue, NoValueError } from './errors.ts'
import type { Evaluate, Overload } from './function.ts'
import type { Typed } from './typed.ts'
import { BOOLEAN, equal } from './types.ts'
import type { Single, Value } from './value.ts'
import { pathKey, RowValue } from './value.ts'

/** Stands between a part of a formula and what asks for its value. */
export type Watch = (part: Typed, evaluate: Evaluate) => Evaluate

/** The value of the formula for an environment; throws NoValueError where it has none. */
export function evaluator(typed: Typed, watch?: Watch): Evaluate {
  const evaluate = unwatched(typed, watch)
  return watch ? watch(typed, evaluate) : evaluate
}

function unwatched(typed: Typed, watch: Watch | undefined): Evaluate {
  const { node } = typed
  const isBoolean = equal(typed.type, BOOLEAN)
  if (typed.call) {
    const { overload } = typed.call
    const evaluate = call(overload, typed.arguments, watch)
    // A choice between booleans that chooses none is no.
    return isBoolean && (overload.result === 'T' || overload.result === 'U') ? yes(evaluate) : evaluate
  }
  if (node.kind === 'literal') return () => node.value
  if (node.kind === 'field') return isBoolean ? yes(field(node.names)) : field(node.names)
  if (node.kind === 'row') return isBoolean && node.names.length > 0 ? yes(row(node.names)) : row(node.names)
  const items = typed.arguments.map((one) => evaluator(one, watch))
  return (environment) => items.map((one) => one(environment) as Single)
}

/** The value as a field would store it: exact to ten decimals, "" as null, and null where there is no value. */
export function resultOf(evaluate: Evaluate, environment: Environment): Value {
  try {
    return storedForm(evaluate(environment))
  } catch (error) {
    if (error instanceof NoValueError) return null
    throw error
  }
}

/** Throws NoValueError when a number is too large to store. */
export function storedForm(value: Value): Value {
  if (value instanceof Decimal) {
    const kept = rounded(value, DECIMALS)
    if (compare(magnitude(kept), LARGEST) >= 0) throw noValue('out_of_range')
    return kept
  }
  if (Array.isArray(value)) return value.map((one: Single) => storedForm(one) as Single)
  return value === '' ? null : value
}

function yes(evaluate: Evaluate): Evaluate {
  return (environment) => evaluate(environment) === true
}

function field(names: readonly string[]): Evaluate {
  const key = pathKey(names)
  return (environment) => found(environment.fields, key)
}

function row(names: readonly string[]): Evaluate {
  if (names.length === 0) return (environment) => environment.row
  const key = pathKey(names)
  return (environment) => {
    if (!(environment.row instanceof RowValue)) throw new TypeError('The row at hand is no record.')
    return found(environment.row.fields, key)
  }
}

function found(fields: ReadonlyMap<string, Value>, key: string): Value {
  const value = fields.get(key)
  if (value === undefined) throw new RangeError(`The values of the record have no '${key}'.`)
  return value
}

function call(overload: Overload, given: readonly Typed[], watch: Watch | undefined): Evaluate {
  const told = overload.run as (...given: unknown[]) => unknown
  const run = (overload.byType ? told(...given.map((one) => one.type)) : told) as (...values: unknown[]) => Value
  const parts = given.map((one) => evaluator(one, watch))
  if (overload.lazy) return (environment) => run(environment, ...parts)
  if (overload.inEnvironment) return (environment) => run(environment, ...parts.map((one) => one(environment)))
  const [first, second] = parts
  if (parts.length === 1 && first) return (environment) => run(first(environment))
  if (parts.length === 2 && first && second) return (environment) => run(first(environment), second(environment))
  return (environment) => run(...parts.map((one) => one(environment)))
}
