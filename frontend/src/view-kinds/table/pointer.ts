/** What the mouse does in the table: a press chooses a cell, pulling chooses several, a click opens, selects or turns over. */
import type { MouseEvent, RefObject } from 'react'
import { kindOf } from '@/registry/registry'
import type { Column } from './columns'
import type { Selection } from './selection'
import type { Cells } from './use_cells'
import type { Editing } from './use_editing'

export interface Pointing {
  columns: readonly Column[]
  cells: Cells
  selection: Selection
  editing: Editing
  scroll: RefObject<HTMLDivElement | null>
  onOpen: (id: string) => void
}

export function pointerOf({ columns, cells, selection, editing, scroll, onOpen }: Pointing) {
  function cellUnder(target: EventTarget): { id: string; path: string; column: Column } | null {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
    const id = element?.closest<HTMLElement>('[data-row]')?.dataset['row']
    const column = columns[Number(element?.dataset['column'])]
    return id && column ? { id, path: column.path, column } : null
  }
  return {
    onMouseDown: (event: MouseEvent): void => {
      if (event.button !== 0 || !(event.target instanceof Element)) return
      if (event.target.closest('button, [data-select], a')) return
      const cell = cellUnder(event.target)
      if (!cell) return
      event.preventDefault()
      scroll.current?.focus({ preventScroll: true })
      cells.goTo({ id: cell.id, path: cell.path }, event.shiftKey)
    },
    onMouseOver: (event: MouseEvent): void => {
      if (event.buttons !== 1 || !cells.active || cells.open) return
      const cell = cellUnder(event.target)
      if (cell && (cell.id !== cells.active.id || cell.path !== cells.active.path)) cells.goTo({ id: cell.id, path: cell.path }, true)
    },
    onClick: (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return
      const id = event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
      if (!id) return
      if (event.target.closest('[data-select]')) selection.click(id, event.shiftKey)
      else if (event.target.closest('[data-open]')) onOpen(id)
      else {
        const column = cellUnder(event.target)?.column
        if (column?.mayWrite && kindOf(column.field).togglesInPlace && event.target.closest('svg')) editing.openCell(false)
      }
    },
    onDoubleClick: (event: MouseEvent): void => {
      if (event.target instanceof Element && !event.target.closest('button, [data-select]') && cellUnder(event.target)) editing.openCell(false)
    },
  }
}
