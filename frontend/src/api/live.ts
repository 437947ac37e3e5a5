/** Keeps what is on the screen fresh: the server tells what changed, and only that is asked for again. */
import { useEffect } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { keys } from './keys'
import { fetchRecords, patchRows } from './records'
import type { Import } from './import_types'
import type { RecordPage, RecordQuery, RecordRow } from './types'

const gathering = 300
/** A list with more loaded pages than this is patched row by row instead of being read again. */
const pagesReadAgain = 3

interface Changed {
  ids: Set<string> | null
}

async function refreshList(client: QueryClient, object: string, changed: Changed): Promise<void> {
  const lists = client.getQueryCache().findAll({ queryKey: [...keys.ofObject(object), 'list'], type: 'active' })
  for (const list of lists) {
    const data = list.state.data as InfiniteData<RecordPage> | undefined
    const query = list.queryKey[3] as RecordQuery | undefined
    if (!data?.pages || data.pages.length <= pagesReadAgain || changed.ids === null || !query?.fields) {
      void client.invalidateQueries({ queryKey: list.queryKey })
      continue
    }
    const ids = [...changed.ids]
    const fresh = await fetchRecords(object, { filter: { field: 'id', op: 'in', value: ids }, fields: query.fields, ...(query.tests ? { tests: query.tests } : {}), limit: Math.min(500, ids.length) })
    const rows = new Map<string, RecordRow>(fresh.records.map((row) => [row.id, row]))
    patchRows(client, object, (row) => (changed.ids?.has(row.id) ? (rows.get(row.id) ?? null) : row))
  }
}

function refreshRecords(client: QueryClient, object: string, changed: Changed): void {
  void refreshList(client, object, changed)
  for (const part of ['aggregate', 'count', 'computing', 'lines']) void client.invalidateQueries({ queryKey: [...keys.ofObject(object), part] })
  if (changed.ids === null) {
    void client.invalidateQueries({ queryKey: [...keys.ofObject(object), 'one'] })
    return
  }
  for (const id of changed.ids) {
    void client.invalidateQueries({ queryKey: keys.record(object, id) })
    void client.invalidateQueries({ queryKey: keys.history(object, id) })
  }
}

export function useLiveEvents(isSignedIn: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isSignedIn || typeof EventSource === 'undefined') return undefined
    const source = new EventSource('/api/v1/events')
    const waiting = new Map<string, Changed>()
    let timer: ReturnType<typeof setTimeout> | null = null

    function flush(): void {
      timer = null
      for (const [object, changed] of waiting) refreshRecords(client, object, changed)
      waiting.clear()
    }
    function on<T>(name: string, act: (data: T) => void): void {
      source.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data) as T))
    }

    on<{ object: string; ids: string[] | null }>('change', ({ object, ids }) => {
      const known = waiting.get(object)
      const gathered = ids === null || known?.ids === null ? null : new Set([...(known?.ids ?? []), ...ids])
      waiting.set(object, { ids: gathered })
      timer ??= setTimeout(flush, gathering)
    })
    on('design', () => void client.invalidateQueries())
    on('rights', () => void client.invalidateQueries())
    on<{ id: string } & Partial<Import>>('import', ({ id, status, progress }) => {
      client.setQueryData<Import>(keys.import(id), (known) =>
        known ? { ...known, ...(status ? { status } : {}), ...(progress ? { progress } : {}) } : known,
      )
      if (status && !['checking', 'running', 'undoing'].includes(status)) {
        void client.invalidateQueries({ queryKey: keys.import(id) })
        void client.invalidateQueries({ queryKey: ['imports'] })
      }
    })
    return () => {
      if (timer) clearTimeout(timer)
      source.close()
    }
  }, [client, isSignedIn])
}
