import { expect, test } from 'vitest'
import { account, crm } from '@/testing/app'
import { opportunity } from '@/testing/opportunity'
import { currentApp, managePlaces, objectGroups } from './places'
import { favouriteAddress } from './Favourites'

const rights = { design: false, manage_people: false, manage_roles: false, import: false }

test('objects stand in the order of the application, without those one may not see', () => {
  const hidden = opportunity({ rights: { ...opportunity().rights, see: false } })
  expect(objectGroups(crm, [opportunity(), account]).map((group) => group.objects.map((object) => object.name))).toEqual([['crm_account', 'crm_opportunity']])
  expect(objectGroups(crm, [account, hidden])[0]?.objects).toEqual([account])
  expect(objectGroups(crm, [hidden])).toEqual([])
})

test('without an application all data stands in one group', () => {
  expect(objectGroups(undefined, [account])).toEqual([{ label: null, objects: [account] }])
})

test('pages that care for the workspace show to those who have the right', () => {
  const person = { is_administrator: false }
  expect(managePlaces({ rights, person })).toEqual([])
  expect(managePlaces({ rights, person: { is_administrator: true } }).map((place) => place.name)).toEqual(['workspace'])
  expect(managePlaces({ rights: { ...rights, manage_people: true }, person }).map((place) => place.name)).toEqual(['people', 'departments'])
})

test('the application of the open object wins over the one chosen last', () => {
  const other = { ...crm, name: 'service' }
  expect(currentApp([other, crm], account, 'service')).toBe(crm)
  expect(currentApp([crm, other], undefined, 'service')).toBe(other)
  expect(currentApp([crm, other], undefined, null)).toBe(crm)
})

test('a favourite leads to its list, its view or its record', () => {
  expect(favouriteAddress({ kind: 'object', object: 'crm_account', name: '客户' })).toBe('/o/crm_account')
  expect(favouriteAddress({ kind: 'view', object: 'crm_account', id: 'v1', name: '我的' })).toBe('/o/crm_account?view=v1')
  expect(favouriteAddress({ kind: 'record', object: 'crm_account', id: 'r1', name: '澜科' })).toBe('/o/crm_account/r1')
})
