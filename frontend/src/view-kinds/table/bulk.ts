/** Deeds on many records: in parcels the server takes, with what is needed to take them back. */
import { fetchRecords } from '@/api/records'
import type { BulkBody } from '@/api/records'
import type { BulkAnswer, Field, Filter, Values } from '@/api/types'
import { kindOf } from '@/registry/registry'

const parcel = 500

export interface Outcome {
  /** The records that were really changed. */
  done: string[]
  unchanged: number
  refused: number
  /** The reason most refusals gave. */
  reason: string | null
}

export type Send = (body: BulkBody) => Promise<BulkAnswer>
type Deed = { action: 'update'; values: Values } | { action: 'delete' | 'restore' }

export async function inParcels(ids: readonly string[], deed: Deed, send: Send, onProgress: (done: number) => void = () => undefined): Promise<Outcome> {
  const outcome: Outcome = { done: [], unchanged: 0, refused: 0, reason: null }
  const reasons = new Map<string, number>()
  for (let start = 0; start < ids.length; start += parcel) {
    const answer = await send({ ...deed, ids: ids.slice(start, start + parcel) } as BulkBody)
    outcome.unchanged += answer.unchanged
    outcome.refused += answer.refused
    for (const { id, status, problem } of answer.results) {
      if (status === 'done') outcome.done.push(id)
      const reason = problem?.errors?.[0]?.message ?? problem?.detail ?? problem?.title
      if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    onProgress(Math.min(ids.length, start + parcel))
  }
  outcome.reason = [...reasons].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  return outcome
}

/** What a field holds now, so that a change of many can be taken back: the ids that share a value, by that value as it is sent. */
export async function valuesNow(object: string, field: Field, ids: readonly string[]): Promise<Map<string, { value: unknown; ids: string[] }>> {
  const groups = new Map<string, { value: unknown; ids: string[] }>()
  for (let start = 0; start < ids.length; start += parcel) {
    const page = await fetchRecords(object, { filter: { field: 'id', op: 'in', value: ids.slice(start, start + parcel) }, fields: [field.name], limit: parcel })
    for (const record of page.records) {
      const value = kindOf(field).toWire((record[field.name] ?? null) as never)
      const key = JSON.stringify(value)
      const group = groups.get(key) ?? { value, ids: [] }
      group.ids.push(record.id)
      groups.set(key, group)
    }
  }
  return groups
}

export const mostMatching = 10_000

/** The ids of everything that matches, up to a limit one can still work with. */
export async function matchingIds(object: string, query: { filter: Filter | null; q: string; sort: string[] }): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page = await fetchRecords(object, { filter: query.filter, sort: query.sort, fields: ['id'], limit: parcel, ...(query.q ? { q: query.q } : {}), ...(cursor ? { cursor } : {}) })
    ids.push(...page.records.map((record) => record.id))
    cursor = page.next_cursor
  } while (cursor !== null && ids.length < mostMatching)
  return ids.slice(0, mostMatching)
}
