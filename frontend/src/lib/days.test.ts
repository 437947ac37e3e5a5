import { describe, expect, it } from 'vitest'
import { parseDay, parseMoment } from './days'

const today = new Date(2026, 10, 25)

describe('parseDay', () => {
  it.each([
    ['2026-3-1', '2026-03-01'],
    ['2026/03/01', '2026-03-01'],
    ['2026.3.1', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['20260301', '2026-03-01'],
    ['3/1', '2026-03-01'],
    ['3月1日', '2026-03-01'],
    ['今天', '2026-11-25'],
    ['Tomorrow', '2026-11-26'],
    ['+7', '2026-12-02'],
    ['-1天', '2026-11-24'],
  ])('reads %s', (typed, expected) => expect(parseDay(typed, today)).toBe(expected))

  it.each(['2026-02-30', '13/45', 'soon', '', '1/2/3/4'])('refuses %s', (typed) => expect(parseDay(typed, today)).toBeNull())
})

describe('parseMoment', () => {
  it('reads the time in the zone of the reader', () => {
    expect(parseMoment('2026-3-1 15:30', today)).toBe(new Date(2026, 2, 1, 15, 30).toISOString())
  })
  it('refuses a time that does not exist', () => expect(parseMoment('2026-3-1 25:30', today)).toBeNull())
})
