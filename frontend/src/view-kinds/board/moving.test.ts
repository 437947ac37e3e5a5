import { expect, test } from 'vitest'
import type { RecordRow } from '@/api/types'
import { amountsOf, comesBefore, placeCard, shiftTotals, takeCard } from './moving'
import type { Pages } from './moving'

const row = (id: string, amount: number | null): RecordRow => ({ id, version: 1, amount })
const pages = (cursor: string | null, ...lists: RecordRow[][]): Pages => ({
  pages: lists.map((records, index) => ({ records, next_cursor: index === lists.length - 1 ? cursor : 'more' })),
  pageParams: lists.map(() => null),
})
const ids = (of: Pages): string[][] => of.pages.map((page) => page.records.map((each) => each.id))

test('a card is taken out of whichever page holds it', () => {
  expect(ids(takeCard(pages(null, [row('a', 1)], [row('b', 2)]), 'b'))).toEqual([['a'], []])
})

test('a card lands where the sort says, across pages', () => {
  const column = pages(null, [row('a', 90), row('b', 80)], [row('c', 70), row('d', 60)])
  expect(ids(placeCard(column, row('x', 75), ['-amount']))).toEqual([['a', 'b'], ['x', 'c', 'd']])
})

test('a card that sorts last stands at the end, unless more is to come', () => {
  expect(ids(placeCard(pages(null, [row('a', 90)]), row('x', 1), ['-amount']))).toEqual([['a', 'x']])
  expect(ids(placeCard(pages('next', [row('a', 90)]), row('x', 1), ['-amount']))).toEqual([['a']])
})

test('without a sort a card lands on top', () => {
  expect(ids(placeCard(pages(null, [row('a', 1)]), row('x', 2), []))).toEqual([['x', 'a']])
})

test('a card lands in an empty column', () => {
  expect(ids(placeCard(pages(null, []), row('x', 2), ['-amount']))).toEqual([['x']])
})

test('empty values sort last in both directions', () => {
  expect(comesBefore(row('x', null), row('a', 1), ['amount'])).toBe(false)
  expect(comesBefore(row('x', null), row('a', 1), ['-amount'])).toBe(false)
  expect(comesBefore(row('x', 1), row('a', null), ['-amount'])).toBe(true)
})

test('links sort by their names, and equal ones by what follows', () => {
  const linked = (name: string, amount: number): RecordRow => ({ ...row(name, amount), account: { id: name, name } })
  expect(comesBefore(linked('甲', 1), linked('甲', 2), ['account', 'amount'])).toBe(true)
  expect(comesBefore(linked('b', 1), linked('a', 2), ['account'])).toBe(false)
})

test('totals move with the card, and a column nobody stood in appears', () => {
  const before = { groups: [{ key: ['a'], values: [2, 300, 150] }] }
  const after = shiftTotals(before, 'a', 'b', amountsOf({ ...row('x', 100), probability: 50 }, 'amount', 'probability'))
  expect(after.groups).toEqual([
    { key: ['a'], values: [1, 200, 100] },
    { key: ['b'], values: [1, 100, 50] },
  ])
})

test('a card moved there and back leaves the totals as they were', () => {
  const before = { groups: [{ key: ['a'], values: [2, '300.50'] }, { key: [null], values: [1, 7] }] }
  const amounts = amountsOf(row('x', 100), 'amount', null)
  const back = shiftTotals(shiftTotals(before, 'a', null, amounts), null, 'a', amounts)
  expect(back.groups).toEqual([
    { key: ['a'], values: [2, 300.5] },
    { key: [null], values: [1, 7] },
  ])
})
