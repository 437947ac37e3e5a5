/** Once the first page stands, fetches what people open next, so that nothing waits for code. */
import { useEffect } from 'react'
import { fetchConditions } from '@/features/list/FilterTool'
import { fetchDialog } from '@/ui/Dialog'
import { fetchSheet } from '@/ui/Sheet'
import { fetchCalendar } from '@/ui/inputs/DayBox'
import { fetchBoard } from '@/view-kinds/board'
import { fetchSelectionBar } from '@/view-kinds/table/GridTable'
import { fetchRecord } from './pages'

const settled = 1500
const soon = [fetchRecord, fetchConditions, fetchDialog, fetchSheet, fetchCalendar, fetchBoard, fetchSelectionBar]

export function usePrefetch(): void {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled(soon.map((fetchPart) => fetchPart())), settled)
    return () => clearTimeout(timer)
  }, [])
}
