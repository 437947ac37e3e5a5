/** Signs that stand between values. */
import { add, divide, multiply, negate, power, remainder, subtract } from '../arithmetic.ts'
import type { Day, Moment } from '../calendar.ts'
import { dayMicroseconds, dayOf, momentOf } from '../calendar.ts'
import { compare as compareNumbers, Decimal, integer, magnitude, rounded, times, whole } from '../decimal.ts'
import { noValue } from '../errors.ts'
import type { Implementations } from '../function.ts'
import type { Value } from '../value.ts'
import { compare, equal } from '../value.ts'

/** More days than any calendar date lies from another. */
const mostDays = whole(4_000_000)
const microseconds = new Decimal(dayMicroseconds)

/** So many whole days later; a fraction is dropped. Throws outside the years 1 to 9999. */
export function addDays(day: Day | null, days: Decimal | null): Day | null {
  if (day === null || days === null) return day
  return dayOf(day.number + Number(integer(days)))
}

/** So many days of 24 hours later, to the microsecond. Throws outside the years 1 to 9999. */
export function addTime(moment: Moment | null, days: Decimal | null): Moment | null {
  if (moment === null || days === null) return moment
  if (compareNumbers(magnitude(days), mostDays) > 0) throw noValue('out_of_range')
  return momentOf(moment.microseconds + integer(rounded(times(days, microseconds), 0)))
}

/** Whole days from the second to the first; empty when either is. */
export function daysBetween(first: Day | null, second: Day | null): Decimal | null {
  return first === null || second === null ? null : whole(first.number - second.number)
}

/** Days of 24 hours, to ten decimals; empty when either is. */
export function timeBetween(first: Moment | null, second: Moment | null): Decimal | null {
  if (first === null || second === null) return null
  return divide(whole(first.microseconds - second.microseconds), microseconds)
}

function compared(holds: (order: number) => boolean): (first: Value, second: Value) => boolean {
  return (first, second) => first !== null && second !== null && holds(compare(first, second))
}

export const operators: Implementations = {
  '+': { 'number, number': add, 'date, number': addDays, 'date_time, number': addTime },
  '-': {
    'number, number': subtract,
    'date, number': (day: Day | null, days: Decimal | null) => addDays(day, negate(days)),
    'date, date': daysBetween,
    'date_time, number': (moment: Moment | null, days: Decimal | null) => addTime(moment, negate(days)),
    'date_time, date_time': timeBetween,
  },
  '*': multiply,
  '/': divide,
  '%': remainder,
  '^': power,
  NEGATE: negate,
  '&': (first: string | null, second: string | null) => (first ?? '') + (second ?? '') || null,
  '=': equal,
  '<>': (first: Value, second: Value) => !equal(first, second),
  '<': compared((order) => order < 0),
  '<=': compared((order) => order <= 0),
  '>': compared((order) => order > 0),
  '>=': compared((order) => order >= 0),
}
