/** What the rules of an object say while a record of it is filled in. The engine that knows is fetched when it has formulas. */
import { useEffect, useMemo, useState } from 'react'
import { useObjects } from '@/api/objects'
import { useMe } from '@/api/session'
import type { FullRecord, ObjectDefinition } from '@/api/types'
import type { RuleEngine } from './rule_engine'
import { nothing, plainState, withTold } from './rule_state'
import type { AskRules, RuleState } from './rule_state'
import { useTold } from './use_told'

const none = {}

function hasFormulas(object: ObjectDefinition): boolean {
  return Boolean(object.validations?.length) || object.fields.some((field) => Object.keys(field.formulas ?? {}).length > 0)
}

/** What the rules say of a record as it is saved. */
export function useRuleState(object: ObjectDefinition, record: FullRecord): RuleState {
  const ask = useRules(object)
  const told = useTold(object, record, none)
  return useMemo(() => withTold(object, ask(record, record, nothing), told), [object, ask, record, told])
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
