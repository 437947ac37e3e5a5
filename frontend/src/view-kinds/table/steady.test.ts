import { describe, expect, it } from 'vitest'
import { settle } from './steady'

const rows = (...ids: string[]) => ids.map((id) => ({ id, version: 1 }))
const before = settle(null, 'k', rows('a', 'b', 'c'), null)

describe('rows read again', () => {
  it('stay where they stand although their order has changed', () => {
    expect(settle(before, 'k', rows('c', 'a', 'b'), null).ids).toEqual(['a', 'b', 'c'])
  })
  it('show what has changed in them', () => {
    const fresh = [{ id: 'a', version: 2 }, ...rows('b', 'c')]
    expect(settle(before, 'k', fresh, null).rows[0]?.version).toBe(2)
  })
  it('leave when they are gone', () => {
    expect(settle(before, 'k', rows('a', 'c'), null).ids).toEqual(['a', 'c'])
  })
  it('keep newcomers waiting', () => {
    const after = settle(before, 'k', rows('new', 'a', 'b', 'c'), null)
    expect(after.ids).toEqual(['a', 'b', 'c'])
    expect(after.waiting).toBe(1)
  })
  it('let in at once the one that was just made', () => {
    expect(settle(before, 'k', rows('new', 'a', 'b', 'c'), 'new').ids).toEqual(['new', 'a', 'b', 'c'])
  })
  it('go on with the next page', () => {
    const after = settle(before, 'k', rows('a', 'b', 'c', 'd', 'e'), null)
    expect(after.ids).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(after.waiting).toBe(0)
  })
  it('begin anew when something else is asked for', () => {
    expect(settle(before, 'other', rows('c', 'a'), null).ids).toEqual(['c', 'a'])
  })
})
