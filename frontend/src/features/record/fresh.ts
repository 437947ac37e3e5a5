/** Marks for a moment what somebody else has just changed in the record on the screen. */
import { useEffect, useRef, useState } from 'react'
import type { FullRecord, Reference } from '@/api/types'
import { sameJson } from '@/lib/equal'

const noticed = 4000
const bookkeeping = new Set(['version', 'updated_at', 'updated_by', '_rights'])

export function changedNames(before: FullRecord, after: FullRecord): string[] {
  return Object.keys(after).filter((name) => !bookkeeping.has(name) && !sameJson(before[name], after[name]))
}

export function useFreshFields(record: FullRecord, myId: string | undefined): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const seen = useRef(record)
  useEffect(() => {
    const before = seen.current
    seen.current = record
    const by = (record['updated_by'] as Reference | null | undefined)?.id
    if (before.id !== record.id || record.version <= before.version || by === myId) return undefined
    setFresh(new Set(changedNames(before, record)))
    const timer = setTimeout(() => setFresh(new Set()), noticed)
    return () => clearTimeout(timer)
  }, [record, myId])
  return fresh
}
