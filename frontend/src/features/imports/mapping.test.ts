import { describe, expect, it } from 'vitest'
import type { ImportColumn, ImportReport } from '@/api/import_types'
import type { ObjectDefinition } from '@/api/types'
import { registerPlainKinds } from '@/testing/kinds'
import { assign, changedWishes, isAmbiguous, mergeWishes, missingTargets, openDecisions, settle, stepOf, targetsOf, valueRows, withWishes } from './mapping'
import type { Target } from './mapping'

registerPlainKinds()

function column(index: number, field: string | null, more: Partial<ImportColumn> = {}): ImportColumn {
  return {
    index,
    letter: String.fromCharCode(65 + index),
    header: `column ${index}`,
    samples: [],
    field,
    reason: field ? 'same_name' : 'none',
    format: null,
    formats: [],
    link: null,
    values: {},
    ...more,
  }
}

function report(unmatched: Record<number, string[]>): ImportReport {
  return {
    rows: 10,
    to_create: 8,
    to_update: 0,
    unchanged: 0,
    to_skip: 0,
    invalid: 2,
    columns: Object.entries(unmatched).map(([index, values]) => ({
      column: Number(index),
      invalid: values.length,
      problems: [],
      unmatched: values.map((value) => ({ value, count: 3, suggestion: null })),
    })),
    preview: [],
  }
}

function target(name: string, more: Partial<Target> = {}): Target {
  return { name, label: { en: name }, type: 'text', required: false, unique: false, linksTo: null, field: null, ...more }
}

describe('the mapping of columns', () => {
  it('gives a field to one column only', () => {
    const columns = assign([column(0, 'name'), column(1, null)], 1, 'name')
    expect(columns.map((one) => one.field)).toEqual([null, 'name'])
    expect(columns[1]?.reason).toBe('chosen')
  })

  it('sends only the columns that changed', () => {
    const before = [column(0, 'name'), column(1, null), column(2, 'stage')]
    expect(changedWishes(before, assign(before, 1, 'amount')).map((wish) => wish.column)).toEqual([1])
  })

  it('forgets format, link and settled values when a column moves to another field', () => {
    const [moved] = assign([column(0, 'product', { link: { match_by: 'name', create_missing: true }, values: { GTXPro: 'GTX Pro' } })], 0, 'name')
    expect(moved).toMatchObject({ field: 'name', link: null, values: {} })
  })

  it('shows a decision before the server has it', () => {
    const known = column(0, 'product')
    const [shown] = withWishes([known], changedWishes([known], [settle(known, 'GTXPro', 'GTX Pro')]))
    expect(shown?.values).toEqual({ GTXPro: 'GTX Pro' })
    expect(shown?.reason).toBe('same_name')
  })

  it('lets the later of two wishes for a column win', () => {
    const merged = mergeWishes([{ column: 0, field: 'name' }, { column: 1, field: 'stage' }], [{ column: 0, field: 'amount' }])
    expect(merged).toEqual([{ column: 1, field: 'stage' }, { column: 0, field: 'amount' }])
  })
})

describe('ways to read a column', () => {
  it('are only asked about where they differ', () => {
    const formats = ['1,234.56', '1.234,56']
    expect(isAmbiguous(column(0, 'founded', { formats, samples: ['1996', '2001'] }))).toBe(false)
    expect(isAmbiguous(column(0, 'amount', { formats, samples: ['12', '1,234'] }))).toBe(true)
    expect(isAmbiguous(column(0, 'close', { formats: ['M/D/YYYY', 'D/M/YYYY'], samples: ['3/1/2017'] }))).toBe(true)
    expect(isAmbiguous(column(0, 'close', { formats: ['M/D/YYYY'], samples: ['3/13/2017'] }))).toBe(false)
  })
})

describe('values that name nothing', () => {
  it('are open until somebody settles them or leaves them empty', () => {
    const product = column(0, 'product')
    const found = report({ 0: ['GTXPro', 'GTK'] })
    expect(openDecisions([product], found)[0]?.values.map((one) => one.value)).toEqual(['GTXPro', 'GTK'])
    const settled = settle(settle(product, 'GTXPro', 'GTX Pro'), 'GTK', null)
    expect(openDecisions([settled], found)).toEqual([])
    expect(openDecisions([settle(settled, 'GTK', undefined)], found)[0]?.values.map((one) => one.value)).toEqual(['GTK'])
  })

  it('of a column that is left out ask for nothing', () => {
    expect(openDecisions([column(0, null)], report({ 0: ['GTXPro'] }))).toEqual([])
  })

  it('keep their count after they are settled and the report no longer names them', () => {
    const settled = settle(column(0, 'product'), 'GTXPro', 'GTX Pro')
    const remembered = new Map([['0 GTXPro', { value: 'GTXPro', count: 1480, suggestion: null }]])
    expect(valueRows(settled, report({}), remembered)).toEqual([{ value: 'GTXPro', count: 1480, suggestion: null, meaning: 'GTX Pro' }])
  })
})

describe('targets', () => {
  it('are the fields one may write, but never running numbers', () => {
    const field = { label: { en: 'x' }, required: false, unique: false, options: {}, retired_at: null, access: 'write' }
    const object = {
      fields: [
        { ...field, name: 'name', type: 'text' },
        { ...field, name: 'number', type: 'auto_number' },
        { ...field, name: 'version', type: 'number', access: 'read' },
        { ...field, name: 'old', type: 'text', retired_at: '2026-01-01T00:00:00Z' },
        { ...field, name: 'owner', type: 'person' },
        { ...field, name: 'account', type: 'link', options: { target: 'crm_account' } },
      ],
    } as unknown as ObjectDefinition
    expect(targetsOf(object).map((one) => [one.name, one.linksTo])).toEqual([
      ['name', null],
      ['owner', 'person'],
      ['account', 'crm_account'],
    ])
  })

  it('that are required and filled by no column are missed', () => {
    expect(missingTargets([column(0, 'name')], [target('name', { required: true }), target('stage', { required: true }), target('note')]).map((one) => one.name)).toEqual(['stage'])
  })
})

describe('the step of an import', () => {
  it('follows the server once it runs, and the person before', () => {
    expect(stepOf({ status: 'checked' } as never, 'check')).toBe('check')
    expect(stepOf({ status: 'checked' } as never, null)).toBe('map')
    expect(stepOf({ status: 'running' } as never, 'map')).toBe('run')
    expect(stepOf({ status: 'undone' } as never, null)).toBe('run')
    expect(stepOf({ status: 'failed', object: 'a', result: null } as never, null)).toBe('map')
    expect(stepOf({ status: 'failed', object: 'a', result: { created: 1 } } as never, null)).toBe('run')
  })
})
