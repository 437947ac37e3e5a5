/** Which totals the person chose for the columns of an object; kept in this browser. */
import { useState } from 'react'
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
  return [
    chosen,
    (path, op) => {
      const next = { ...chosen, [path]: op }
      setChosen(next)
      localStorage.setItem(storageKey(object), JSON.stringify(next))
    },
  ]
}
