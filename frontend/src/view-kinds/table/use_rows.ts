/** The rows of all groups as one long list, loaded as far as somebody has looked. */
import { useCallback, useMemo, useState } from 'react'
import type { RecordQuery } from '@/api/types'
import { pageSize } from '@/api/records'
import { testsOf } from '@/registry/coloring'
import type { ViewState } from '@/registry/view_kind'
import { blocksOf } from './blocks'
import type { Blocks } from './blocks'
import type { Column } from './columns'
import type { Loaded } from './SectionLoader'
import type { Section, Sections } from './sections'

/** Places that are held for rows under way. */
const heldPlaces = 12

export interface Loader {
  key: string
  query: RecordQuery
}

export interface Rows {
  blocks: Blocks<Section>
  loaded: ReadonlyMap<string, Loaded>
  loaders: readonly Loader[]
  onLoaded: (key: string, loaded: Loaded | null) => void
  /** Something that waits for its rows has come into sight. */
  want: (section: Section) => void
  collapsed: ReadonlySet<string>
  toggle: (key: string) => void
  waiting: number
  turn: number
  showWaiting: () => void
}

export function useRows(state: ViewState, sections: Sections, columns: readonly Column[], more: readonly string[]): Rows {
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Loaded>>(new Map())
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set())
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [turn, setTurn] = useState(0)
  const { list, groupField, count } = sections
  const isGrouped = groupField !== null

  const onLoaded = useCallback((key: string, next: Loaded | null) => {
    setLoaded((before) => {
      const after = new Map(before)
      if (next) after.set(key, next)
      else after.delete(key)
      return after
    })
  }, [])
  const fields = useMemo(() => [...new Set(['name', ...columns.map((column) => column.path), ...more, ...(groupField ? [groupField.name] : [])])], [columns, more, groupField])
  const loaders = useMemo<Loader[]>(() => {
    const asked = isGrouped ? list.filter((section, index) => index === 0 || wanted.has(section.key)) : list
    return asked.map(({ key, filter }) => ({
      key,
      query: { fields, limit: pageSize, ...(filter ? { filter } : {}), ...(state.sort.length > 0 ? { sort: state.sort } : {}), ...(state.q ? { q: state.q } : {}), ...testsOf(state.colors) },
    }))
  }, [isGrouped, list, wanted, fields, state.sort, state.q, state.colors])

  const blocks = useMemo(() => {
    let before = 0
    return blocksOf(
      list.map((section) => {
        const known = loaded.get(section.key)
        const rows = known?.rows ?? []
        const total = section.count ?? (isGrouped ? null : count) ?? rows.length + (known?.hasMore ? heldPlaces : 0)
        const isMore = !known || known.isPending || known.hasMore
        const source = {
          section,
          hasHead: isGrouped,
          isCollapsed: collapsed.has(section.key),
          rows,
          missing: isMore ? Math.max(1, Math.min(heldPlaces, total - rows.length)) : 0,
          before,
        }
        before += section.count ?? rows.length
        return source
      }),
    )
  }, [list, loaded, collapsed, isGrouped, count])

  return {
    blocks,
    loaded,
    loaders,
    onLoaded,
    want: (section) => {
      const known = loaded.get(section.key)
      if (known) {
        if (known.hasMore && !known.isFetchingMore && known.error === null) known.fetchMore()
      } else if (!wanted.has(section.key)) setWanted((before) => new Set(before).add(section.key))
    },
    collapsed,
    toggle: (key) =>
      setCollapsed((before) => {
        const after = new Set(before)
        if (!after.delete(key)) after.add(key)
        return after
      }),
    waiting: [...loaded.values()].reduce((sum, each) => sum + each.waiting, 0),
    turn,
    showWaiting: () => setTurn((before) => before + 1),
  }
}
