/** Where a key leads in a grid. */

export interface Cell {
  row: number
  column: number
}

export interface Grid {
  rows: number
  columns: number
  /** Rows on one screen. */
  page: number
}

export interface Pressed {
  key: string
  ctrl: boolean
}

function within(value: number, length: number): number {
  return Math.max(0, Math.min(length - 1, value))
}

/** The cell a key leads to; null when the key leads nowhere. */
export function walk({ key, ctrl }: Pressed, from: Cell, grid: Grid): Cell | null {
  const to = (row: number, column: number): Cell => ({ row: within(row, grid.rows), column: within(column, grid.columns) })
  switch (key) {
    case 'ArrowUp':
      return to(ctrl ? 0 : from.row - 1, from.column)
    case 'ArrowDown':
      return to(ctrl ? grid.rows - 1 : from.row + 1, from.column)
    case 'ArrowLeft':
      return to(from.row, ctrl ? 0 : from.column - 1)
    case 'ArrowRight':
      return to(from.row, ctrl ? grid.columns - 1 : from.column + 1)
    case 'Home':
      return to(ctrl ? 0 : from.row, 0)
    case 'End':
      return to(ctrl ? grid.rows - 1 : from.row, grid.columns - 1)
    case 'PageUp':
      return to(from.row - grid.page, from.column)
    case 'PageDown':
      return to(from.row + grid.page, from.column)
    default:
      return null
  }
}

/** Tab goes to the next cell and on to the next row; null at the end of everything. */
export function nextCell(from: Cell, grid: Grid, isBack: boolean): Cell | null {
  const place = from.row * grid.columns + from.column + (isBack ? -1 : 1)
  if (place < 0 || place >= grid.rows * grid.columns) return null
  return { row: Math.floor(place / grid.columns), column: place % grid.columns }
}

export interface Area {
  top: number
  bottom: number
  left: number
  right: number
}

export function areaOf(a: Cell, b: Cell): Area {
  return { top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row), left: Math.min(a.column, b.column), right: Math.max(a.column, b.column) }
}

export function cellsIn(area: Area): number {
  return (area.bottom - area.top + 1) * (area.right - area.left + 1)
}
