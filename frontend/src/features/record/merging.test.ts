import { expect, test } from 'vitest'
import { registerPlainKinds } from '@/testing/kinds'
import { opportunity } from '@/testing/opportunity'
import { mergeChanges, settle } from './merging'

registerPlainKinds()
const { fields } = opportunity()

test('changes to different fields need no question', () => {
  const merged = mergeChanges(fields, { amount: 1, name: 'A' }, { amount: 2 }, { amount: 1, name: 'B' })
  expect(merged).toEqual({ free: { amount: 2 }, clashes: [] })
})

test('the same field changed to different values is a clash', () => {
  const merged = mergeChanges(fields, { amount: 1 }, { amount: 2 }, { amount: 3 })
  expect(merged.free).toEqual({})
  expect(merged.clashes).toMatchObject([{ field: { name: 'amount' }, mine: 2, theirs: 3 }])
})

test('two who want the same do not clash', () => {
  expect(mergeChanges(fields, { stage: 'prospecting' }, { stage: 'won' }, { stage: 'won' })).toEqual({ free: {}, clashes: [] })
})

test('a link is the same when its id is, whatever its name became', () => {
  const merged = mergeChanges(fields, { account: { id: 'a1', name: '旧' } }, { account: { id: 'a2', name: '乙' } }, { account: { id: 'a1', name: '新' } })
  expect(merged.clashes).toEqual([])
})

test('only what the person keeps of a clash is saved', () => {
  const merged = mergeChanges(fields, { amount: 1, name: 'A', stage: 'won' }, { amount: 2, name: 'B', stage: 'lost' }, { amount: 3, name: 'C', stage: 'won' })
  expect(settle(merged, { amount: true })).toEqual({ stage: 'lost', amount: 2 })
})
