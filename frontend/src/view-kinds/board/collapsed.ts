/** Which columns are folded, kept in this browser; at first those that end a record. */
import { useState } from 'react'
import { columnKey, isClosing } from './columns'
import type { BoardColumn } from './columns'

function read(key: string): Record<string, boolean> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, boolean>) : {}
  } catch {
    // Written by something else; columns begin as they are by default.
    return {}
  }
}

export interface Collapsed {
  isCollapsed: (column: BoardColumn) => boolean
  set: (column: BoardColumn, isCollapsed: boolean) => void
}

export function useCollapsed(object: string, field: string): Collapsed {
  const key = `guanxi.board.${object}.${field}`
  const [state, setState] = useState(() => ({ key, kept: read(key) }))
  const kept = state.key === key ? state.kept : read(key)
  return {
    isCollapsed: (column) => kept[columnKey(column.value)] ?? isClosing(column),
    set: (column, isCollapsed) => {
      const next = { ...kept, [columnKey(column.value)]: isCollapsed }
      localStorage.setItem(key, JSON.stringify(next))
      setState({ key, kept: next })
    },
  }
}
