/** Reading days and times: the parts of them, and their places in the week and the year. */
import type { Civil , Day} from '../calendar.ts'
import { civil, dayNumber, dayOfYear, Moment, split, weekday } from '../calendar.ts'
import { Decimal, integer, numberText, whole } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import { FormulaError } from '../errors.ts'
import type { ConstantCheck, ConstantChecks, Implementation, Implementations } from '../function.ts'
import messages from '../messages.json' with { type: 'json' }
import type { Span } from '../text.ts'
import { fill } from '../text.ts'
import type { Node } from '../tree.ts'

export type Time = Day | Moment

/** The day of a date or, by the clock of the zone, of a time. */
export function dayAt(environment: Environment, value: Time): Day {
  return value instanceof Moment ? environment.zone.day(value) : value
}

/** The seconds of the day a local clock shows; of a date none. */
export function secondsAt(environment: Environment, value: Time): number {
  return value instanceof Moment ? Math.floor(split(environment.zone.local(value))[1] / 1_000_000) : 0
}

function ofDay(read: (civil: Civil, day: Day) => number): Implementation {
  return (environment: Environment, value: Time | null): Decimal | null => {
    if (value === null) return null
    const day = dayAt(environment, value)
    return whole(read(civil(day.number), day))
  }
}

function ofClock(read: (seconds: number) => number): Implementation {
  return (environment: Environment, value: Time | null): Decimal | null => (value === null ? null : whole(read(secondsAt(environment, value))))
}

function kindOf(kind: Decimal | undefined): number {
  return kind === undefined ? 1 : Number(integer(kind))
}

function dayOfWeek(environment: Environment, value: Time | null, kind?: Decimal): Decimal | null {
  if (value === null) return null
  const fromMonday = weekday(dayAt(environment, value))
  if (kindOf(kind) === 1) return whole(((fromMonday + 1) % 7) + 1)
  return whole(fromMonday + (kindOf(kind) === 2 ? 1 : 0))
}

function week(environment: Environment, value: Time | null, kind?: Decimal): Decimal | null {
  if (value === null) return null
  const day = dayAt(environment, value)
  const ofWeek = kindOf(kind) === 1 ? (weekday(day) + 1) % 7 : weekday(day)
  return whole(Math.floor((dayOfYear(day) - ofWeek + 12) / 7))
}

/** The week of a day by ISO 8601: that of its Thursday. */
function isoWeek(_: Civil, day: Day): number {
  const thursday = day.number - weekday(day) + 3
  return Math.floor((thursday - dayNumber(civil(thursday).year, 1, 1)) / 7) + 1
}

function checked(kinds: readonly string[]): ConstantCheck {
  return (_: Span, __: Node, kind?: Node) => {
    if (kind?.kind !== 'literal') return
    const written = kind.value instanceof Decimal ? numberText(kind.value) : ''
    if (!kinds.includes(written)) throw new FormulaError('no_week', fill(messages.NO_WEEK, { known: kinds.join('、') }), kind.span)
  }
}

export const dateParts: Implementations = {
  YEAR: ofDay(({ year }) => year),
  QUARTER: ofDay(({ month }) => Math.floor((month + 2) / 3)),
  MONTH: ofDay(({ month }) => month),
  DAY: ofDay(({ day }) => day),
  HOUR: ofClock((seconds) => Math.floor(seconds / 3600)),
  MINUTE: ofClock((seconds) => Math.floor(seconds / 60) % 60),
  SECOND: ofClock((seconds) => seconds % 60),
  WEEKDAY: dayOfWeek,
  WEEKNUM: week,
  ISOWEEKNUM: ofDay(isoWeek),
}
export const weekChecks: ConstantChecks = {
  WEEKDAY: { 'moment, number': checked(['1', '2', '3']) },
  WEEKNUM: { 'moment, number': checked(['1', '2']) },
}
