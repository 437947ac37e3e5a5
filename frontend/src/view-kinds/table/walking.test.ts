import { describe, expect, it } from 'vitest'
import { areaOf, cellsIn, nextCell, walk } from './walking'

const grid = { rows: 100, columns: 5, page: 20 }
const from = { row: 10, column: 2 }

describe('walking through cells', () => {
  it.each([
    ['ArrowUp', false, { row: 9, column: 2 }],
    ['ArrowDown', false, { row: 11, column: 2 }],
    ['ArrowLeft', false, { row: 10, column: 1 }],
    ['ArrowRight', false, { row: 10, column: 3 }],
    ['ArrowDown', true, { row: 99, column: 2 }],
    ['ArrowRight', true, { row: 10, column: 4 }],
    ['Home', false, { row: 10, column: 0 }],
    ['End', true, { row: 99, column: 4 }],
    ['PageDown', false, { row: 30, column: 2 }],
    ['PageUp', false, { row: 0, column: 2 }],
  ])('%s with Ctrl %s leads on', (key, ctrl, to) => {
    expect(walk({ key, ctrl }, from, grid)).toEqual(to)
  })
  it('stops at the edges', () => {
    expect(walk({ key: 'ArrowUp', ctrl: false }, { row: 0, column: 0 }, grid)).toEqual({ row: 0, column: 0 })
    expect(walk({ key: 'ArrowDown', ctrl: false }, { row: 99, column: 0 }, grid)).toEqual({ row: 99, column: 0 })
  })
  it('leaves other keys alone', () => {
    expect(walk({ key: 'x', ctrl: false }, from, grid)).toBeNull()
  })
  it('goes on to the next row by Tab, and back', () => {
    expect(nextCell({ row: 3, column: 4 }, grid, false)).toEqual({ row: 4, column: 0 })
    expect(nextCell({ row: 4, column: 0 }, grid, true)).toEqual({ row: 3, column: 4 })
    expect(nextCell({ row: 99, column: 4 }, grid, false)).toBeNull()
  })
  it('chooses the cells between two corners', () => {
    const area = areaOf({ row: 5, column: 3 }, { row: 2, column: 1 })
    expect(area).toEqual({ top: 2, bottom: 5, left: 1, right: 3 })
    expect(cellsIn(area)).toBe(12)
  })
})
