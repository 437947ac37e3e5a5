/** Which totals the person chose for the columns of an object; kept in this browser. */
import { useCallback, useState } from 'react'
import type { AggregateOp } from '@/api/types'

type Chosen = Record<string, AggregateOp | 'none'>

const storageKey = (object: string): string => `guanxi.totals.${object}`

function read(object: string): Chosen {
  try {
    return (JSON.parse(localStorage.getItem(storageKey(object)) ?? '{}') as Chosen | null) ?? {}
  } catch {
    return {}
  }
}

export function useOwnTotals(object: string): [Chosen, (path: string, op: AggregateOp | 'none') => void] {
  const [chosen, setChosen] = useState(() => read(object))
  const choose = useCallback(
    (path: string, op: AggregateOp | 'none') =>
      setChosen((before) => {
        const next = { ...before, [path]: op }
        localStorage.setItem(storageKey(object), JSON.stringify(next))
        return next
      }),
    [object],
  )
  return [chosen, choose]
}
