import { describe, expect, it } from 'vitest'
import type { DesignStep } from '@/api/design_types'
import { drop, put } from './steps'

const label = (en: string) => ({ en })
const add = (name?: string): DesignStep => ({ action: 'add_field', object: 'crm_account', field: { ...(name ? { name } : {}), label: label('Tier'), type: 'choice' } })
const change = (field: string, changes: object): DesignStep => ({ action: 'change_field', object: 'crm_account', field, changes })
const retire: DesignStep = { action: 'retire_field', object: 'crm_account', field: 'fax' }
const restore: DesignStep = { action: 'restore_field', object: 'crm_account', field: 'fax' }

function all(...steps: DesignStep[]): DesignStep[] {
  return steps.reduce<DesignStep[]>(put, [])
}

describe('a draft', () => {
  it('says each change of a field once', () => {
    expect(all(change('fax', { required: true }), change('fax', { label: label('Fax') }))).toEqual([change('fax', { required: true, label: label('Fax') })])
  })

  it('changes the addition of a field that is only in the draft', () => {
    expect(all(add('tier'), change('tier', { required: true, help: null }))).toEqual([
      { action: 'add_field', object: 'crm_account', field: { name: 'tier', label: label('Tier'), type: 'choice', required: true } },
    ])
  })

  it('takes back what is undefined, and a change that says nothing', () => {
    const computed = change('fax', { formula: '1', required: false })
    expect(all(change('fax', { help: null }), computed, change('fax', { formula: undefined, required: undefined }))).toEqual([change('fax', { help: null })])
    expect(all(computed, change('fax', { formula: undefined, required: undefined }))).toEqual([])
    expect(all(change('fax', { formula: undefined }))).toEqual([])
  })

  it('forgets a field that is added and taken away again', () => {
    expect(all(add('tier'), { action: 'move_field', object: 'crm_account', field: 'tier', group: 0, before: null }, { action: 'retire_field', object: 'crm_account', field: 'tier' })).toEqual([])
  })

  it('lets removing and restoring cancel each other', () => {
    expect(all(retire, restore)).toEqual([])
    expect(all(restore, retire)).toEqual([])
  })

  it('does not bother to change what it removes', () => {
    expect(all(change('fax', { required: true }), retire)).toEqual([retire])
  })

  it('keeps moves in their order, but the last one of the same field wins', () => {
    const move = (field: string, before: string): DesignStep => ({ action: 'move_field', object: 'crm_account', field, group: 0, before })
    expect(all(move('a', 'b'), move('a', 'c'), move('b', 'a'), move('a', 'd'))).toEqual([move('a', 'c'), move('b', 'a'), move('a', 'd')])
  })

  it('keeps a change of groups behind the fields it may speak of', () => {
    const layout = { groups: [{ label: label('All'), fields: ['tier'] }], highlights: [], card: [] }
    const arrange: DesignStep = { action: 'change_object', object: 'crm_account', changes: { layout } }
    const rename: DesignStep = { action: 'change_object', object: 'crm_account', changes: { label: label('Client') } }
    expect(all(rename, add('tier'), arrange)).toEqual([rename, add('tier'), arrange])
  })

  it('takes back what stands on a change with it', () => {
    const steps = all({ action: 'add_object', object: { name: 'machine', label: label('Machine') } }, { action: 'add_field', object: 'machine', field: { name: 'speed', label: label('Speed'), type: 'number' } }, retire)
    expect(drop(steps, 0)).toEqual([retire])
    expect(drop(steps, 2)).toHaveLength(2)
  })
})
