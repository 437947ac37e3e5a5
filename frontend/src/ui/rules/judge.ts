/** Judges a change of a saved record as the save will, as far as that can be told beforehand. Fetched when an object has rules. */
import type { ToldRules } from '@/api/told_rules'
import type { Field, ObjectDefinition, Values } from '@/api/types'
import { sameJson } from '@/lib/equal'
import { labelText } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { refusedOptions } from '../offers/refused_options'
import type { Asker } from '../offers/refused_options'
import { useText } from './messages'
import { RuleEngine } from './rule_engine'
import { nothing, withTold } from './rule_state'
import type { RuleState } from './rule_state'

export interface Verdict {
  /** Why a change cannot be made, by its field. */
  refused: ReadonlyMap<string, string>
  /** What has to be filled in or put right besides, by field. */
  besides: Readonly<Record<string, string>>
}

export class Judge {
  private readonly objects: readonly ObjectDefinition[]
  private readonly object: ObjectDefinition
  private readonly asker: Asker
  private readonly engine: RuleEngine

  constructor(objects: readonly ObjectDefinition[], object: ObjectDefinition, asker: Asker) {
    this.objects = objects
    this.object = object
    this.asker = asker
    this.engine = new RuleEngine(objects, object, asker.zone, asker.person)
  }

  /** Why a field of a record is not open to be changed as the record is. */
  whyClosed(record: Values, name: string, told?: ToldRules): string | null {
    const field = this.field(name)
    return field ? closed(field, this.state(record, record, told)) : null
  }

  of(record: Values, values: Values, told?: ToldRules): Verdict {
    const after = { ...record, ...values }
    const before = this.state(record, record, told)
    const state = this.state(after, record, told)
    const changed = this.object.fields.filter((field) => field.name in values && !same(field, record, values))
    const names = new Set(changed.map((field) => field.name))
    const refused = new Map<string, string>()
    const besides: Record<string, string> = {}
    for (const field of changed) {
      const isHidden = before.hidden.has(field.name) && state.hidden.has(field.name)
      const why = closed(field, { ...state, hidden: isHidden ? state.hidden : nothing }) ?? this.flaw(field, record, after, state)
      if (why) refused.set(field.name, why)
    }
    for (const field of this.object.fields) {
      if (names.has(field.name) || !state.required.has(field.name) || !kindOf(field).isEmpty(after[field.name] ?? null)) continue
      if (this.engine.hangsOn(field.name).some((one) => names.has(one))) besides[field.name] = useText.say('required', { field: labelText(field.label) })
    }
    for (const { field, message, looksAt } of state.broken) {
      const blamed = field ?? looksAt.find((one) => names.has(one))
      if (blamed === undefined) continue
      if (!names.has(blamed)) besides[blamed] ??= labelText(message)
      else if (!refused.has(blamed)) refused.set(blamed, labelText(message))
    }
    return { refused, besides }
  }

  private state(values: Values, record: Values, told: ToldRules | undefined): RuleState {
    return withTold(this.object, this.engine.ask(values, record, nothing), told)
  }

  private flaw(field: Field, record: Values, after: Values, state: RuleState): string | null {
    const value = after[field.name] ?? null
    const label = labelText(field.label)
    if (kindOf(field).isEmpty(value)) return state.required.has(field.name) ? useText.say('required', { field: label }) : null
    if (!field.offers?.length) return null
    const known = state.notOffered[field.name] ?? [...refusedOptions(this.objects, this.object, field, after, this.asker)]
    const option = chosen(value).find((one) => known.includes(one) && !chosen(record[field.name]).includes(one))
    if (option === undefined) return null
    const choice = field.options.choices?.find((one) => one.value === option)
    return useText.say('not_offered', { field: label, option: labelText(choice?.label) || option })
  }

  private field(name: string): Field | undefined {
    return this.object.fields.find((one) => one.name === name)
  }
}

function closed(field: Field, state: RuleState): string | null {
  if (state.locked.has(field.name)) return useText.say('locked', { field: labelText(field.label) })
  return state.hidden.has(field.name) ? useText.say('hidden', { field: labelText(field.label) }) : null
}

function same(field: Field, before: Values, after: Values): boolean {
  const { toWire } = kindOf(field)
  return sameJson(toWire(before[field.name] ?? null), toWire(after[field.name] ?? null))
}

function chosen(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.map(String) : []
}
