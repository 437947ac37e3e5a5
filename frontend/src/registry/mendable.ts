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
  if (!isProblem(error) || error.status !== 422) return null
  const messages = error.byField()
  const names = Object.keys(messages)
  const fields = object.fields.filter((each) => names.includes(each.name) && !changed.includes(each.name) && each.access === 'write' && !kindOf(each).isReadOnly)
  return fields.length > 0 && fields.length === names.length ? { fields, messages } : null
}
