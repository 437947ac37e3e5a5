/** The fields of a record that rules look at. */
import type { ObjectDefinition } from '@/api/types'
import { isOfRecord } from './rule_state'

/** The record's own fields named anywhere in trees, links that are followed among them. */
export function namedIn(trees: readonly unknown[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (tree: unknown): void => {
    if (!Array.isArray(tree)) return
    const [word, ...rest] = tree as unknown[]
    const [first] = rest
    if (word === 'field' && typeof first === 'string') found.add(first)
    else rest.forEach(visit)
  }
  trees.forEach(visit)
  return found
}

/** What a list has to read besides its columns to follow the rules of its records: all that those look at, and what they ask for. */
export function fieldsForRules(object: ObjectDefinition): readonly string[] {
  const fields = object.fields.filter((field) => field.retired_at === null)
  const rules = fields.flatMap((field) => [
    ...Object.entries(field.formulas ?? {}).flatMap(([kind, tree]) => (kind === 'default' || kind === 'formula' ? [] : [tree])),
    ...(field.offers ?? []).map((one) => one.condition),
  ])
  const trees = [...rules, ...(object.validations ?? []).map((one) => one.condition)].filter(isOfRecord)
  const asked = fields.filter((field) => field.formulas?.['required_when'] !== undefined || (field.required && field.formulas?.['visible_when'] !== undefined))
  const names = new Set([...namedIn(trees), ...asked.map((field) => field.name)])
  return fields.filter((field) => names.has(field.name)).map((field) => field.name)
}
