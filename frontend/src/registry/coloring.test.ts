import { describe, expect, it } from 'vitest'
import { paintOf, readColors, testsOf } from './coloring'
import type { Coloring } from './coloring'

const when = { field: 'amount', op: 'gt', value: 5 }
const coloring: Coloring = [
  { when, hue: 'blue', field: 'amount', why: 'large' },
  { when, hue: 'red', field: null, why: 'overdue' },
  { when, hue: 'green', field: null, why: 'fine' },
]
const row = (holds?: number[]) => ({ id: '1', version: 1, ...(holds ? { _holds: holds } : {}) })

describe('the colour of a record', () => {
  it('is that of the first rule that holds, for the record and for each field by itself', () => {
    expect(paintOf(coloring, row([0, 1, 2]))?.hue).toBe('red')
    expect(paintOf(coloring, row([2]))?.why).toBe('fine')
    expect(paintOf(coloring, row([0, 2]), 'amount')?.hue).toBe('blue')
    expect(paintOf(coloring, row([0, 2]), 'name')).toBeNull()
    expect(paintOf(coloring, row())).toBeNull()
  })
  it('is asked for only where there are rules', () => {
    expect(testsOf([])).toEqual({})
    expect(testsOf(coloring)).toEqual({ tests: [when, when, when] })
  })
})

describe('rules that came from an address', () => {
  it('are kept when they have the shape of rules, and never bring a colour of their own', () => {
    expect(readColors([{ when, color: 'red', field: 'amount', label: 'x' }])).toEqual([{ when, color: 'red', field: 'amount', label: 'x' }])
    expect(readColors([{ when, color: 'url(evil)' }, { color: 'red' }, null, 'x'])).toEqual([])
    expect(readColors('nothing')).toEqual([])
  })
})
