/** Records: reading lists and single ones, and every way to change them. */
import { useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { newIdempotencyKey, request, send } from './client'
import { keys } from './keys'
import type { AggregateAnswer, AggregateQuery, BulkAnswer, Change, Filter, FullRecord, RecordPage, RecordQuery, RecordRow, Values } from './types'

export const pageSize = 100

export function fetchRecords(object: string, query: RecordQuery, signal?: AbortSignal): Promise<RecordPage> {
  return send('POST', `/records/${object}/query`, { body: query, ...(signal ? { signal } : {}) })
}

/** A list, page after page by cursor. */
export function useRecordPages(object: string, query: RecordQuery, isEnabled = true) {
  return useInfiniteQuery({
    queryKey: keys.list(object, query),
    queryFn: ({ pageParam, signal }) => fetchRecords(object, { limit: pageSize, ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: isEnabled,
    placeholderData: (previous) => previous,
  })
}

export function fetchRecord(object: string, id: string): Promise<FullRecord> {
  return send('GET', `/records/${object}/${id}`)
}

/** One record; while the next one of the same object is fetched, the last one stays. */
export function useRecord(object: string, id: string | null) {
  return useQuery({
    queryKey: keys.record(object, id ?? ''),
    queryFn: () => fetchRecord(object, id ?? ''),
    enabled: id !== null && object !== '',
    placeholderData: (previous: FullRecord | undefined, query) => (query?.queryKey[1] === object ? previous : undefined),
  })
}

export interface CountAnswer {
  count: number
  capped: boolean
}
export interface CountQuery {
  filter?: Filter | null
  q?: string
  exact?: boolean
}
function countOptions(object: string, query: CountQuery) {
  return { queryKey: keys.count(object, query), queryFn: () => send<CountAnswer>('POST', `/records/${object}/count`, { body: query }) }
}
export function useCount(object: string, query: CountQuery, isEnabled = true) {
  return useQuery({ ...countOptions(object, query), enabled: isEnabled, placeholderData: (previous: CountAnswer | undefined) => previous })
}

/** Several counts side by side, in the order of what was asked; undefined while one is under way. */
export function useCounts(asked: readonly { object: string; query: CountQuery }[]): (CountAnswer | undefined)[] {
  return useQueries({ queries: asked.map(({ object, query }) => countOptions(object, query)) }).map((answer) => answer.data)
}

export function fetchAggregate(object: string, query: AggregateQuery): Promise<AggregateAnswer> {
  return send('POST', `/records/${object}/aggregate`, { body: query })
}
export function useAggregate(object: string, query: AggregateQuery, isEnabled = true) {
  return useQuery({
    queryKey: keys.aggregate(object, query),
    queryFn: () => fetchAggregate(object, query),
    enabled: isEnabled,
    placeholderData: (previous) => previous,
  })
}

export function useHistory(object: string, id: string) {
  return useInfiniteQuery({
    queryKey: keys.history(object, id),
    queryFn: ({ pageParam }) =>
      send<{ changes: Change[]; next_cursor: string | null }>('GET', `/records/${object}/${id}/history`, { query: { limit: 50, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

type Pages = InfiniteData<RecordPage, string | null>

function isPages(data: unknown): data is Pages {
  return typeof data === 'object' && data !== null && 'pages' in data && Array.isArray((data as Pages).pages)
}

/** Changes rows wherever lists of this object keep them, without asking the server again. */
export function patchRows(client: QueryClient, object: string, change: (row: RecordRow) => RecordRow | null): void {
  const changePage = (page: RecordPage): RecordPage => ({ ...page, records: page.records.map(change).filter((row) => row !== null) })
  client.setQueriesData({ queryKey: [...keys.ofObject(object), 'list'] }, (data: unknown) => {
    if (isPages(data)) {
      return data.pages.every((page) => Array.isArray((page as RecordPage).records)) ? { ...data, pages: data.pages.map(changePage) } : data
    }
    if (typeof data === 'object' && data !== null && 'records' in data) return changePage(data as RecordPage)
    return data
  })
}

export interface RecordChange {
  id: string
  version: number | '*'
  /** As they are sent. */
  values: Values
  /** As they are shown meanwhile; for links and people `{id, name}`. */
  shown?: Values
}

/** What is left of a record that a change took out of one's sight, by handing it over for example. */
export interface HiddenRecord {
  id: string
  version: number
  hidden: true
}

export function isHidden(record: FullRecord | HiddenRecord): record is HiddenRecord {
  return 'hidden' in record && record.hidden === true
}

export function updateRecord(object: string, change: RecordChange): Promise<FullRecord | HiddenRecord> {
  return send('PATCH', `/records/${object}/${change.id}`, { body: change.values, ifMatch: change.version, idempotencyKey: newIdempotencyKey() })
}

/** Saves a change; lists and the open record show it at once and take it back when it is refused. */
export function useUpdateRecord(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: RecordChange) => updateRecord(object, change),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: [...keys.ofObject(object), 'list'] })
      const before = client.getQueriesData({ queryKey: keys.ofObject(object) })
      const shown = change.shown ?? change.values
      patchRows(client, object, (row) => (row.id === change.id ? { ...row, ...onlyKnown(row, shown) } : row))
      client.setQueryData<FullRecord>(keys.record(object, change.id), (record) => (record ? { ...record, ...shown } : record))
      return { before }
    },
    onError: (_error, _change, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data)
    },
    onSuccess: (record, change) => {
      if (isHidden(record)) {
        patchRows(client, object, (row) => (row.id === change.id ? null : row))
        client.removeQueries({ queryKey: keys.record(object, change.id) })
        void client.invalidateQueries({ queryKey: keys.ofObject(object) })
        return
      }
      patchRows(client, object, (row) => (row.id === change.id ? { ...row, ...onlyKnown(row, record), version: record.version } : row))
      client.setQueryData(keys.record(object, change.id), record)
      void client.invalidateQueries({ queryKey: [...keys.ofObject(object), 'aggregate'] })
      void client.invalidateQueries({ queryKey: keys.history(object, change.id) })
    },
  })
}

/** A list row keeps to the fields it was asked for. */
function onlyKnown(row: RecordRow, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in row))
}

