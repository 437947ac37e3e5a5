import { describe, expect, it } from 'vitest'
import type { View } from '@/api/types'
import { registerViewKinds } from '@/registry/registry'
import { registerPlainKinds } from '@/testing/kinds'
import { opportunity } from '@/testing/opportunity'
import { board } from '@/view-kinds/board'
import { table } from '@/view-kinds/table'
import { baseState, configOf, isChanged, readChanges, withoutChanges, writeChanges } from './url_state'

registerPlainKinds()
registerViewKinds([table, board])

const object = opportunity()
const view = {
  id: 'v1', object: object.name, name: '进行中', kind: 'table', shared: true, position: 0, is_default: true, owner: null, may_edit: true, version: 1,
  config: { filter: { field: 'stage', op: 'kind_in', value: ['open'] }, sort: ['close_date'], columns: [{ field: 'name', width: 280 }, { field: 'amount' }] },
} satisfies View
const base = baseState(object, view)

describe('the address of a list', () => {
  it('begins with what the view says', () => {
    expect(base).toMatchObject({ kind: 'table', sort: ['close_date'], columns: view.config.columns, filter: view.config.filter })
  })
  it('shows what the object puts forward where there is no view', () => {
    expect(baseState(object, null).columns.map((column) => column.field).slice(0, 3)).toEqual(['name', 'account', 'amount'])
  })
  it('shows fields that stand in no group', () => {
    const bare = { ...object, layout: { ...object.layout, card: [], highlights: [], groups: [] } }
    expect(baseState(bare, null).columns.map((column) => column.field)).toContain('amount')
  })
  it('groups a board by stage although the view does not say so', () => {
    expect(baseState(object, view, 'board')).toMatchObject({ kind: 'board', group_by: 'stage', sort: ['close_date'] })
  })
  it('brings every change back as it was', () => {
    const changes = {
      filter: { and: [{ field: 'amount', op: 'gte', value: 5 }, { or: [{ field: 'name', op: 'contains', value: 'a,b:c' }] }] },
      sort: ['-amount', 'name'],
      columns: [{ field: 'name' }, { field: 'account.industry', width: 120 }],
      group_by: 'stage',
      density: 'compact' as const,
      q: '澜科',
    }
    const address = writeChanges(new URLSearchParams(), base, changes)
    expect(readChanges(new URLSearchParams(address.toString()))).toEqual(changes)
  })
  it('says so when a filter or a group is taken away', () => {
    const grouped = baseState(object, { ...view, config: { ...view.config, group_by: 'stage' } })
    const address = writeChanges(new URLSearchParams(), grouped, { filter: null, group_by: null })
    expect(readChanges(address)).toEqual({ filter: null, group_by: null })
  })
  it('forgets a change that leads back to the view', () => {
    const changed = writeChanges(new URLSearchParams('view=v1&record=r1'), base, { sort: ['-amount'] })
    expect(changed.get('sort')).toBe('-amount')
    expect(writeChanges(changed, base, { sort: ['close_date'] }).toString()).toBe('view=v1&record=r1')
  })
  it('leaves out what makes no sense', () => {
    expect(readChanges(new URLSearchParams('filter=%7Bnonsense&density=huge&kind=nothing'))).toEqual({})
  })
  it('counts finding as no change of the view', () => {
    expect(isChanged({ q: 'x' })).toBe(false)
    expect(isChanged({ q: 'x', sort: [] })).toBe(true)
  })
  it('resets to the view and keeps the record and what is looked for', () => {
    expect(withoutChanges(new URLSearchParams('view=v1&record=r1&sort=name&q=x'), true).toString()).toBe('view=v1&record=r1&q=x')
  })
  it('saves everything but the words one looked for', () => {
    expect(configOf({ ...base, q: 'x' })).not.toHaveProperty('q')
    expect(configOf(base)).not.toHaveProperty('kind')
  })
})
