/** Reads the rows of one group, page after page, and hands them to the table. It shows nothing itself. */
import { memo, useEffect, useMemo, useRef } from 'react'
import { useRecordPages } from '@/api/records'
import type { RecordQuery, RecordRow } from '@/api/types'
import { settle } from './steady'
import type { Steady } from './steady'

export interface Loaded {
  rows: readonly RecordRow[]
  /** Rows that came meanwhile and wait to be shown. */
  waiting: number
  isPending: boolean
  isRefreshing: boolean
  isFetchingMore: boolean
  hasMore: boolean
  error: unknown
  updatedAt: number
  fetchMore: () => void
  retry: () => void
}

export interface SectionLoaderProps {
  object: string
  sectionKey: string
  query: RecordQuery
  /** Grows when the person asks for what came meanwhile. */
  turn: number
  wanted: string | null
  onLoaded: (key: string, loaded: Loaded | null) => void
}

export const SectionLoader = memo(function SectionLoader({ object, sectionKey, query, turn, wanted, onLoaded }: SectionLoaderProps) {
  const pages = useRecordPages(object, query)
  const { data, isPending, isFetching, isFetchingNextPage, isPlaceholderData, hasNextPage, error, dataUpdatedAt, fetchNextPage, refetch } = pages
  const steady = useRef<Steady | null>(null)
  const key = `${turn} ${JSON.stringify(query)}`
  const settled = useMemo(() => {
    const fresh = data?.pages.flatMap((page) => page.records) ?? []
    // Rows of another question are only shown until those of this one are there.
    if (isPlaceholderData) return { rows: fresh, waiting: 0 }
    steady.current = settle(steady.current, key, fresh, wanted)
    return steady.current
  }, [data, isPlaceholderData, key, wanted])

  useEffect(() => {
    onLoaded(sectionKey, {
      rows: settled.rows,
      waiting: settled.waiting,
      isPending,
      isRefreshing: isFetching && !isFetchingNextPage && isPlaceholderData,
      isFetchingMore: isFetchingNextPage,
      hasMore: hasNextPage,
      error,
      updatedAt: dataUpdatedAt,
      fetchMore: () => void fetchNextPage(),
      retry: () => void refetch(),
    })
  }, [onLoaded, sectionKey, settled, isPending, isFetching, isFetchingNextPage, isPlaceholderData, hasNextPage, error, dataUpdatedAt, fetchNextPage, refetch])
  useEffect(() => () => onLoaded(sectionKey, null), [onLoaded, sectionKey])
  return null
})
