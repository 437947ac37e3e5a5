/** The values of the language. null is empty; lists are arrays. */
import { Day, Moment } from './calendar.ts'
import { compare as compareNumbers, Decimal, numberText } from './decimal.ts'
import { compare as compareTexts } from './text.ts'

/** A record in a list: its id and what the formula may ask of it, by path. */
export class RowValue {
  readonly id: string
  readonly fields: ReadonlyMap<string, Value>

  constructor(id: string, fields: ReadonlyMap<string, Value>) {
    this.id = id
    this.fields = fields
  }
}

export type Single = Decimal | string | boolean | Day | Moment | RowValue | null
export type Value = Single | readonly Single[]

/** By what fields are kept in maps. */
export function pathKey(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : names.join('.')
}

/** Less than 0, 0 or more than 0, for two values of a kind that has an order. */
export function compare(first: Value, second: Value): number {
  if (first instanceof Decimal && second instanceof Decimal) return compareNumbers(first, second)
  if (typeof first === 'string' && typeof second === 'string') return compareTexts(first, second)
  if (first instanceof Day && second instanceof Day) return first.number - second.number
  if (first instanceof Moment && second instanceof Moment) {
    return first.microseconds === second.microseconds ? 0 : first.microseconds < second.microseconds ? -1 : 1
  }
  throw new TypeError('These values have no order.')
}

/** Empty equals empty and nothing else; a record is told by its id. */
export function equal(first: Value, second: Value): boolean {
  if (first === second) return true
  if (first === null || second === null) return false
  if (first instanceof RowValue || second instanceof RowValue) return keyOf(first) === keyOf(second)
  return typeof first !== 'boolean' && typeof second !== 'boolean' && compare(first, second) === 0
}

/** The same for equal values of one kind. */
export function keyOf(value: Value): string | boolean | bigint | number | null {
  if (value instanceof Decimal) return numberText(value)
  if (value instanceof Day) return value.number
  if (value instanceof Moment) return value.microseconds
  if (value instanceof RowValue) return value.id
  if (value === null || typeof value !== 'object') return value
  throw new TypeError('Lists are not compared.')
}
