/** Once the first page stands, fetches what people open next, so that nothing waits for code. */
import { useEffect } from 'react'
import { fetchCalendar } from '@/ui/inputs/DayBox'
import { fetchBoard } from '@/view-kinds/board'
import { fetchRecord } from './pages'

const settled = 2500

export function usePrefetch(): void {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled([fetchRecord(), fetchCalendar(), fetchBoard()]), settled)
    return () => clearTimeout(timer)
  }, [])
}
