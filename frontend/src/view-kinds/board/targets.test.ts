import { expect, test } from 'vitest'
import { landing, nextTarget } from './targets'
import type { Target } from './targets'

const column = (id: string, left: number): Target => ({ id, rect: { left, top: 100, width: 240, height: 600 }, isPlace: false })
const place = (id: string, left: number): Target => ({ id, rect: { left, top: 700, width: 120, height: 44 }, isPlace: true })
// In no order on purpose: dnd-kit lists droppables as they were mounted.
const targets = [column('c', 480), place('won', 250), column('a', 0), column('b', 240), place('lost', 380)]
const step = (over: string | null, arrow: string) => nextTarget(targets, over, arrow)?.id ?? null

test('arrows walk from column to column and stop at the ends', () => {
  expect(step('a', 'ArrowRight')).toBe('b')
  expect(step('b', 'ArrowRight')).toBe('c')
  expect(step('c', 'ArrowRight')).toBeNull()
  expect(step('a', 'ArrowLeft')).toBeNull()
})

test('down goes to the nearest drop place, up back to the nearest column', () => {
  expect(step('b', 'ArrowDown')).toBe('won')
  expect(step('c', 'ArrowDown')).toBe('lost')
  expect(step('won', 'ArrowRight')).toBe('lost')
  expect(step('lost', 'ArrowUp')).toBe('b')
  expect(step('won', 'ArrowDown')).toBeNull()
  expect(step('a', 'ArrowUp')).toBeNull()
})

test('over nothing, any arrow finds the first column', () => {
  expect(step(null, 'ArrowRight')).toBe('a')
})

test('a card lands just above a drop place and near the head of a column', () => {
  expect(landing(place('won', 250), { width: 100, height: 100 })).toEqual({ x: 260, y: 614 })
  expect(landing(column('a', 0), { width: 200, height: 100 })).toEqual({ x: 20, y: 196 })
})
