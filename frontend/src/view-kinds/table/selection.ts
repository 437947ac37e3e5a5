/** Which records are chosen for a deed on many: some by name, or all that match the view but a few. */
import { useMemo, useRef, useState } from 'react'
import type { Filter } from '@/api/types'
import { both } from '@/lib/filter'
import { ordinalOf, rowsBetween } from './blocks'
import type { Blocks } from './blocks'
import type { Section } from './sections'

/** What a deed is about. */
export type Target = { kind: 'ids'; ids: readonly string[] } | { kind: 'matching'; filter: Filter | null; q: string }

export interface Selection {
  target: Target
  /** How many; of all that match only known once they have been counted. */
  size: number
  isMatching: boolean
  /** Of the loaded records. */
  shown: ReadonlySet<string>
  share: 'none' | 'some' | 'all'
  toggle: (ids: readonly string[]) => void
  /** With Shift everything from the last clicked record on. */
  click: (id: string, isRange: boolean) => void
  selectLoaded: () => void
  /** Also what has not been loaded, and what comes to match meanwhile. */
  selectMatching: () => void
  toggleLoaded: () => void
  clear: () => void
}

interface Chosen {
  /** The question all matching records answer; null when records are chosen one by one. */
  question: string | null
  /** The chosen ones, or those left out of all matching. */
  ids: ReadonlySet<string>
}

const nothing: Chosen = { question: null, ids: new Set() }

export function useSelection(blocks: Blocks<Section>, { filter, q }: { filter: Filter | null; q: string }, total: number | null): Selection {
  const [kept, setChosen] = useState<Chosen>(nothing)
  const last = useRef<string | null>(null)
  const question = JSON.stringify([filter, q])
  // All that matched an earlier question says nothing about this one.
  const chosen = kept.question === null || kept.question === question ? kept : nothing
  const { ids } = chosen
  const isMatching = chosen.question !== null
  const loaded = (): string[] => rowsBetween(blocks, 0, blocks.rows - 1).map((row) => row.id)
  const shown = useMemo(() => {
    if (!isMatching) return ids
    return new Set(blocks.list.flatMap((block) => block.rows.map((row) => row.id)).filter((id) => !ids.has(id)))
  }, [isMatching, ids, blocks])
  const target = useMemo<Target>(() => {
    if (!isMatching) return { kind: 'ids', ids: [...ids] }
    const rest: Filter | null = ids.size > 0 ? { not: { field: 'id', op: 'in', value: [...ids] } } : null
    return { kind: 'matching', filter: both(filter, rest), q }
  }, [isMatching, ids, filter, q])
  const size = isMatching ? Math.max(0, (total ?? blocks.rows) - ids.size) : ids.size
  const share = size === 0 ? 'none' : (isMatching ? ids.size === 0 : size >= blocks.rows) ? 'all' : 'some'

  function choose(asked: readonly string[], isIn: boolean): void {
    const after = new Set(ids)
    for (const id of asked) {
      if (isIn === isMatching) after.delete(id)
      else after.add(id)
    }
    setChosen({ ...chosen, ids: after })
  }
  const toggle = (asked: readonly string[]): void => choose(asked, asked.some((id) => !shown.has(id)))
  const clear = (): void => setChosen(nothing)
  const selectLoaded = (): void => choose(loaded(), true)
  return {
    target,
    size,
    isMatching,
    shown,
    share,
    toggle,
    click: (id, isRange) => {
      const from = isRange && last.current ? ordinalOf(blocks, last.current) : -1
      const to = ordinalOf(blocks, id)
      last.current = id
      if (from < 0 || to < 0) toggle([id])
      else choose(rowsBetween(blocks, from, to).map((row) => row.id), true)
    },
    selectLoaded,
    selectMatching: () => setChosen({ question, ids: new Set() }),
    toggleLoaded: () => (share === 'all' ? clear() : selectLoaded()),
    clear,
  }
}
