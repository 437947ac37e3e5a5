import { describe, expect, it } from 'vitest'
import '@/app/kinds'
import { Problem } from '@/api/problem'
import type { Field, RecordRow } from '@/api/types'
import { linesToWire, noLines } from '@/lib/lines'
import { lineProblems, linesOf, settled, sumsOf, withCells, withMoved, withNew, withoutLines } from './lines'

const number = { name: 'quantity', type: 'number', options: {} } as unknown as Field
const money = { name: 'price', type: 'money', options: {} } as unknown as Field
const link = { name: 'product', type: 'link', options: { target: 'x' } } as unknown as Field
const fields = [number, money, link]
const saved: RecordRow[] = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, version: index + 1, quantity: index, price: 0.1 }))

function moved(...steps: [string, number][]) {
  return steps.reduce((draft, [key, to]) => withMoved(draft, linesOf(saved, draft), key, to), noLines)
}

describe('lines that are not saved yet', () => {
  it('send only what was changed, as it is sent', () => {
    const draft = withCells(noLines, linesOf(saved, noLines), [
      { key: 'a', field: number, value: 7 },
      { key: 'b', field: link, value: { id: 'p', name: 'Drill' } },
      { key: 'c', field: number, value: 9 },
    ])
    const back = withCells(draft, linesOf(saved, draft), [{ key: 'c', field: number, value: 2 }])
    expect(linesToWire(back)).toEqual({
      changed: [
        { id: 'a', version: 1, quantity: 7 },
        { id: 'b', version: 2, product: 'p' },
      ],
    })
    expect(linesOf(saved, back)[1]?.values['product']).toEqual({ id: 'p', name: 'Drill' })
  })
  it('that come to what was saved are no change', () => {
    const draft = withCells(noLines, linesOf(saved, noLines), [{ key: 'a', field: number, value: 7 }])
    expect(settled(withCells(draft, linesOf(saved, draft), [{ key: 'a', field: number, value: 0 }]), 4)).toBe(4)
    const { draft: added, keys } = withNew(noLines, linesOf(saved, noLines), fields, [{}])
    expect(settled(withoutLines(added, keys), 4)).toBe(4)
  })
  it('come last, or behind a line, and say so only then', () => {
    const last = withNew(noLines, linesOf(saved, noLines), fields, [{ quantity: 1 }, { quantity: 2 }]).draft
    expect(linesToWire(last)).toEqual({ created: [{ quantity: 1 }, { quantity: 2 }] })
    const { draft } = withNew(last, linesOf(saved, last), fields, [{ quantity: 3 }], 'b')
    expect(linesOf(saved, draft).map(({ values }) => values['quantity'])).toEqual([0, 1, 3, 2, 3, 1, 2])
    expect(linesToWire(draft)['moved']).toEqual([
      { id: 2, _after: 'b' },
      { id: 0, _after: 'd' },
      { id: 1, _after: 0 },
    ])
  })
  it('move with as few others as can be', () => {
    expect(linesToWire(moved(['d', 0]))).toEqual({ moved: [{ id: 'd', _after: null }] })
    expect(linesToWire(moved(['a', 3]))).toEqual({ moved: [{ id: 'a', _after: 'd' }] })
    expect(linesToWire(moved(['a', 3], ['a', 0]))).toEqual({})
    const turned = moved(['d', 0], ['c', 1], ['b', 2])
    expect(linesOf(saved, turned).map(({ key }) => key)).toEqual(['d', 'c', 'b', 'a'])
    expect((linesToWire(turned)['moved'] as unknown[]).length).toBe(3)
  })
  it('add up to the cent', () => {
    const rows = linesOf(saved, noLines).map(({ values }) => values)
    expect(sumsOf(fields, rows).get('price')).toBe(0.4)
  })
  it('are found by the pointers of what was refused', () => {
    const { draft, keys } = withNew(withCells(noLines, linesOf(saved, noLines), [{ key: 'c', field: number, value: 9 }]), linesOf(saved, noLines), fields, [{}, {}])
    const errors = [
      { pointer: '/lines/created/1/quantity', code: 'required', message: 'one', field: 'lines' },
      { pointer: '/lines/changed/0', code: 'version_conflict', message: 'two', field: 'lines' },
      { pointer: '/name', code: 'required', message: 'three', field: 'name' },
    ]
    const problem = new Problem({ type: '', code: 'invalid_values', status: 422, title: '', errors })
    expect(lineProblems(problem, 'lines', draft)).toEqual([
      { key: keys[1], column: 'quantity', message: 'one' },
      { key: 'c', column: null, message: 'two' },
    ])
  })
})
