/** Making several records one, and several again. */
import { newIdempotencyKey, send } from './client'
import type { FullRecord } from './types'

export const mostMerged = 10

export interface MergeBody {
  master: string
  records: string[]
  /** By field the record whose value it gets. */
  choose: Record<string, string>
  versions?: Record<string, number>
}

export interface MergeAnswer {
  /** Null while it is only tried out. */
  merge: string | null
  record: FullRecord
  moved: { object: string; count: number }[]
}

export function tryMerge(object: string, body: MergeBody, signal: AbortSignal): Promise<MergeAnswer> {
  return send('POST', `/records/${object}/merge`, { body: { ...body, dry_run: true }, signal })
}

export function mergeRecords(object: string, body: MergeBody): Promise<MergeAnswer> {
  return send('POST', `/records/${object}/merge`, { body, idempotencyKey: newIdempotencyKey() })
}

export function undoMerge(object: string, merge: string): Promise<FullRecord> {
  return send('POST', `/records/${object}/merges/${merge}/undo`, { idempotencyKey: newIdempotencyKey() })
}

export function mergeAddress(object: string, ids: readonly string[]): string {
  return `/o/${object}/merge?ids=${ids.join(',')}`
}
