/** Refusals that somebody can mend where they are told: by filling in the other fields they blame. */
import { isProblem } from '@/api/problem'
import type { Field, ObjectDefinition } from '@/api/types'
import { kindOf } from './registry'

export interface Mendable {
  fields: readonly Field[]
  /** What is wrong with each, by its name. */
  messages: Readonly<Record<string, string>>
}

/** The fields a refusal blames besides those that were changed, when the person can mend every one of them. */
export function mendable(object: ObjectDefinition, error: unknown, changed: readonly string[]): Mendable | null {
  return isProblem(error) && error.status === 422 ? toMend(object, error.byField(), changed) : null
}

/** The fields something is wrong with, by the same measure. */
export function toMend(object: ObjectDefinition, messages: Readonly<Record<string, string>>, changed: readonly string[]): Mendable | null {
  const names = Object.keys(messages)
  const fields = object.fields.filter((each) => names.includes(each.name) && !changed.includes(each.name) && each.access === 'write' && !kindOf(each).isReadOnly)
  return fields.length > 0 && fields.length === names.length ? { fields, messages } : null
}
