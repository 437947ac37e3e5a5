import { describe, expect, it } from 'vitest'
import { blocksOf, itemAt, ordinalOf, placeOf, rowAt, rowsBetween } from './blocks'

const rows = (...ids: string[]) => ids.map((id) => ({ id, version: 1 }))

function grouped() {
  const common = { hasHead: true, isCollapsed: false, missing: 0, before: 0 }
  return blocksOf([
    { ...common, section: 'open', rows: rows('a', 'b', 'c') },
    { ...common, section: 'won', rows: rows('d', 'e'), isCollapsed: true, before: 3 },
    { ...common, section: 'void', rows: [], before: 5 },
    { ...common, section: 'lost', rows: rows('f'), missing: 2, before: 5 },
  ])
}

describe('the long list of a table', () => {
  it('counts heads, rows and places that wait', () => {
    expect(grouped().length).toBe(4 + 1 + 1 + 4)
    expect(grouped().rows).toBe(4)
  })
  it('knows what stands at every place', () => {
    const kinds = Array.from({ length: 10 }, (_, place) => {
      const item = itemAt(grouped(), place)
      return item?.kind === 'row' ? item.row.id : `${item?.kind} ${item?.block.section}`
    })
    expect(kinds).toEqual(['head open', 'a', 'b', 'c', 'head won', 'head void', 'head lost', 'f', 'missing lost', 'missing lost'])
  })
  it('walks over collapsed and empty groups', () => {
    expect([0, 1, 2, 3, 4].map((ordinal) => rowAt(grouped(), ordinal)?.id)).toEqual(['a', 'b', 'c', 'f', undefined])
    expect(ordinalOf(grouped(), 'f')).toBe(3)
    expect(ordinalOf(grouped(), 'd')).toBe(-1)
    expect(placeOf(grouped(), 3)).toBe(7)
  })
  it('gives the rows between two, whichever comes first', () => {
    expect(rowsBetween(grouped(), 3, 1).map((row) => row.id)).toEqual(['b', 'c', 'f'])
  })
})
