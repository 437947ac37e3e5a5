/** What a form asks for, what it starts with, what is wrong with it and what of it has to be sent. */
import type { Problem } from '@/api/problem'
import type { Field, Label, ObjectDefinition, Values } from '@/api/types'
import { sameJson } from '@/lib/equal'
import { currentLocale, labelText } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { useText } from './messages'
import { plainState } from '@/ui/rules/rule_state'
import type { RuleState } from '@/ui/rules/rule_state'

export interface FormGroup {
  label: Label | null
  fields: Field[]
}

/** Below this width of its content a form has one column. */
export const twoColumnsFrom = 720

/** Rows of a form: the layout's groups with what may be written, then what no group mentions, then the owner. */
export function formGroups(object: ObjectDefinition, mayWrite: (field: Field) => boolean): FormGroup[] {
  const open = new Map(object.fields.filter((field) => field.retired_at === null && (field.computed || (isAskedFor(field) && mayWrite(field)))).map((field) => [field.name, field]))
  const take = (name: string): Field[] => {
    const field = open.get(name)
    open.delete(name)
    return field ? [field] : []
  }
  const listed = new Set(object.layout.groups.flatMap((group) => group.fields))
  const first = listed.has('name') ? [] : take('name')
  const groups: FormGroup[] = object.layout.groups.map((group) => ({ label: group.label, fields: group.fields.flatMap(take) }))
  const owner = take('owner')
  const rest = [...open.values(), ...owner]
  const [head] = groups
  if (head) groups[0] = { ...head, fields: [...first, ...head.fields] }
  else groups.push({ label: null, fields: first })
  const last = groups.length - 1
  groups[last] = { label: groups[last]?.label ?? null, fields: [...(groups[last]?.fields ?? []), ...rest] }
  return groups.filter((group) => group.fields.length > 0)
}

/** Numbered fields and what the platform keeps are never asked for. The department follows the owner. */
function isAskedFor(field: Field): boolean {
  if (field.system && field.name !== 'name' && field.name !== 'owner') return false
  return !kindOf(field).isReadOnly
}

/** What a form asks for: computed fields are only shown in it. */
export function fieldsOf(groups: readonly FormGroup[]): Field[] {
  return groups.flatMap((group) => group.fields.filter((field) => !field.computed || field.lines?.access === 'write'))
}

/** Defaults stand in a new form as values, so that nobody is surprised by what is saved. */
export function startingValues(fields: readonly Field[], given: Values): Values {
  return Object.fromEntries(fields.map((field) => [field.name, given[field.name] ?? field.default ?? null]))
}

export function toWire(field: Field, value: unknown): unknown {
  return kindOf(field).toWire(value ?? null)
}

export function sameValue(field: Field, a: unknown, b: unknown): boolean {
  return sameJson(toWire(field, a), toWire(field, b))
}

/** The fields a person really changed, as they are shown. */
export function changedValues(fields: readonly Field[], before: Values, after: Values): Values {
  return Object.fromEntries(
    fields.filter((field) => !sameValue(field, before[field.name], after[field.name])).map((field) => [field.name, after[field.name] ?? null]),
  )
}

export function wireValues(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(fields.filter((field) => field.name in values).map((field) => [field.name, toWire(field, values[field.name])]))
}

/** The sentence that says what to do about a value; null when it is good. */
export function checkField(field: Field, value: unknown, isRequired = field.required): string | null {
  const kind = kindOf(field)
  if (kind.isEmpty(value)) {
    if (!isRequired) return null
    return useText.say(kind.isPicked ? 'pick_needed' : 'enter_needed', { field: labelText(field.label) })
  }
  return typeof value === 'number' ? checkRange(field, value) : typeof value === 'string' ? checkText(field, value) : null
}

function checkRange(field: Field, value: number): string | null {
  const minimum = limitOf(field.options.minimum)
  const maximum = limitOf(field.options.maximum)
  if (minimum !== null && value < minimum) return useText.say('too_small', { limit: kindOf(field).format(minimum, field, currentLocale()) })
  if (maximum !== null && value > maximum) return useText.say('too_large', { limit: kindOf(field).format(maximum, field, currentLocale()) })
  return null
}

/** Exact limits travel as text. */
function limitOf(option: number | string | null | undefined): number | null {
  return option === null || option === undefined || option === '' ? null : Number(option)
}

function checkText(field: Field, value: string): string | null {
  if (field.options.choices) return null
  const limit = field.options.max_length
  if (limit && [...value].length > limit) return useText.say('too_long', { limit, over: [...value].length - limit })
  const parsed = kindOf(field).parse(value, field)
  return 'error' in parsed ? labelText(parsed.error) : null
}

/** What is wrong with the fields that are shown, and what does not hold, at the field it is told at. */
export function checkAll(fields: readonly Field[], values: Values, state: RuleState = plainState(fields, values)): Record<string, string> {
  const found = fields
    .filter((field) => !state.hidden.has(field.name))
    .map((field) => [field.name, checkField(field, values[field.name], state.required.has(field.name)) ?? brokenAt(state, field.name)] as const)
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null))
}

/** The message of a validation that does not hold; null when all do. */
export function brokenAt(state: RuleState, field: string): string | null {
  const found = state.broken.find((one) => one.field === field)
  return found ? labelText(found.message) : null
}

/** The messages of validations no field of the form answers for. */
export function brokenElsewhere(state: RuleState, fields: readonly Field[]): string | null {
  const shown = new Set(fields.filter((field) => !state.hidden.has(field.name)).map((field) => field.name))
  const found = state.broken.filter((one) => one.field === null || !shown.has(one.field))
  return found.length === 0 ? null : found.map((one) => labelText(one.message)).join(' ')
}

/** A refusal, sorted into sentences for fields of the form and one for everything else. */
export function sortProblem(problem: Problem, fields: readonly Field[]): { errors: Record<string, string>; rest: string | null } {
  const known = new Set(fields.map((field) => field.name))
  const blamed = Object.entries(problem.byField())
  const errors = Object.fromEntries(blamed.filter(([name]) => known.has(name)))
  const others = blamed.filter(([name]) => !known.has(name)).map(([, message]) => message)
  if (others.length > 0) return { errors, rest: others.join(' ') }
  return { errors, rest: blamed.length === 0 ? problem.message : null }
}

/** What somebody else changed meanwhile is taken over where the person has not touched the field. */
export function adopt(fields: readonly Field[], before: Values, mine: Values, current: Values): { before: Values; values: Values } {
  const untouched = fields.filter((field) => sameValue(field, before[field.name], mine[field.name])).map((field) => field.name)
  const fresh = Object.fromEntries(untouched.map((name) => [name, current[name] ?? null]))
  return { before: { ...before, ...fresh }, values: { ...mine, ...fresh } }
}
