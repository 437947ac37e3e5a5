/** What the keys do while the table has the focus. */
import type { KeyboardEvent } from 'react'
import { rowsBetween } from './blocks'
import type { Blocks } from './blocks'
import type { Section } from './sections'
import type { Selection } from './selection'
import type { Cells } from './use_cells'
import type { Editing } from './use_editing'
import { walk } from './walking'
import type { Cell, Grid } from './walking'

/** Letters that are deeds of the list rather than the beginning of a text. */
const deedLetters = new Set(['j', 'k', 'o', 'f', 'c', 'g', '/', '?'])

export interface Pressing {
  blocks: Blocks<Section>
  grid: Grid
  cells: Cells
  selection: Selection
  editing: Editing
  /** Whether the person has single letters as keys. */
  hasLetters: boolean
  go: (cell: Cell, isExtending?: boolean) => void
  onOpen: (id: string) => void
}

export function press(event: KeyboardEvent<HTMLDivElement>, { blocks, grid, cells, selection, editing, hasLetters, go, onOpen }: Pressing): void {
  if (cells.open || event.target !== event.currentTarget) return
  const ctrl = event.ctrlKey || event.metaKey
  const { key } = event
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
  const handled = (act: () => void): void => {
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const letter = !ctrl && !event.altKey && hasLetters ? key.toLowerCase() : ''
  if (letter === 'j' || letter === 'k') {
    const by = letter === 'j' ? 1 : -1
    return handled(() => go(cells.cell ? { ...cells.cell, row: Math.max(0, Math.min(grid.rows - 1, cells.cell.row + by)) } : { row: 0, column: 0 }))
  }
  const next = walk({ key, ctrl }, cells.cell ?? { row: key === 'ArrowDown' ? -1 : 0, column: 0 }, grid)
  if (next) return handled(() => grid.rows > 0 && go(next, event.shiftKey))
  if (ctrl && key.toLowerCase() === 'a') return handled(selection.selectLoaded)
  if (ctrl && key.toLowerCase() === 'z') return handled(() => void editing.undo())
  if (ctrl && key.toLowerCase() === 'd' && cells.area && cells.area.top !== cells.area.bottom) return handled(() => void editing.fillDown())
  if (key === 'Escape' && (cells.area || selection.size > 0)) return handled(() => stepBack(cells, selection))
  if (!cells.cell || !cells.active || ctrl || event.altKey) return
  const { active, area } = cells
  if (key === 'Enter' || key === 'F2') return handled(() => editing.openCell(false))
  if (key === ' ' && !isComposing) return handled(() => area && selection.toggle(rowsBetween(blocks, area.top, area.bottom).map((row) => row.id)))
  if (key === 'Delete' || key === 'Backspace') return handled(() => void editing.clearCells())
  if (letter === 'o') return handled(() => onOpen(active.id))
  const isText = isComposing || [...key].length === 1
  if (!isText || (!isComposing && letter !== '' && deedLetters.has(letter))) return
  // The sign itself falls into the input that opens now; nothing is swallowed, not even the first key of an input method.
  event.stopPropagation()
  editing.openCell(true)
}

/** First the selected records, then the chosen cells, then the cell itself. */
function stepBack(cells: Cells, selection: Selection): void {
  if (selection.size > 0) selection.clear()
  else if (cells.area && (cells.area.top !== cells.area.bottom || cells.area.left !== cells.area.right)) cells.collapse()
  else cells.leave()
}
