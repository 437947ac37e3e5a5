/** Getting days and times: from the clock, from numbers, from text. */
import type { Day, Moment } from '../calendar.ts'
import { dayFrom, dayMicroseconds, dayOf, dayOfMonth, momentOf } from '../calendar.ts'
import type { Decimal } from '../decimal.ts'
import { integer } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import { noValue } from '../errors.ts'
import type { Implementations } from '../function.ts'
import type { Time } from './date-parts.ts'
import { dayAt } from './date-parts.ts'

type Number = Decimal | null

const million = 1_000_000n
/** More seconds than any moment lies from another. */
const mostSeconds = 4_000_000n * 86_400n
const sizes = [3600n, 60n, 1n]

/** Months and days beyond theirs count on. */
function fromNumbers(year: Number, month: Number, day: Number): Day | null {
  if (year === null || month === null || day === null) return null
  const first = dayOfMonth(globalThis.Number(integer(year) * 12n + integer(month) - 1n), 1)
  return dayOf(first.number + globalThis.Number(integer(day) - 1n))
}

/** Hours, minutes and seconds beyond theirs count on. */
function timeFromNumbers(environment: Environment, year: Number, month: Number, day: Number, ...clock: Number[]): Moment | null {
  const found = fromNumbers(year, month, day)
  if (found === null) return null
  const seconds = clock.reduce((sum, one, place) => sum + (one ? integer(one) : 0n) * (sizes[place] ?? 0n), 0n)
  if (seconds > mostSeconds || seconds < -mostSeconds) throw noValue('out_of_range')
  const local = BigInt(found.number) * dayMicroseconds + seconds * million
  return clockMoment(environment, local)
}

/** The moment a clock shows this; throws where the local day or the moment is in no calendar. */
export function clockMoment(environment: Environment, local: bigint): Moment {
  const day = local / dayMicroseconds - (local % dayMicroseconds < 0n ? 1n : 0n)
  dayOf(globalThis.Number(day))
  return environment.zone.moment(local)
}

const dayForms = [
  '([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})',
  '([0-9]{4})年 ?([0-9]{1,2})月 ?([0-9]{1,2})[日号]?',
  '([0-9]{4})([0-9]{2})([0-9]{2})',
].join('|')
const timeForm = '(?:[T ] ?([0-9]{1,2})[:：时]([0-9]{2})(?:[:：分]([0-9]{2})(?:[.]([0-9]{1,6})[0-9]*)?)?[分秒]?)?'
const zoneForm = '(?: ?(Z|[-+][01][0-9]:?[0-5][0-9]))?'
const dayPattern = new RegExp(`^(?:${dayForms})${timeForm}$`)
const momentPattern = new RegExp(`^(?:${dayForms})${timeForm}${zoneForm}$`)
const blanksAround = /^[ \t\r\n\u3000]+|[ \t\r\n\u3000]+$/g

/** What the text says: the day, the microseconds of it, and the zone. Throws where it says nothing. */
function read(pattern: RegExp, text: string): readonly [Day, bigint, string | undefined] {
  const match = pattern.exec(text.replace(blanksAround, ''))
  if (!match) throw noValue('not_readable')
  const number = (...groups: number[]) => globalThis.Number(groups.map((one) => match[one]).find((one) => one !== undefined) ?? 0)
  const day = dayFrom(number(1, 4, 7), number(2, 5, 8), number(3, 6, 9))
  const [hours, minutes, seconds] = [number(10), number(11), number(12)]
  if (!day || hours > 23 || minutes > 59 || seconds > 59) throw noValue('not_readable')
  const microseconds = BigInt((hours * 60 + minutes) * 60 + seconds) * million + BigInt((match[13] ?? '').padEnd(6, '0'))
  return [day, microseconds, match[14]]
}

function toMoment(environment: Environment, text: string | null): Moment | null {
  if (text === null) return null
  const [day, microseconds, zone] = read(momentPattern, text)
  const local = BigInt(day.number) * dayMicroseconds + microseconds
  if (zone === undefined) return clockMoment(environment, local)
  if (zone === 'Z') return momentOf(local)
  const minutes = BigInt(zone.slice(1, 3)) * 60n + BigInt(zone.slice(-2))
  return momentOf(local - (zone.startsWith('-') ? -minutes : minutes) * 60n * million)
}

export const dateMaking: Implementations = {
  NOW: (environment: Environment) => environment.now,
  TODAY: (environment: Environment) => environment.today,
  DATE: fromNumbers,
  DATETIME: {
    'number, number, number, number, number, number': timeFromNumbers,
    text: toMoment,
  },
  TODATE: {
    text: (text: string | null) => (text === null ? null : read(dayPattern, text)[0]),
    moment: (environment: Environment, value: Time | null) => (value === null ? null : dayAt(environment, value)),
  },
}
