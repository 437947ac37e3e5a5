/** Deeds on many records: in parcels the server takes, with what is needed to take them back. */
import { fetchRecords } from '@/api/records'
import type { BulkBody } from '@/api/records'
import type { BulkAnswer, Field, RecordPage, Values } from '@/api/types'
import { kindOf } from '@/registry/registry'
import type { Target } from './selection'

export const parcel = 500

export interface Outcome {
  /** The records that were really changed. */
  done: string[]
  unchanged: number
  refused: number
  /** The reason most refusals gave. */
  reason: string | null
  /** Records that were left alone because somebody stopped it. */
  left: number
}

/** The records that share a value of a field, by that value as it is sent. */
export type Before = ReadonlyMap<string, { value: unknown; ids: readonly string[] }>

export interface Progress {
  /** The records that have been read, or dealt with. */
  onStep: (done: number) => void
  /** Asked before every parcel. */
  isStopped: () => boolean
}

export type Send = (body: BulkBody) => Promise<BulkAnswer>
export type Deed = { action: 'update'; values: Values } | { action: 'delete' | 'restore' }

const quietly: Progress = { onStep: () => undefined, isStopped: () => false }

export async function inParcels(ids: readonly string[], deed: Deed, send: Send, { onStep, isStopped }: Progress = quietly): Promise<Outcome> {
  const outcome: Outcome = { done: [], unchanged: 0, refused: 0, reason: null, left: 0 }
  const reasons = new Map<string, number>()
  for (let start = 0; start < ids.length; start += parcel) {
    if (isStopped()) {
      outcome.left = ids.length - start
      break
    }
    const answer = await send({ ...deed, ids: ids.slice(start, start + parcel) })
    outcome.unchanged += answer.unchanged
    outcome.refused += answer.refused
    for (const { id, status, problem } of answer.results) {
      if (status === 'done') outcome.done.push(id)
      const reason = problem?.errors?.[0]?.message ?? problem?.detail ?? problem?.title
      if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    onStep(Math.min(ids.length, start + parcel))
  }
  outcome.reason = [...reasons].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  return outcome
}

/** All pages of a target. What is changed on the way must not change which records are meant, so they are read before any deed. */
async function* pagesOf(object: string, target: Target, fields: string[]): AsyncGenerator<RecordPage> {
  if (target.kind === 'ids') {
    for (let start = 0; start < target.ids.length; start += parcel) {
      yield await fetchRecords(object, { filter: { field: 'id', op: 'in', value: target.ids.slice(start, start + parcel) }, fields, limit: parcel })
    }
    return
  }
  let cursor: string | null = null
  do {
    const page: RecordPage = await fetchRecords(object, { filter: target.filter, fields, limit: parcel, ...(target.q ? { q: target.q } : {}), ...(cursor ? { cursor } : {}) })
    yield page
    cursor = page.next_cursor
  } while (cursor !== null)
}

/** The ids of a target; null when somebody stopped it. */
export async function idsOf(object: string, target: Target, progress: Progress = quietly): Promise<readonly string[] | null> {
  if (target.kind === 'ids') return target.ids
  const read = await readTarget(object, target, null, progress)
  return read && read.ids
}

/** The ids of a target with what a field holds there now, so that changing it can be taken back; null when somebody stopped it. */
export async function readTarget(object: string, target: Target, field: Field | null, { onStep, isStopped }: Progress = quietly): Promise<{ ids: readonly string[]; before: Before } | null> {
  const ids: string[] = []
  const before = new Map<string, { value: unknown; ids: string[] }>()
  for await (const page of pagesOf(object, target, [field?.name ?? 'id'])) {
    for (const record of page.records) {
      ids.push(record.id)
      if (!field) continue
      const value = kindOf(field).toWire((record[field.name] ?? null) as never)
      const key = JSON.stringify(value)
      const group = before.get(key) ?? { value, ids: [] }
      group.ids.push(record.id)
      before.set(key, group)
    }
    onStep(ids.length)
    if (isStopped()) return null
  }
  return { ids: target.kind === 'ids' ? target.ids : ids, before }
}

/** The first records of a target: as many as one try takes. */
export async function firstOf(object: string, target: Target): Promise<readonly string[]> {
  if (target.kind === 'ids') return target.ids.slice(0, parcel)
  for await (const page of pagesOf(object, target, ['id'])) return page.records.map((record) => record.id)
  return []
}
