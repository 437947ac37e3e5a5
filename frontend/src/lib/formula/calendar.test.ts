import { expect, it } from 'vitest'
import { Day, dayFrom, firstDay, isoDay, isoMoment, lastDay, Moment, parseDay, parseMoment } from './calendar.ts'
import { zoneNamed } from './zones.ts'

function day(text: string): Day {
  const found = parseDay(text)
  if (!found) throw new Error(`'${text}' is no day.`)
  return found
}

function moment(text: string): Moment {
  const found = parseMoment(text)
  if (!found) throw new Error(`'${text}' is no moment.`)
  return found
}

it.each(['1970-01-01', '2024-02-29', '1900-03-01', '0001-01-01', '9999-12-31', '2000-12-31'])('knows %s by its number and back', (text) => {
  expect(isoDay(day(text))).toBe(text)
})

it('counts every day of the calendar once', () => {
  expect([day('0001-01-01').number, day('9999-12-31').number]).toEqual([firstDay, lastDay])
  let previous = day('1896-02-28')
  while (isoDay(previous) !== '1904-03-02') {
    const next = new Day(previous.number + 1)
    expect(day(isoDay(next)).number).toBe(next.number)
    expect(isoDay(next) > isoDay(previous)).toBe(true)
    previous = next
  }
})

it('knows no day that is in no calendar', () => {
  expect(dayFrom(2026, 2, 29)).toBeNull()
  expect(dayFrom(0, 1, 1)).toBeNull()
  expect(parseDay('2026-13-01')).toBeNull()
})

it('reads and writes moments to the microsecond', () => {
  expect(isoMoment(moment('2026-11-25T10:30:15.123456+08:00'))).toBe('2026-11-25T02:30:15.123456Z')
  expect(isoMoment(new Moment(-1n))).toBe('1969-12-31T23:59:59.999999Z')
})

it.each([
  ['Asia/Shanghai', '2026-11-25T02:30:00Z', '2026-11-25T10:30:00.000000Z'],
  ['Asia/Shanghai', '1900-01-01T00:00:00Z', '1900-01-01T08:05:43.000000Z'],
  ['Asia/Shanghai', '1986-07-01T00:00:00Z', '1986-07-01T09:00:00.000000Z'],
  ['America/New_York', '2026-03-08T06:59:59.999999Z', '2026-03-08T01:59:59.999999Z'],
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08T03:00:00.000000Z'],
])('shows the clock of %s at %s', (zone, utc, wanted) => {
  expect(isoMoment(new Moment(zoneNamed(zone).local(moment(utc))))).toBe(wanted)
})

it.each([
  ['Asia/Shanghai', '2026-11-25', '2026-11-24T16:00:00.000000Z'],
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000000Z'], // the clock jumped from 0:00 to 1:00
  ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000000Z'], // the whole day was left out
])('begins the day in %s on %s', (zone, date, wanted) => {
  expect(isoMoment(zoneNamed(zone).midnight(day(date)))).toBe(wanted)
})
