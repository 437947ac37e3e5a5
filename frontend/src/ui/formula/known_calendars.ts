/** The names of the workspace's calendars, for whoever reads a formula while it is written. */
import { useEffect } from 'react'
import { useWorkCalendars } from '@/api/calendars'

let names: readonly string[] | null = null

/** Null until they were fetched: then no name is wrong. */
export function knownCalendars(): readonly string[] | null {
  return names
}

/** Fetches them once a formula asks for any. */
export function useKnownCalendars(text: string): void {
  const { data } = useWorkCalendars(/work|工作/i.test(text))
  useEffect(() => {
    if (data) names = data.map((one) => one.name)
  }, [data])
}
