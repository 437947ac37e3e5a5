/** The types of the expression language. */

/** What a single value is. `nothing` is the literal nothing and the items of an empty list: it fits anywhere. */
export const kinds = ['number', 'text', 'boolean', 'date', 'date_time', 'choice', 'record', 'nothing'] as const
export type Kind = (typeof kinds)[number]

export type Labels = Readonly<Record<string, string>>

/** The options of a choice field: its values and what each is called, per language. */
export interface Choices {
  readonly labels: ReadonlyMap<string, Labels>
  /** Equal for the same field. */
  readonly key: string
  /** Of stages: what kind each is. */
  readonly kinds?: ReadonlyMap<string, string>
}

/** A kind of value, perhaps a list of such, with the object or the options it refers to. */
export interface Type {
  readonly kind: Kind
  readonly isList: boolean
  /** Which object a record is of. */
  readonly object: string | null
  readonly choices: Choices | null
}

export function type(kind: Kind, more: Partial<Type> = {}): Type {
  return { kind, isList: false, object: null, choices: null, ...more }
}

export const NUMBER = type('number')
export const TEXT = type('text')
export const BOOLEAN = type('boolean')
export const DATE = type('date')
export const DATE_TIME = type('date_time')
export const NOTHING = type('nothing')

export function itemOf(one: Type): Type {
  return one.isList ? { ...one, isList: false } : one
}

export function listOf(one: Type): Type {
  return one.isList ? one : { ...one, isList: true }
}

/** Equal for equal types. */
export function keyOf(one: Type): string {
  return JSON.stringify([one.kind, one.isList, one.object, one.choices?.key])
}

export function equal(first: Type, second: Type): boolean {
  return (
    first.kind === second.kind &&
    first.isList === second.isList &&
    first.object === second.object &&
    first.choices?.key === second.choices?.key
  )
}
