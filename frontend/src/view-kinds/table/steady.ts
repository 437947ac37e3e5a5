/** Keeps rows where they stand while a list is read again: nothing moves unless the person moved it. */
import type { RecordRow } from '@/api/types'

export interface Steady {
  key: string
  ids: readonly string[]
  rows: readonly RecordRow[]
  /** Rows that have come in between and wait to be shown. */
  waiting: number
}

/** `key` says what is looked at; another key begins anew. `wanted` is a row to be shown at once, such as one just made. */
export function settle(before: Steady | null, key: string, fresh: readonly RecordRow[], wanted: string | null): Steady {
  const anew = (): Steady => ({ key, ids: fresh.map((row) => row.id), rows: fresh, waiting: 0 })
  if (!before || before.key !== key || before.ids.length === 0) return anew()
  const byId = new Map(fresh.map((row) => [row.id, row]))
  const kept = before.ids.filter((id) => byId.has(id))
  const shown = new Set(kept)
  const order = fresh.map((row) => row.id)
  const end = order.findLastIndex((id) => shown.has(id))
  const newcomers = order.filter((id, at) => !shown.has(id) && at < end)
  if (wanted !== null && newcomers.includes(wanted)) return anew()
  const ids = [...kept, ...order.slice(end + 1)]
  return { key, ids, rows: ids.map((id) => byId.get(id)).filter((row) => row !== undefined), waiting: newcomers.length }
}
