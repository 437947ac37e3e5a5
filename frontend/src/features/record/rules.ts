/** What a form shows, asks for and refuses while it is filled in. The engine that knows is fetched when an object has formulas. */
import { useEffect, useMemo, useState } from 'react'
import { useObjects } from '@/api/objects'
import { useMe } from '@/api/session'
import type { Field, Label, ObjectDefinition, Values } from '@/api/types'
import type { RuleEngine } from './rule_engine'

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
  broken: readonly { field: string | null; message: Label }[]
}

/** What the rules say of values; `before` is what is saved, null for a new record. */
export type AskRules = (values: Values, before: Values | null, touched: ReadonlySet<string>) => RuleState

const none: ReadonlySet<string> = new Set()

/** What holds where no formula says anything. */
export function plainState(fields: readonly Field[], values: Values): RuleState {
  return { values, hidden: none, required: new Set(fields.filter((field) => field.required).map((field) => field.name)), locked: none, filled: none, broken: [] }
}

/** Whether a tree looks at nothing but fields of the record itself. */
export function isOfRecord(tree: unknown): boolean {
  if (!Array.isArray(tree)) return true
  const [word, ...rest] = tree as unknown[]
  if (word === 'row') return false
  if (word === 'field') return rest.length === 1 && typeof rest[0] === 'string' && !rest[0].includes(':')
  return rest.every(isOfRecord)
}

/** Whether a computed field is known while typing. */
export function isComputedHere(field: Field): boolean {
  return field.formulas?.formula !== undefined && isOfRecord(field.formulas.formula)
}

function hasFormulas(object: ObjectDefinition): boolean {
  return Boolean(object.validations?.length) || object.fields.some((field) => Object.keys(field.formulas ?? {}).length > 0)
}

/** What the rules say of a record as it is saved. */
export function useRuleState(object: ObjectDefinition, record: Values): RuleState {
  const ask = useRules(object)
  return useMemo(() => ask(record, record, none), [ask, record])
}

export function useRules(object: ObjectDefinition): AskRules {
  const objects = useObjects()
  const me = useMe().data
  const zone = me?.workspace.time_zone
  const person = me?.person.id ?? null
  const isNeeded = hasFormulas(object)
  const [Engine, setEngine] = useState<typeof RuleEngine | null>(null)
  useEffect(() => {
    let isHere = true
    if (isNeeded) void import('./rule_engine').then((module) => isHere && setEngine(() => module.RuleEngine))
    return () => {
      isHere = false
    }
  }, [isNeeded])
  return useMemo(() => {
    if (!Engine || !zone) return (values) => plainState(object.fields, values)
    const engine = new Engine(objects, object, zone, person)
    return (values, before, touched) => engine.ask(values, before, touched)
  }, [Engine, objects, object, zone, person])
}
