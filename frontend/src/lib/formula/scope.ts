/** What the type checker must be told about fields. */
import type { Type } from './types.ts'

/** A field found by names: its unchanging names and what it holds. Over a link to many it is a list. */
export interface Reached {
  readonly names: readonly string[]
  readonly type: Type
}

/** No field goes by one of the names; the nearest names that do exist. */
export interface Unknown {
  readonly unknown: string
  readonly suggestions: readonly string[]
}

/** The fields formulas of one object may name, by API name or by label in any language. */
export interface Scope {
  find(names: readonly string[]): Reached | Unknown
  /** The scope of another object, for the rows of a list. */
  inside(object: string): Scope
}
