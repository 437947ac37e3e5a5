/** What the rules of an object say of the values of a form. */
import type { ToldRules } from '@/api/told_rules'
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
  /** Options that are not offered, of fields where only the server can tell. */
  notOffered: Readonly<Record<string, readonly string[]>>
}

/** What the rules say of values; `before` is what is saved, null for a new record. */
export type AskRules = (values: Values, before: Values | null, touched: ReadonlySet<string>) => RuleState

export const nothing: ReadonlySet<string> = new Set()

/** What holds where no formula says anything. */
export function plainState(fields: readonly Field[], values: Values): RuleState {
  return { values, hidden: nothing, required: new Set(fields.filter((field) => field.required).map((field) => field.name)), locked: nothing, filled: nothing, broken: [], notOffered: {} }
}

/** Whether a tree looks at nothing but fields of the record itself and what the browser knows. */
export function isOfRecord(tree: unknown): boolean {
  if (!Array.isArray(tree)) return true
  const [word, ...rest] = tree as unknown[]
  if (word === 'row' || (word === 'call' && serverOnly.has(String(rest[0])))) return false
  if (word === 'field') return rest.length === 1 && typeof rest[0] === 'string' && !rest[0].includes(':')
  return rest.every(isOfRecord)
}

const stateKinds = ['visible_when', 'required_when', 'read_only_when'] as const

/** Whether a rule of the object looks at other records: then only the server can tell. */
export function looksElsewhere(object: ObjectDefinition): boolean {
  const rules = object.fields.flatMap((field) => Object.entries(field.formulas ?? {}).filter(([kind]) => kind !== 'formula'))
  return rules.some(([, tree]) => !isOfRecord(tree)) || (object.validations ?? []).some((one) => !isOfRecord(one.condition)) || object.fields.some(offersElsewhere)
}

function offersElsewhere(field: Field): boolean {
  return Boolean(field.offers?.some((one) => !isOfRecord(one.condition)))
}

/** The trees of rules that only the server can tell before the save. */
export function treesElsewhere(object: Pick<ObjectDefinition, 'fields'>): unknown[] {
  return object.fields.flatMap((field) => [
    ...stateKinds.map((kind) => field.formulas?.[kind]).filter((tree) => !isOfRecord(tree)),
    ...(offersElsewhere(field) ? (field.offers ?? []).map((one) => one.condition) : []),
  ])
}

/** What the browser knows, with what the server told of the rules that look elsewhere. */
export function withTold(object: ObjectDefinition, state: RuleState, told: ToldRules | undefined): RuleState {
  if (!told) return state
  const tells = (kind: (typeof stateKinds)[number], names: readonly string[], known: ReadonlySet<string>): ReadonlySet<string> => {
    const away = object.fields.filter((field) => !isOfRecord(field.formulas?.[kind]) && names.includes(field.name)).map((field) => field.name)
    return away.length > 0 ? new Set([...known, ...away]) : known
  }
  const hidden = tells('visible_when', told.hidden, state.hidden)
  const required = [...tells('required_when', told.required, state.required)].filter((name) => !hidden.has(name))
  const notOffered = Object.fromEntries(object.fields.filter(offersElsewhere).map((field) => [field.name, told.not_offered[field.name] ?? []]))
  return { ...state, hidden, required: new Set(required), locked: tells('read_only_when', told.read_only, state.locked), notOffered }
}

/** Whether a computed field is known while typing. */
export function isComputedHere(field: Field): boolean {
  return field.formulas?.formula !== undefined && isOfRecord(field.formulas.formula)
}
