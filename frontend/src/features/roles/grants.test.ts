import { expect, test } from 'vitest'
import type { Grant } from '@/api/types'
import { opportunity } from '@/testing/opportunity'
import { changedObjects, fieldAccess, grantsOf, limitedFields, newGrant, replaceGrant, withAction, withDefaultAccess, withFieldAccess } from './grants'

const own: Grant = { object: 'crm_opportunity', actions: ['see', 'edit'], rows: { scope: 'own' }, fields: { default: 'write', except: { amount: 'read' } } }
const elsewhere: Grant = newGrant('hidden_object', 'all')

test('whoever may edit may see, and without seeing nothing is left but creating', () => {
  const blind = withAction(withAction(own, 'create', true), 'see', false)
  expect(blind.actions).toEqual(['create'])
  expect(withAction(blind, 'export', true).actions).toEqual(['see', 'create', 'export'])
})

test('an exception that says the same as the rule is dropped', () => {
  expect(withFieldAccess(own, 'amount', 'write').fields.except).toEqual({})
  expect(withFieldAccess(own, 'stage', 'none').fields.except).toEqual({ amount: 'read', stage: 'none' })
})

test('a new rule for later fields leaves the fields of today as they are', () => {
  const closed = withDefaultAccess(own, 'none', ['name', 'amount', 'stage'])
  expect(['name', 'amount', 'stage'].map((field) => fieldAccess(closed, field))).toEqual(['write', 'read', 'write'])
  expect(fieldAccess(closed, 'added_later')).toBe('none')
})

test('read-only counts as a limit only where records may be written', () => {
  expect(limitedFields(own, opportunity())).toBe(1)
  expect(limitedFields({ ...own, actions: ['see'] }, opportunity())).toBe(0)
  expect(limitedFields(withFieldAccess({ ...own, actions: ['see'] }, 'email', 'none'), opportunity())).toBe(1)
})

test('grants on data the reader cannot see are kept', () => {
  const grants = [elsewhere, own]
  const changed = replaceGrant(grants, 1, withAction(own, 'delete', true))
  expect(changed[0]).toBe(elsewhere)
  expect([...changedObjects(grants, changed)]).toEqual(['crm_opportunity'])
  expect(grantsOf(grants, 'crm_opportunity')).toEqual([{ index: 1, grant: own }])
})
