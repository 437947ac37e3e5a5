/** Workdays and work time by the calendars of the workspace. */
import { divide } from '../arithmetic.ts'
import type { Day, Moment } from '../calendar.ts'
import type { Decimal } from '../decimal.ts'
import { compare, cut, integer, magnitude, negated, rounded, times, whole, ZERO } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import { noValue } from '../errors.ts'
import type { Implementations } from '../function.ts'

type Number = Decimal | null

const hour = whole(3_600_000_000)
const mostDays = 4_000_000
const mostHours = whole(mostDays * 24)
const seconds: Readonly<Record<string, number>> = { h: 3600, min: 60 }

function workday(environment: Environment, start: Day | null, count: Number, calendar: string | null = null): Day | null {
  if (start === null) return null
  const found = environment.calendars.find(calendar)
  const days = count ?? ZERO
  if (compare(magnitude(days), whole(mostDays)) > 0) throw noValue('out_of_range')
  return found.workday(start, globalThis.Number(integer(cut(days, 0))))
}

function workdays(environment: Environment, first: Day | null, last: Day | null, calendar: string | null = null): Number {
  if (first === null || last === null) return null
  return whole(environment.calendars.find(calendar).workdays(first, last))
}

function day(environment: Environment, moment: Moment | null): Day | null {
  return moment && environment.zone.day(moment)
}

function workHours(environment: Environment, start: Moment | null, end: Moment | null, calendar: string | null = null): Number {
  if (start === null || end === null) return null
  return divide(whole(environment.calendars.find(calendar).worked(start, end)), hour)
}

function workTimeAdded(
  environment: Environment, start: Moment | null, count: Number, unit: string | null = 'h', calendar: string | null = null,
): Moment | null {
  if (start === null) return null
  const found = environment.calendars.find(calendar)
  const perUnit = seconds[unit ?? '']
  if (perUnit === undefined) throw noValue('not_found')
  const amount = clamped(count ?? ZERO)
  return found.momentAfter(start, integer(rounded(times(amount, whole(perUnit * 1_000_000)), 0)))
}

function clamped(value: Decimal): Decimal {
  if (compare(value, mostHours) > 0) return mostHours
  return compare(value, negated(mostHours)) < 0 ? negated(mostHours) : value
}

export const workTime: Implementations = {
  WORKDAY: {
    'date, number, text': workday,
    'date_time, number, text': (environment: Environment, start: Moment | null, count: Number, calendar: string | null = null) =>
      workday(environment, day(environment, start), count, calendar),
  },
  NETWORKDAYS: {
    'date, date, text': workdays,
    'date_time, date_time, text': (environment: Environment, first: Moment | null, last: Moment | null, calendar: string | null = null) =>
      first === null || last === null ? null : workdays(environment, day(environment, first), day(environment, last), calendar),
  },
  WORKHOURS: workHours,
  WORKTIMEADD: workTimeAdded,
}
