/** Which fields a record page shows, and where. */
import type { Field, FullRecord, ObjectDefinition } from '@/api/types'
import { kindOf } from '@/registry/registry'
import type { FormGroup } from './form'

/** From this width of its own a record has facts at the left; from the second, people at the right too. */
export const columnsFrom = { facts: 760, people: 1060 }

/** As many facts as fit beside the story without scrolling. */
const keyFacts = 10

function activeByName(object: ObjectDefinition): Map<string, Field> {
  return new Map(object.fields.filter((field) => field.retired_at === null).map((field) => [field.name, field]))
}

/** The layout's groups; what no group mentions closes the last one. The platform's own fields stand elsewhere. */
export function shownGroups(object: ObjectDefinition): FormGroup[] {
  const fields = activeByName(object)
  const listed = new Set(object.layout.groups.flatMap((group) => group.fields))
  const rest = [...fields.values()].filter((field) => !field.system && !listed.has(field.name))
  const name = fields.get('name')
  const head = name && !listed.has('name') ? [name] : []
  const groups: FormGroup[] = object.layout.groups.map((group) => ({
    label: group.label,
    fields: group.fields.map((each) => fields.get(each)).filter((field) => field !== undefined),
  }))
  if (groups.length === 0) groups.push({ label: null, fields: [] })
  return groups
    .map((group, index) => ({
      ...group,
      fields: [...(index === 0 ? head : []), ...group.fields, ...(index === groups.length - 1 ? rest : [])],
    }))
    .filter((group) => group.fields.length > 0)
}

/** What stands in the narrow column: the first facts, without what the head of the page already tells. */
export function keyFields(object: ObjectDefinition): Field[] {
  const told = new Set(['name', 'owner', 'department', object.stage_field, ...object.layout.highlights])
  return shownGroups(object)
    .flatMap((group) => group.fields)
    .filter((field) => !told.has(field.name) && !kindOf(field).hasManyLines)
    .slice(0, keyFacts)
}

export function highlightFields(object: ObjectDefinition): Field[] {
  const fields = activeByName(object)
  return object.layout.highlights
    .filter((name) => name !== object.stage_field && name !== 'name' && name !== 'owner')
    .map((name) => fields.get(name))
    .filter((field) => field !== undefined)
}

/** Whose record it is: the first link on its card, an account mostly. */
export function partyField(object: ObjectDefinition): Field | undefined {
  const fields = activeByName(object)
  return object.layout.card.map((name) => fields.get(name)).find((field) => field?.options.target !== undefined && kindOf(field).holds === 'reference')
}

/** What a list of related records shows of each: its card, without the link that leads back here. */
export function relatedFields(object: ObjectDefinition, via: string): Field[] {
  const fields = activeByName(object)
  return object.layout.card
    .filter((name) => name !== via && name !== 'name')
    .map((name) => fields.get(name))
    .filter((field) => field !== undefined)
}

export function mayWrite(record: FullRecord, field: Field): boolean {
  return record._rights.write.includes(field.name) && !kindOf(field).isReadOnly
}
