import { describe, expect, it } from 'vitest'
import { checkCalendarNames } from './calendar-names'
import { FormulaError } from './errors'
import { parse } from './parse'

function wrong(text: string): FormulaError | null {
  try {
    checkCalendarNames(parse(text), ['standard', 'depot'])
    return null
  } catch (error) {
    if (error instanceof FormulaError) return error
    throw error
  }
}

describe('a calendar that a formula asks', () => {
  it('is there, or none is named', () => {
    expect(wrong('WORKDAY(TODAY(), 1)')).toBeNull()
    expect(wrong('WORKDAY(TODAY(), 1, "depot") > WORKDAY(TODAY(), 1, "standard")')).toBeNull()
    expect(wrong('WORKTIMEADD(NOW(), 3, "h", "depot")')).toBeNull()
  })
  it('is said at its place when it is not there, with the nearest name', () => {
    expect(wrong('1 + NETWORKDAYS(TODAY(), TODAY(), "depott")')).toMatchObject({ code: 'no_calendar', span: [34, 42], fix: { replacement: '"depot"' } })
    expect(wrong('WORKTIMEADD(NOW(), 3, "h", "xyz")')?.fix).toBeNull()
  })
})
