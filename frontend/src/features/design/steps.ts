/** The changes of a draft: how a new one joins those before it, so that a draft says each thing once. */
import { sameJson } from '@/lib/equal'
import type { DesignStep, FieldChanges, NewField, NewObject } from '@/api/design_types'

function objectOf(step: DesignStep): string | undefined {
  return typeof step.object === 'string' ? step.object : step.object.name
}

function fieldOf(step: DesignStep): string | undefined {
  if (!('field' in step)) return undefined
  return typeof step.field === 'string' ? step.field : step.field.name
}

function isOf(step: DesignStep, object: string, field?: string): boolean {
  return objectOf(step) === object && (field === undefined || fieldOf(step) === field)
}

/** What is said about a field or an object that is only there in this draft changes the step that adds it. */
function intoAddition(steps: readonly DesignStep[], step: DesignStep): DesignStep[] | null {
  if (step.action === 'change_object') {
    if (step.changes.layout || step.changes.validations || step.changes.unique_rules || step.changes.match_rules) return null
    const at = steps.findIndex((one) => one.action === 'add_object' && one.object.name === step.object)
    const added = steps[at]
    if (added?.action !== 'add_object') return null
    return steps.with(at, { ...added, object: withoutNull<NewObject>({ ...added.object, ...step.changes }) })
  }
  if (step.action === 'change_field') {
    const at = steps.findIndex((one) => one.action === 'add_field' && isOf(one, step.object, step.field))
    const added = steps[at]
    if (added?.action !== 'add_field') return null
    return steps.with(at, { ...added, field: withoutNull<NewField>({ ...added.field, ...step.changes }) })
  }
  return null
}

/** In an addition, what is empty is left unsaid. */
function withoutNull<T extends object>(addition: { [K in keyof T]: T[K] | null }): T {
  return Object.fromEntries(Object.entries(addition).filter(([, value]) => value !== null)) as T
}

const opposites: Record<string, string> = {
  retire_field: 'restore_field',
  restore_field: 'retire_field',
  retire_object: 'restore_object',
  restore_object: 'retire_object',
}

function retire(steps: readonly DesignStep[], step: DesignStep): DesignStep[] | null {
  const object = objectOf(step)
  const field = fieldOf(step)
  if (object === undefined || !opposites[step.action]) return null
  const isAdded = steps.some((one) => isOf(one, object, field) && one.action === (field === undefined ? 'add_object' : 'add_field'))
  if (isAdded && step.action.startsWith('retire')) return steps.filter((one) => !isOf(one, object, field))
  const rest = steps.filter((one) => !(one.action === opposites[step.action] && isOf(one, object, field)))
  if (rest.length < steps.length) return rest
  // Nothing else need be said about what goes.
  const kept = step.action.startsWith('retire') ? steps.filter((one) => !isOf(one, object, field) || one.action === step.action) : [...steps]
  return [...kept.filter((one) => !sameJson(one, step)), step]
}

function merge(steps: readonly DesignStep[], step: DesignStep): DesignStep[] | null {
  if (step.action === 'change_field' || (step.action === 'change_object' && !step.changes.layout)) {
    const at = steps.findIndex(
      (one) => one.action === step.action && isOf(one, step.object, fieldOf(step)) && !('changes' in one && 'layout' in one.changes && one.changes.layout),
    )
    const before = steps[at]
    if (!before || !('changes' in before)) return null
    return steps.with(at, { ...before, changes: { ...before.changes, ...step.changes } } as DesignStep)
  }
  const last = steps.at(-1)
  if (step.action === 'move_field' && last?.action === 'move_field' && isOf(last, step.object, step.field)) return [...steps.slice(0, -1), step]
  if (step.action === 'change_object' && last?.action === 'change_object' && last.changes.layout && last.object === step.object) {
    return [...steps.slice(0, -1), step]
  }
  return null
}

/** Changes of a field of which some may be taken back: those that are undefined. */
export function takingBack(changes: { [Name in keyof FieldChanges]: FieldChanges[Name] | undefined }): FieldChanges {
  return changes as FieldChanges
}

/** The draft with one more change. What is undefined takes back what the draft said of it. */
export function put(steps: readonly DesignStep[], step: DesignStep): DesignStep[] {
  return (retire(steps, step) ?? intoAddition(steps, step) ?? merge(steps, step) ?? [...steps, step]).flatMap(tidied)
}

/** A change without what it says nothing of; none when it says nothing at all. */
function tidied(step: DesignStep): DesignStep[] {
  if (step.action !== 'change_field') return [step]
  const said = Object.entries(step.changes).filter(([, value]) => value !== undefined)
  return said.length > 0 ? [{ ...step, changes: Object.fromEntries(said) }] : []
}

/** The draft without one of its changes, and without what stands on it. */
export function drop(steps: readonly DesignStep[], index: number): DesignStep[] {
  const gone = steps[index]
  const rest = steps.filter((_, place) => place !== index)
  if (gone?.action === 'add_object') return rest.filter((one) => objectOf(one) !== gone.object.name)
  if (gone?.action === 'add_field') {
    const { name } = gone.field
    return name === undefined ? rest : rest.filter((one) => !isOf(one, gone.object, name) && !('before' in one && one.before === name))
  }
  return rest
}
