/** What a link can point to: records, people, departments, found as one types, each with what tells it from its namesakes. */
import { useQuery } from '@tanstack/react-query'
import { currentLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { send } from './client'
import { keys } from './keys'
import { useObject } from './objects'
import { fetchRecords } from './records'
import type { Department, Field, Label, ObjectDefinition, Person, RecordPage, Reference, Values } from './types'

export interface Candidate {
  id: string
  name: string
  /** At most two values of the record, joined. */
  telling: string
}

const mostCandidates = 20
const mostTelling = 2

/** The link that is filled in, where a condition tells what it may point to. */
export interface Narrowing {
  object: string
  field: string
  /** The record it is a link of; null for a new one. */
  id: string | null
  /** What the condition looks at of the record, as it is sent. */
  values: Values
}

export function useCandidates(target: string, q: string, isEnabled: boolean, narrowing: Narrowing | null = null) {
  const object = useObject(target)
  return useQuery({
    queryKey: [...keys.ofObject(target), 'candidates', q, object?.fields.length ?? 0, narrowing],
    queryFn: ({ signal }) => (narrowing ? narrowed(narrowing, target, object, q, signal) : candidates(target, object, q, signal)),
    enabled: isEnabled,
    placeholderData: (previous) => previous,
    staleTime: 10_000,
  })
}

/** Whether the link may still point where it does; undefined until that is known. */
export function useStillFits(narrowing: Narrowing | null, id: string | null): boolean | undefined {
  const { object, ...asked } = narrowing ?? {}
  return useQuery({
    queryKey: [...keys.ofObject(object ?? ''), 'still fits', narrowing, id],
    queryFn: async ({ signal }) => {
      const page = await send<RecordPage>('POST', `/records/${object ?? ''}/candidates`, { body: { ...asked, ids: [id] }, signal })
      return page.records.length > 0
    },
    enabled: narrowing !== null && id !== null,
    staleTime: 10_000,
  }).data
}

async function narrowed({ object, ...asked }: Narrowing, target: string, pointedTo: ObjectDefinition | undefined, q: string, signal: AbortSignal): Promise<Candidate[]> {
  const telling = target === 'person' ? ['department'] : pointedTo ? tellingFields(pointedTo).map((field) => field.name) : []
  const isPlain = target === 'person' || target === 'department'
  const page = await send<RecordPage>('POST', `/records/${object}/candidates`, {
    body: { ...asked, q, fields: ['name', ...telling], sort: q === '' ? [isPlain ? 'name' : '-updated_at'] : [], limit: mostCandidates },
    signal,
  })
  const fields = pointedTo ? tellingFields(pointedTo) : []
  return page.records.map((row) => ({ id: row.id, name: String(row['name'] ?? ''), telling: target === 'person' ? ((row['department'] as Reference | null)?.name ?? '') : told(fields, row) }))
}

async function candidates(target: string, object: ObjectDefinition | undefined, q: string, signal: AbortSignal): Promise<Candidate[]> {
  if (target === 'person') {
    const { people } = await send<{ people: Person[] }>('GET', '/people', { query: { q, active: true }, signal })
    return people.slice(0, mostCandidates).map((one) => ({ id: one.id, name: one.name, telling: one.department?.name ?? one.email }))
  }
  if (target === 'department') {
    const { departments } = await send<{ departments: Department[] }>('GET', '/departments', { signal })
    const wanted = q.toLowerCase()
    return departments.filter((one) => one.name.toLowerCase().includes(wanted)).map((one) => ({ id: one.id, name: one.name, telling: '' }))
  }
  const telling = object ? tellingFields(object) : []
  const page = await fetchRecords(
    target,
    { q, limit: mostCandidates, fields: ['name', ...telling.map((field) => field.name)], ...(q === '' ? { sort: ['-updated_at'] } : {}) },
    signal,
  )
  return page.records.map((row) => ({ id: row.id, name: String(row['name'] ?? ''), telling: told(telling, row) }))
}

/** The first lines of the object's card say best which record it is. */
function tellingFields(object: ObjectDefinition): Field[] {
  const named = [...object.layout.card, ...object.layout.highlights]
  const fields = named.map((name) => object.fields.find((field) => field.name === name)).filter((field) => field !== undefined)
  return [...new Set(fields)].filter((field) => field.name !== 'owner' && field.name !== 'name').slice(0, mostTelling)
}

function told(fields: readonly Field[], row: Record<string, unknown>): string {
  return fields
    .filter((field) => !kindOf(field).isEmpty(row[field.name]))
    .map((field) => kindOf(field).format(row[field.name], field, currentLocale()))
    .join(' · ')
}

/** The one record, person or department a pasted text means; an error where there is none, or more than one. */
export async function referenceNamed(target: string, text: string): Promise<{ value: Reference } | { error: Label }> {
  const wanted = text.trim()
  const found = await namesakes(target, wanted)
  const [first] = found
  if (first && found.length === 1) return { value: { id: first.id, name: first.name } }
  if (first) return { error: { 'zh-CN': `有 ${found.length} 个「${wanted}」，请从列表中选择。`, en: `There are ${found.length} called “${wanted}”. Choose one from the list.` } }
  return { error: { 'zh-CN': `没有找到「${wanted}」。`, en: `Nothing is called “${wanted}”.` } }
}

async function namesakes(target: string, name: string): Promise<Candidate[]> {
  if (target === 'person' || target === 'department') {
    const candidatesOf = await candidates(target, undefined, name, new AbortController().signal)
    return candidatesOf.filter((one) => one.name === name)
  }
  const page = await fetchRecords(target, { filter: { field: 'name', op: 'eq', value: name }, fields: ['name'], limit: 2 })
  return page.records.map((row) => ({ id: row.id, name: String(row['name'] ?? ''), telling: '' }))
}
