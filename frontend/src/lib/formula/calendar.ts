/** Days and moments as the language counts them: the years 1 to 9999 of the Gregorian calendar.
 *
 * Moments keep a day's distance from both ends of them, so that the clock of no zone leaves the calendar. */
import { noValue } from './errors.ts'

export const firstDay = -719_162
export const lastDay = 2_932_896
export const dayMicroseconds = 86_400_000_000n
const firstMoment = BigInt(firstDay + 1) * dayMicroseconds
const lastMoment = BigInt(lastDay) * dayMicroseconds - 1n
/** Months from the beginning of year 0 to the first and the last there are. */
const firstMonth = 12
const lastMonth = 119_999

/** A day of the calendar, as days since 1970-01-01. */
export class Day {
  readonly number: number

  constructor(number: number) {
    this.number = number
  }
}

/** A moment, as microseconds since 1970-01-01 UTC. */
export class Moment {
  readonly microseconds: bigint

  constructor(microseconds: bigint) {
    this.microseconds = microseconds
  }
}

export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Throws outside the calendar. */
export function dayOf(number: number): Day {
  if (!(number >= firstDay && number <= lastDay)) throw noValue('out_of_range')
  return new Day(number)
}

/** Throws at the ends of time. */
export function momentOf(microseconds: bigint): Moment {
  if (microseconds < firstMoment || microseconds > lastMoment) throw noValue('out_of_range')
  return new Moment(microseconds)
}

const eraDays = 146_097

/** The number of a day; months and days beyond theirs count on. Years begin in March, so that leap days end them. */
export function dayNumber(year: number, month: number, day: number): number {
  const months = year * 12 + month - 3
  const marchYear = Math.floor(months / 12)
  const era = Math.floor(marchYear / 400)
  const ofEra = marchYear - era * 400
  const ofYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5) + day - 1
  return era * eraDays + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

export function civil(number: number): Civil {
  const days = number + 719_468
  const era = Math.floor(days / eraDays)
  const rest = days - era * eraDays
  const ofEra = Math.floor((rest - Math.floor(rest / 1460) + Math.floor(rest / 36_524) - Math.floor(rest / 146_096)) / 365)
  const ofYear = rest - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100))
  const month = Math.floor((5 * ofYear + 2) / 153)
  const year = ofEra + era * 400 + (month > 9 ? 1 : 0)
  return { year, month: month > 9 ? month - 9 : month + 3, day: ofYear - Math.floor((153 * month + 2) / 5) + 1 }
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function monthLength(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)
}

/** Months since the beginning of year 0. */
export function monthNumber({ year, month }: Civil): number {
  return year * 12 + month - 1
}

/** A day of the month with this number, the last where the month is shorter. Throws outside the calendar. */
export function dayOfMonth(months: number, day: number): Day {
  if (!(months >= firstMonth && months <= lastMonth)) throw noValue('out_of_range')
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return new Day(dayNumber(year, month, Math.min(day, monthLength(year, month))))
}

/** So many months later; the last day where the month is shorter. Throws outside the calendar. */
export function monthsLater(day: Day, months: number): Day {
  const before = civil(day.number)
  return dayOfMonth(monthNumber(before) + months, before.day)
}

/** Whole months from a day to one that is not before it. */
export function monthsBetween(first: Day, last: Day): number {
  const [from, to] = [civil(first.number), civil(last.number)]
  return monthNumber(to) - monthNumber(from) - (to.day < from.day ? 1 : 0)
}

/** 0 is Monday. */
export function weekday(day: Day): number {
  return (((day.number + 3) % 7) + 7) % 7
}

/** 1 is January 1. */
export function dayOfYear(day: Day): number {
  return day.number - dayNumber(civil(day.number).year, 1, 1) + 1
}

/** The day of these numbers, or null where the calendar has none. */
export function dayFrom(year: number, month: number, day: number): Day | null {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month))) return null
  return new Day(dayNumber(year, month, day))
}

export function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}

export function isoDay(day: Day): string {
  const { year, month, day: date } = civil(day.number)
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`
}

/** `2026-01-31`; null for another text. */
export function parseDay(text: string): Day | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return match && dayFrom(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Rounds towards the past. */
export function floorDivided(value: bigint, by: bigint): bigint {
  const cut = value / by
  return value % by < 0n ? cut - 1n : cut
}

/** The day and the microseconds of it. */
export function split(microseconds: bigint): readonly [number, number] {
  const day = floorDivided(microseconds, dayMicroseconds)
  return [Number(day), Number(microseconds - day * dayMicroseconds)]
}

/** `2026-01-31T08:00:00.000000Z`. */
export function isoMoment(moment: Moment): string {
  const [day, rest] = split(moment.microseconds)
  return `${isoDay(new Day(day))}T${clock(rest)}.${padded(rest % 1_000_000, 6)}Z`
}

function clock(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => padded(part, 2)).join(':')
}

/** A moment written in UTC or with its distance from it; null for another text. */
export function parseMoment(text: string): Moment | null {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text)
  if (!match) return null
  const [, date = '', hours, minutes, seconds = '0', fraction = '', sign, zoneHours = '0', zoneMinutes = '0'] = match
  const day = parseDay(date)
  if (!day) return null
  const ahead = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -60 : 60)
  const ofDay = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) - ahead
  return new Moment(BigInt(day.number) * dayMicroseconds + BigInt(ofDay) * 1_000_000n + BigInt(fraction.padEnd(6, '0')))
}
