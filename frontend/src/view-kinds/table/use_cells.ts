/** Which cell has the focus, which ones are chosen with it, and which one is open. */
import { useState } from 'react'
import type { RecordRow } from '@/api/types'
import { ordinalOf, rowAt } from './blocks'
import type { Blocks } from './blocks'
import type { Column } from './columns'
import type { Section } from './sections'
import { areaOf } from './walking'
import type { Area, Cell } from './walking'

/** A cell by what it shows, so that it stays the same one when rows come and go. */
export interface CellName {
  id: string
  path: string
}

export interface OpenCell extends CellName {
  isTyped: boolean
  /** What the editor begins with. */
  start: unknown
  problem: string | null
  /** What somebody else has just put there; Esc takes it. */
  theirs?: boolean
}

export interface Cells {
  active: CellName | null
  cell: Cell | null
  area: Area | null
  open: OpenCell | null
  setOpen: (open: OpenCell | null) => void
  /** Moves the focus; `extends` keeps the other end of the chosen cells. */
  go: (cell: Cell, isExtending?: boolean) => void
  goTo: (name: CellName, isExtending?: boolean) => void
  leave: () => void
  collapse: () => void
  rowOf: (id: string) => RecordRow | undefined
}

export function useCells(blocks: Blocks<Section>, columns: readonly Column[]): Cells {
  const [active, setActive] = useState<CellName | null>(null)
  const [anchor, setAnchor] = useState<CellName | null>(null)
  const [open, setOpen] = useState<OpenCell | null>(null)

  const cellOf = (name: CellName | null): Cell | null => {
    if (!name) return null
    const row = ordinalOf(blocks, name.id)
    const column = columns.findIndex((each) => each.path === name.path)
    return row < 0 || column < 0 ? null : { row, column }
  }
  const cell = cellOf(active)
  const other = anchor && active && (anchor.id !== active.id || anchor.path !== active.path) ? cellOf(anchor) : cell

  function goTo(name: CellName, isExtending = false): void {
    setActive(name)
    if (!isExtending) setAnchor(name)
  }
  return {
    active,
    cell,
    area: cell && other ? areaOf(cell, other) : null,
    open,
    setOpen,
    goTo,
    go: (next, isExtending) => {
      const row = rowAt(blocks, next.row)
      const column = columns[next.column]
      if (row && column) goTo({ id: row.id, path: column.path }, isExtending)
    },
    leave: () => {
      setActive(null)
      setAnchor(null)
    },
    collapse: () => setAnchor(active),
    rowOf: (id) => {
      const row = ordinalOf(blocks, id)
      return row < 0 ? undefined : rowAt(blocks, row)
    },
  }
}