export function useCreateRecord(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { values: Values; key: string }) =>
      send<FullRecord>('POST', `/records/${object}`, { body: body.values, idempotencyKey: body.key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.ofObject(object) }),
  })
}

export function useDeleteRecord(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (record: { id: string; version: number | '*' }) =>
      send<{ id: string; version: number }>('DELETE', `/records/${object}/${record.id}`, { ifMatch: record.version }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.ofObject(object) }),
  })
}

export function restoreRecord(object: string, id: string): Promise<FullRecord> {
  return send('POST', `/records/${object}/${id}/restore`)
}

/** What a secret field holds; the history tells that it was looked at. */
export async function revealSecret(object: string, id: string, field: string): Promise<string> {
  const { value } = await send<{ value: string | null }>('POST', `/records/${object}/${id}/reveal`, { body: { field } })
  return value ?? ''
}

export type BulkBody =
  | { action: 'update'; ids: string[]; values: Values; dry_run?: boolean }
  | { action: 'delete' | 'restore'; ids: string[]; dry_run?: boolean }

/** One parcel. Whoever sends the last one says that lists are to be read again. */
export function sendBulk(object: string, body: BulkBody): Promise<BulkAnswer> {
  return send('POST', `/records/${object}/bulk`, { body, idempotencyKey: newIdempotencyKey() })
}

export interface ExportBody {
  object: string
  filter?: Filter | null
  sort?: string[]
  fields?: string[]
  q?: string
  format: 'csv' | 'xlsx'
  ids?: string[]
}

/** Asks for an export and hands the file to the browser. */
export async function downloadExport(body: ExportBody): Promise<void> {
  const response = await request('POST', '/exports', { body })
  const named = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)"?/i.exec(response.headers.get('Content-Disposition') ?? '')
  const name = named?.[1] ? decodeURIComponent(named[1]) : (named?.[2] ?? `${body.object}.${body.format}`)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
