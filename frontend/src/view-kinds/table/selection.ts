/** Which records are chosen for a deed on many. */
import { useRef, useState } from 'react'
import { ordinalOf, rowsBetween } from './blocks'
import type { Blocks } from './blocks'
import type { Section } from './sections'

export interface Selection {
  ids: ReadonlySet<string>
  share: 'none' | 'some' | 'all'
  toggle: (ids: readonly string[]) => void
  /** With Shift everything from the last clicked record on. */
  click: (id: string, isRange: boolean) => void
  set: (ids: readonly string[]) => void
  selectLoaded: () => void
  toggleLoaded: () => void
  clear: () => void
}

export function useSelection(blocks: Blocks<Section>): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | null>(null)
  const loaded = (): string[] => rowsBetween(blocks, 0, blocks.rows - 1).map((row) => row.id)
  const selectLoaded = (): void => setIds(new Set([...ids, ...loaded()]))
  const share = ids.size === 0 ? 'none' : ids.size >= blocks.rows ? 'all' : 'some'

  function toggle(asked: readonly string[]): void {
    const isAdding = asked.some((id) => !ids.has(id))
    const after = new Set(ids)
    for (const id of asked) {
      if (isAdding) after.add(id)
      else after.delete(id)
    }
    setIds(after)
  }
  return {
    ids,
    share,
    toggle,
    click: (id, isRange) => {
      const from = isRange && last.current ? ordinalOf(blocks, last.current) : -1
      const to = ordinalOf(blocks, id)
      last.current = id
      if (from < 0 || to < 0) toggle([id])
      else setIds(new Set([...ids, ...rowsBetween(blocks, from, to).map((row) => row.id)]))
    },
    set: (next) => setIds(new Set(next)),
    selectLoaded,
    toggleLoaded: () => (share === 'all' ? setIds(new Set()) : selectLoaded()),
    clear: () => setIds(new Set()),
  }
}
