/** Reckoning with days and times: later and earlier, beginnings and ends, and what lies between. */
import type { Civil } from '../calendar.ts'
import {
  civil, Day, dayMicroseconds, dayNumber, dayOf, dayOfMonth, Moment, momentOf, monthNumber, monthsBetween, monthsLater, split,
} from '../calendar.ts'
import type { Decimal } from '../decimal.ts'
import { compare, integer, magnitude, rounded, times, whole } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import { noValue } from '../errors.ts'
import type { ConstantCheck, ConstantChecks, Implementation, Implementations } from '../function.ts'
import type { Span } from '../text.ts'
import type { Node } from '../tree.ts'
import { allUnits, calendarUnits, checkUnit, daysOf, monthsOf, secondsOf, unitNamed, unitsBetween } from '../units.ts'
import { clockMoment } from './date-making.ts'
import type { Time } from './date-parts.ts'
import { dayAt } from './date-parts.ts'

type Number = Decimal | null

const million = 1_000_000
const mostMicroseconds = whole(4_000_000n * dayMicroseconds)

function dayLater(day: Day, count: Decimal, unit: string): Day {
  const units = globalThis.Number(integer(count))
  const months = monthsOf[unit]
  return months === undefined ? dayOf(day.number + units * (daysOf[unit] ?? 1)) : monthsLater(day, units * months)
}

function dateAdd(day: Day | null, count: Number, unit = 'D'): Day | null {
  return day === null || count === null ? day : dayLater(day, count, unitNamed(unit))
}

/** Units of the calendar leave the clock of the zone as it is; hours, minutes and seconds pass. */
function timeAdd(environment: Environment, moment: Moment | null, count: Number, unit = 'D'): Moment | null {
  if (moment === null || count === null) return moment
  const named = unitNamed(unit)
  const seconds = secondsOf[named]
  if (seconds !== undefined) return elapsed(moment, count, seconds)
  const [day, rest] = split(environment.zone.local(moment))
  const later = dayLater(new Day(day), count, named)
  return clockMoment(environment, BigInt(later.number) * dayMicroseconds + BigInt(rest))
}

function elapsed(moment: Moment, count: Decimal, seconds: number): Moment {
  const passed = times(count, whole(seconds * million))
  if (compare(magnitude(passed), mostMicroseconds) > 0) throw noValue('out_of_range')
  return momentOf(moment.microseconds + integer(rounded(passed, 0)))
}

function turned(change: (day: Civil, environment: Environment, number: number) => Time): Implementation {
  return (environment: Environment, value: Time | null): Time | null => {
    if (value === null) return null
    const { number } = dayAt(environment, value)
    return change(civil(number), environment, number)
  }
}

function monthEnd(environment: Environment, value: Time | null, months: Number = null): Day | null {
  if (value === null) return null
  const later = months === null ? 0 : globalThis.Number(integer(months))
  return dayOfMonth(monthNumber(civil(dayAt(environment, value).number)) + later, 31)
}

/** The last microsecond before the next day begins. */
function dayEnd(environment: Environment, number: number): Moment {
  return momentOf(environment.zone.midnight(dayOf(number + 1)).microseconds - 1n)
}

function moment(environment: Environment, value: Time): Moment {
  return value instanceof Moment ? value : environment.zone.midnight(value)
}

/** Whole units; less than 0 when the end comes before the start. */
function apart(environment: Environment, start: Time | null, end: Time | null, unit: string): Decimal | null {
  if (start === null || end === null) return null
  const named = unitNamed(unit)
  const seconds = secondsOf[named]
  if (seconds !== undefined) {
    const passed = moment(environment, end).microseconds - moment(environment, start).microseconds
    return whole(passed / BigInt(seconds * million))
  }
  const [first, last] = [dayAt(environment, start), dayAt(environment, end)]
  return whole(first.number > last.number ? -between(last, first, named) : between(first, last, named))
}

function between(first: Day, last: Day, unit: string): number {
  const days = daysOf[unit]
  if (days !== undefined) return Math.floor((last.number - first.number) / days)
  const months = monthsBetween(first, last)
  if (unit === 'MD') return last.number - monthsLater(first, months).number
  return unit === 'YM' ? months % 12 : Math.floor(months / (monthsOf[unit] ?? 1))
}

function checked(units: readonly string[]): ConstantCheck {
  return (_: Span, ...nodes: Node[]) => {
    checkUnit(units, nodes[2])
  }
}

export const dateReckoning: Implementations = {
  DATEADD: { 'date, number, text': dateAdd, 'date_time, number, text': timeAdd },
  EDATE: {
    'date, number': (day: Day | null, months: Number) => dateAdd(day, months, 'M'),
    'date_time, number': (environment: Environment, time: Moment | null, months: Number) => timeAdd(environment, time, months, 'M'),
  },
  EOMONTH: monthEnd,
  MONTHBEGIN: turned(({ year, month }) => new Day(dayNumber(year, month, 1))),
  YEARBEGIN: turned(({ year }) => new Day(dayNumber(year, 1, 1))),
  YEAREND: turned(({ year }) => new Day(dayNumber(year, 12, 31))),
  DAYBEGIN: turned((_, environment, number) => environment.zone.midnight(new Day(number))),
  DAYEND: turned((_, environment, number) => dayEnd(environment, number)),
  DAYS: (environment: Environment, end: Time | null, start: Time | null) =>
    end === null || start === null ? null : whole(dayAt(environment, end).number - dayAt(environment, start).number),
  DATEDIF: apart,
  AGE: (environment: Environment, birth: Time | null) => apart(environment, birth, environment.today, 'Y'),
}
export const unitChecks: ConstantChecks = {
  DATEADD: { 'date, number, text': checked(calendarUnits), 'date_time, number, text': checked(allUnits) },
  DATEDIF: { 'moment, moment, text': checked(unitsBetween) },
}
