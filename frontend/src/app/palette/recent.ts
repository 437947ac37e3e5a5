/** The records opened last on this device, newest first. */
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useLocation, useMatch } from 'react-router'
import { keys } from '@/api/keys'
import type { FullRecord } from '@/api/types'

export interface RecentRecord {
  object: string
  id: string
  name: string
}

const storageKey = 'guanxi.recent'
const kept = 8

export function recentRecords(): RecentRecord[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(known) ? (known as RecentRecord[]) : []
  } catch {
    return []
  }
}

export function noteRecent(record: RecentRecord): void {
  const others = recentRecords().filter((each) => each.id !== record.id)
  localStorage.setItem(storageKey, JSON.stringify([record, ...others].slice(0, kept)))
}

/** Whoever signs in next on this device must not see what the last one opened. */
export function forgetRecent(): void {
  localStorage.removeItem(storageKey)
}

/** Notes whichever record is open, as a page or in the drawer, once it has been read. */
export function useNotedRecent(): void {
  const { search } = useLocation()
  const open = useMatch('/o/:object/:id?')?.params
  const object = open?.object ?? ''
  const id = open?.id ?? new URLSearchParams(search).get('record') ?? ''
  const client = useQueryClient()
  const cache = client.getQueryCache()
  // The cache also speaks while something is being drawn; nobody else may be redrawn in that moment.
  const subscribe = useCallback((notify: () => void) => cache.subscribe(notifyManager.batchCalls(notify)), [cache])
  const name = useSyncExternalStore(
    subscribe,
    () => client.getQueryData<FullRecord>(keys.record(object, id))?.name,
  )
  useEffect(() => {
    if (id && name) noteRecent({ object, id, name })
  }, [object, id, name])
}
