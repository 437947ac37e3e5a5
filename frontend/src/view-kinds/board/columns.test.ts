import { expect, test } from 'vitest'
import { fieldOf } from '@/api/objects'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity, stages } from '@/testing/opportunity'
import { cardLines } from '@/registry/card_lines'
import { overdueDays, stalledDays } from './cards'
import { columnQuery, columnsOf, totalsOf, weightShare } from './columns'
import { startOf } from './start'

registerPlainKinds()
const object = opportunity()
const stage = fieldOf(object, 'stage') ?? field('stage', 'choice')
const state = {
  kind: 'board',
  filter: { field: 'amount', op: 'gt', value: 5 },
  sort: ['-amount', 'account.industry'],
  columns: [],
  group_by: 'stage',
  card: object.layout.card,
  sum: 'amount',
  weight: 'probability',
  density: null,
  colors: [],
  q: '',
}

test('a board starts by stage, with the money of the card and its probability', () => {
  expect(startOf(object)).toMatchObject({ group_by: 'stage', sum: 'amount', weight: 'probability', card: object.layout.card })
})

test('an object without a choice has no board', () => {
  expect(startOf(opportunity({ fields: [field('name', 'text')], stage_field: null }))).toBeNull()
})

test('open stages come first, then those that end, and none only when something stands there', () => {
  expect(columnsOf(stage, new Map()).map((column) => column.value)).toEqual(['prospecting', 'engaging', 'won', 'lost'])
  const withNone = columnsOf(stage, new Map([['', { count: 1, sum: 0, weighted: 0 }]]))
  expect(withNone[0]?.value).toBeNull()
})

test('a retired option keeps its column while records stand in it', () => {
  const retired = field('stage', 'choice', { options: { choices: [...stages, { value: 'old', label: {}, retired: true }] } })
  expect(columnsOf(retired, new Map()).some((column) => column.value === 'old')).toBe(false)
  expect(columnsOf(retired, new Map([['old', { count: 2, sum: 0, weighted: 0 }]])).some((column) => column.value === 'old')).toBe(true)
})

test('totals read counts, sums and weights, which the server may send as text', () => {
  const totals = totalsOf({ groups: [{ key: ['engaging'], values: [3, '900.00', '450.00'] }] }, stage, state)
  expect(totals.get('engaging')).toEqual({ count: 3, sum: 900, weighted: 450 })
})

test('without a field of probabilities the stage weighs by its own', () => {
  const totals = totalsOf({ groups: [{ key: ['prospecting'], values: [1, 200] }] }, stage, { sum: 'amount', weight: null })
  expect(totals.get('prospecting')?.weighted).toBe(20)
})

test('the bar shows a share between nothing and all', () => {
  expect(weightShare({ count: 1, sum: 200, weighted: 50 })).toBe(0.25)
  expect(weightShare({ count: 1, sum: 0, weighted: 0 })).toBe(0)
  expect(weightShare({ count: 1, sum: 100, weighted: 300 })).toBe(1)
})

test('a column asks for its records on top of the filter of the view, with all a card and the sort need', () => {
  const query = columnQuery(object, stage, state, 'engaging')
  expect(query.filter).toEqual({ and: [state.filter, { field: 'stage', op: 'eq', value: 'engaging' }] })
  expect(query.fields).toEqual(['name', 'stage', 'account', 'amount', 'probability', 'close_date', 'owner', 'updated_at', 'account.industry'])
  expect(columnQuery(object, stage, { ...state, filter: null }, null).filter).toEqual({ field: 'stage', op: 'is_empty' })
})

test('a card puts the account under the name, figures left, date and owner right', () => {
  const lines = cardLines(object, object.layout.card)
  expect(lines.party?.name).toBe('account')
  expect(lines.figures.map((each) => each.name)).toEqual(['amount', 'probability'])
  expect(lines.dates.map((each) => each.name)).toEqual(['close_date'])
  expect(lines.people.map((each) => each.name)).toEqual(['owner'])
  expect(lines.rest).toEqual([])
})

const now = new Date('2026-11-25T12:00:00')
test('an open record nobody touched for two weeks is stalled; a won one never is', () => {
  const row = { id: 'x', version: 1, updated_at: '2026-11-07T12:00:00' }
  expect(stalledDays(row, 'open', now)).toBe(18)
  expect(stalledDays(row, 'won', now)).toBeNull()
  expect(stalledDays({ ...row, updated_at: '2026-11-20T12:00:00' }, 'open', now)).toBeNull()
})

test('a day that has passed is late while the record is open, today is not', () => {
  expect(overdueDays('2026-11-23', 'open', now)).toBe(2)
  expect(overdueDays('2026-11-25', 'open', now)).toBeNull()
  expect(overdueDays('2026-11-23', 'lost', now)).toBeNull()
})
