import { describe, expect, it } from 'vitest'
import { reassign } from './slots'

describe('drawn rows', () => {
  it('stay with their record while it is shown', () => {
    const before = reassign(new Map(), ['a', 'b', 'c'])
    const after = reassign(before, ['b', 'c', 'd'])
    expect(after.get('b')).toBe(before.get('b'))
    expect(after.get('c')).toBe(before.get('c'))
  })
  it('are taken over from records that went', () => {
    const before = reassign(new Map(), ['a', 'b', 'c'])
    expect(reassign(before, ['b', 'c', 'd']).get('d')).toBe(before.get('a'))
  })
  it('are never shared', () => {
    const after = reassign(reassign(new Map(), ['a', 'b', 'c']), ['x', 'c', 'y', 'z'])
    expect(new Set(after.values()).size).toBe(4)
  })
})
