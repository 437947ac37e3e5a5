import { describe, expect, it } from 'vitest'
import type { DesignedField, DesignedObject } from '@/api/design_types'
import { fieldGroups, placed, retiredFields, withDraft } from './draft_view'
import { dropPlace, neighbours } from './moving'

function field(name: string, more: Partial<DesignedField> = {}): DesignedField {
  return {
    name,
    label: { en: name },
    type: 'text',
    options: {},
    required: false,
    unique: false,
    indexed: false,
    system: false,
    help: null,
    default: null,
    access: 'write',
    operators: [],
    aggregates: [],
    sortable: true,
    groupable: false,
    searchable: true,
    retired_at: null,
    used_by: [],
    ...more,
  }
}

const account: DesignedObject = {
  name: 'account',
  label: { en: 'Account' },
  plural_label: { en: 'Accounts' },
  icon: 'building',
  color: 'teal',
  app: 'crm',
  description: null,
  fields: [field('name', { system: true }), field('city'), field('fax'), field('old', { retired_at: '2026-11-01T00:00:00Z' }), field('owner', { system: true })],
  layout: {
    groups: [
      { label: { en: 'Basics' }, fields: ['name', 'city'] },
      { label: { en: 'Reach' }, fields: ['fax'] },
    ],
    highlights: [],
    card: [],
  },
  stage_field: null,
  related: [],
  rights: { see: true, create: true, edit: true, delete: true, import: true, export: true },
  retired_at: null,
  roles: [],
}

function viewed(...steps: Parameters<typeof withDraft>[1]) {
  const [object] = withDraft([account], steps)
  if (!object) throw new Error('There is one object.')
  return object
}

function names(object: ReturnType<typeof viewed>) {
  return fieldGroups(object).map((group) => group.fields.map((one) => one.name))
}

describe('an object with the draft laid over it', () => {
  it('marks what is new, changed and removed, and leaves the rest alone', () => {
    const object = viewed(
      { action: 'add_field', object: 'account', field: { name: 'tier', label: { en: 'Tier' }, type: 'choice', group: 0 } },
      { action: 'change_field', object: 'account', field: 'city', changes: { required: true } },
      { action: 'retire_field', object: 'account', field: 'fax' },
    )
    expect(Object.fromEntries(object.fields.map((one) => [one.name, one.mark]))).toEqual({ name: null, city: 'changed', fax: 'retired', old: null, owner: null, tier: 'new' })
    expect(object.fields.find((one) => one.name === 'city')?.live?.required).toBe(false)
    expect(names(object)).toEqual([['name', 'city', 'tier'], ['fax']])
  })

  it('lists what was removed before, until the draft brings it back', () => {
    expect(retiredFields(viewed()).map((one) => one.name)).toEqual(['old'])
    const object = viewed({ action: 'restore_field', object: 'account', field: 'old' })
    expect(retiredFields(object)).toEqual([])
    expect(names(object).flat()).toContain('old')
  })

  it('shows a new object with the name every record has', () => {
    const [, machine] = withDraft([account], [{ action: 'add_object', object: { name: 'machine', label: { en: 'Machine' } } }])
    expect(machine).toMatchObject({ name: 'machine', mark: 'new' })
    expect(machine?.fields.map((one) => one.name)).toEqual(['name'])
  })

  it('moves a field between groups', () => {
    expect(names(viewed({ action: 'move_field', object: 'account', field: 'fax', group: 0, before: 'city' }))).toEqual([['name', 'fax', 'city'], []])
  })

  it('gives a layout without groups its first one', () => {
    expect(placed({ groups: [], highlights: [], card: [] }, 'tier', -1, null).groups.map((group) => group.fields)).toEqual([['tier']])
  })
})

describe('dropping a field', () => {
  const groups = fieldGroups(viewed())

  it('lands behind the one it is held over when it comes from above, else before it', () => {
    expect(dropPlace(groups, 'name', 'city')).toEqual({ group: 0, before: null })
    expect(dropPlace(groups, 'city', 'name')).toEqual({ group: 0, before: 'name' })
    expect(dropPlace(groups, 'fax', 'city')).toEqual({ group: 0, before: 'city' })
  })

  it('on the head of a group puts it first there', () => {
    expect(dropPlace(groups, 'city', 'group 1')).toEqual({ group: 1, before: 'fax' })
  })

  it('on itself or among fields of no group moves nothing', () => {
    expect(dropPlace(groups, 'city', 'city')).toBeNull()
    expect(dropPlace([{ place: null, label: null, fields: [] }], 'city', 'owner')).toBeNull()
  })

  it('by one step stops at the ends', () => {
    const [basics] = groups
    if (!basics) throw new Error('There is a group.')
    expect(neighbours(basics, 'name')).toEqual({ up: null, down: { group: 0, before: null } })
    expect(neighbours(basics, 'city')).toEqual({ up: { group: 0, before: 'name' }, down: null })
  })
})
