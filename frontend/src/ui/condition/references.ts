/** Conditions keep ids; people read names. Finds the names of what a condition points to, and takes them off again. */
import { useQueries } from '@tanstack/react-query'
import { send } from '@/api/client'
import { keys } from '@/api/keys'
import { fieldAtPath, useObjects } from '@/api/objects'
import { fetchRecords } from '@/api/records'
import type { Field, ObjectDefinition, Person, Reference } from '@/api/types'
import { isFormula, isLeaf, members } from '@/lib/filter'
import type { Filter, Leaf } from '@/lib/filter'
import { kindOf } from '@/registry/registry'

export function leavesOf(filter: Filter | null): Leaf[] {
  if (filter === null) return []
  return isLeaf(filter) ? [filter] : members(filter).flatMap(leavesOf)
}

/** The same filter with every leaf passed through `change`. */
export function mapLeaves(filter: Filter, change: (leaf: Leaf) => Leaf): Filter {
  if (isLeaf(filter)) return change(filter)
  if (isFormula(filter)) return filter
  if ('not' in filter) return { not: mapLeaves(filter.not, change) }
  const parts = members(filter).map((part) => mapLeaves(part, change))
  return 'and' in filter ? { and: parts } : { or: parts }
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? (value as Reference).id : value
}

/** Names are left behind: only ids are kept and sent. */
export function withoutNames(filter: Filter): Filter {
  return mapLeaves(filter, (leaf) => ('value' in leaf ? { ...leaf, value: Array.isArray(leaf.value) ? leaf.value.map(idOf) : idOf(leaf.value) } : leaf))
}

/** `person`, or the object a link points to; null for values that are no references. */
export function targetOf(field: Field | undefined): string | null {
  if (!field) return null
  return kindOf(field).pointsTo?.(field) ?? null
}

async function namesOf(target: string, ids: readonly string[]): Promise<Reference[]> {
  if (target === 'person') {
    const { people } = await send<{ people: Person[] }>('GET', '/people')
    return people.filter((person) => ids.includes(person.id)).map(({ id, name }) => ({ id, name }))
  }
  const { records } = await fetchRecords(target, { filter: { field: 'id', op: 'in', value: ids }, fields: ['name'], limit: Math.min(500, ids.length) })
  return records.map((record) => ({ id: record.id, name: String(record['name'] ?? '') }))
}

function idsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
}

export type Names = ReadonlyMap<string, string | null>

/** Ids by the object they are of. */
export type Wanted = ReadonlyMap<string, ReadonlySet<string>>

/** What they are called, as far as that is known yet. */
export function useNamesOf(wanted: Wanted): Names {
  const answers = useQueries({
    queries: [...wanted].map(([target, ids]) => ({
      queryKey: [...keys.ofObject(target), 'names', [...ids].sort()],
      queryFn: () => namesOf(target, [...ids]),
      staleTime: 60_000,
    })),
  })
  return new Map(answers.flatMap((answer) => answer.data ?? []).map((reference) => [reference.id, reference.name]))
}

/** The names of all records and people a filter mentions, as far as they are known yet. */
export function useReferenceNames(object: ObjectDefinition, filter: Filter | null): Names {
  const objects = useObjects()
  const wanted = new Map<string, Set<string>>()
  for (const leaf of leavesOf(filter)) {
    const target = targetOf(fieldAtPath(objects, object, leaf.field)?.at(-1))
    const known = objects.some((each) => each.name === target) || target === 'person'
    if (target && known) for (const id of idsOf(leaf.value)) wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
  }
  return useNamesOf(wanted)
}

/** The value with names beside its ids, for boxes that show them. */
export function withNames(value: unknown, names: Names): unknown {
  const named = (each: unknown): unknown => (typeof each === 'string' ? { id: each, name: names.get(each) ?? '…' } : each)
  return Array.isArray(value) ? value.map(named) : value === null || value === undefined ? value : named(value)
}
