import { useEffect, useState } from 'react'
import { fetchRegions } from './regions'
import type { Regions } from './regions'

/** Null until the table is there. */
export function useRegions(): Regions | null {
  const [regions, setRegions] = useState<Regions | null>(null)
  useEffect(() => {
    let isGone = false
    void fetchRegions().then((found) => {
      if (!isGone) setRegions(found)
    })
    return () => {
      isGone = true
    }
  }, [])
  return regions
}
