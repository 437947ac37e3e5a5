/** The cards of one column, page after page, and what they make known to the board. */
import { useEffect, useMemo, useRef } from 'react'
import { useRecordPages } from '@/api/records'
import type { Field, ObjectDefinition, RecordRow } from '@/api/types'
import type { ViewState } from '@/registry/view_kind'
import { columnQuery } from './columns'
import type { BoardColumn, Totals } from './columns'

export interface ColumnCards {
  rows: RecordRow[]
  isLoading: boolean
  error: unknown
  hasMore: boolean
  isFetchingMore: boolean
  fetchMore: () => void
  retry: () => void
}

export interface ColumnSource {
  object: ObjectDefinition
  field: Field
  state: ViewState
  column: BoardColumn
  totals: Totals | undefined
  /** Tells the board the order of the cards, for walking through them. */
  onRows: (value: string | null, ids: string[]) => void
}

export function useColumnCards({ object, field, state, column, totals, onRows }: ColumnSource): ColumnCards {
  const query = useMemo(() => columnQuery(object, field, state, column.value), [object, field, state, column.value])
  const pages = useRecordPages(object.name, query)
  const { data, refetch, isFetching } = pages
  // A live change may have taken a row to another column while this list was only patched.
  const rows = useMemo(
    () => data?.pages.flatMap((page) => page.records).filter((row) => (row[field.name] ?? null) === column.value) ?? [],
    [data, field.name, column.value],
  )
  useEffect(() => onRows(column.value, rows.map((row) => row.id)), [onRows, column.value, rows])

  // Long lists are patched by live events rather than read again; what joined this column is then missing. Asked for once per count.
  const missing = totals !== undefined && !isFetching && !pages.hasNextPage && data !== undefined && totals.count > rows.length ? totals.count : null
  const asked = useRef<number | null>(null)
  useEffect(() => {
    if (missing === null || asked.current === missing) return
    asked.current = missing
    void refetch()
  }, [missing, refetch])

  return {
    rows,
    isLoading: pages.isPending,
    error: pages.isError && !data ? pages.error : null,
    hasMore: pages.hasNextPage,
    isFetchingMore: pages.isFetchingNextPage,
    fetchMore: () => void pages.fetchNextPage(),
    retry: () => void refetch(),
  }
}
