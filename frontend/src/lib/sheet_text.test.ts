import { describe, expect, it } from 'vitest'
import { fromSheet, readOwn, toSheet } from './sheet_text'

describe('cells for spreadsheets', () => {
  it('come back as they were, with tabs, quotes and line breaks in them', () => {
    const cells = [
      ['苏州澜科', '¥2,860,000', ''],
      ['say "hi"', 'two\nlines', 'a\tb'],
    ]
    expect(fromSheet(toSheet(cells))).toEqual(cells)
  })
  it('are read as other programs write them', () => {
    expect(fromSheet('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })
  it('keep a quote in the middle of a text', () => {
    expect(fromSheet('27" screen')).toEqual([['27" screen']])
  })
  it('bring their own values only with the text they were copied as', () => {
    const kept = JSON.stringify({ text: 'x', values: [[{ id: '1', name: 'x' }]] })
    expect(readOwn('x', kept)).toEqual([[{ id: '1', name: 'x' }]])
    expect(readOwn('y', kept)).toBeNull()
    expect(readOwn('x', '')).toBeNull()
  })
})
