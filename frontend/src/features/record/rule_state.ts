/** What the rules of an object say of the values of a form. */
import type { Field, Label, ObjectDefinition, Values } from '@/api/types'
import { serverOnly } from '@/lib/formula/server-only'

export interface Broken {
  field: string | null
  message: Label
  /** The fields of the record it hangs on. */
  looksAt: readonly string[]
}

export interface RuleState {
  /** The values with those a default formula or a computed field gives. */
  values: Values
  hidden: ReadonlySet<string>
  required: ReadonlySet<string>
  /** What cannot be changed as the record is. */
  locked: ReadonlySet<string>
  /** Fields of a new record that a formula filled and nobody touched. */
  filled: ReadonlySet<string>
  /** What does not hold, with the field it is told at. */
  broken: readonly Broken[]
}

/** What the rules say of values; `before` is what is saved, null for a new record. */
export type AskRules = (values: Values, before: Values | null, touched: ReadonlySet<string>) => RuleState

export const nothing: ReadonlySet<string> = new Set()

/** What holds where no formula says anything. */
export function plainState(fields: readonly Field[], values: Values): RuleState {
  return { values, hidden: nothing, required: new Set(fields.filter((field) => field.required).map((field) => field.name)), locked: nothing, filled: nothing, broken: [] }
}

/** Whether a tree looks at nothing but fields of the record itself and what the browser knows. */
export function isOfRecord(tree: unknown): boolean {
  if (!Array.isArray(tree)) return true
  const [word, ...rest] = tree as unknown[]
  if (word === 'row' || (word === 'call' && serverOnly.has(String(rest[0])))) return false
  if (word === 'field') return rest.length === 1 && typeof rest[0] === 'string' && !rest[0].includes(':')
  return rest.every(isOfRecord)
}

/** Whether a rule of the object looks at other records: then only the server can tell. */
export function looksElsewhere(object: ObjectDefinition): boolean {
  const rules = object.fields.flatMap((field) => Object.entries(field.formulas ?? {}).filter(([kind]) => kind !== 'formula'))
  return rules.some(([, tree]) => !isOfRecord(tree)) || (object.validations ?? []).some((one) => !isOfRecord(one.condition))
}

/** Whether a computed field is known while typing. */
export function isComputedHere(field: Field): boolean {
  return field.formulas?.formula !== undefined && isOfRecord(field.formulas.formula)
}
