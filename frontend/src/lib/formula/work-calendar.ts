/** Work calendars as formulas ask them: which days are worked, and in which stretches of time, with running totals. */
import type { Moment } from './calendar.ts'
import { Day, momentOf, parseDay } from './calendar.ts'
import { noValue } from './errors.ts'

/** The name of the calendar that counts where a formula names none. */
export const standard = 'standard'

const minute = 60_000_000n

/** A calendar as the server tells it. Minutes count from 1970-01-01 UTC. */
export interface ToldCalendar {
  readonly firstDay: string
  /** A 1 for every day that is worked, else a 0. */
  readonly works: string
  /** The minutes at which the first day begins and the last one ends. */
  readonly opening: number
  readonly closing: number
  /** By turns the minutes from the end of the stretch before, and the length of the stretch. */
  readonly stretches: readonly number[]
}

export class WorkCalendar {
  private readonly first: number
  private readonly works: readonly number[]
  /** Workdays up to and with each day. */
  private readonly through: readonly number[]
  private readonly workdayNumbers: readonly number[]
  private readonly opening: number
  private readonly closing: number
  private readonly starts: number[] = []
  private readonly before: number[] = []
  private readonly after: number[] = []

  constructor({ firstDay, works, opening, closing, stretches }: ToldCalendar) {
    this.first = parseDay(firstDay)?.number ?? 0
    this.works = Array.from(works, Number)
    let days = 0
    this.through = this.works.map((one) => (days += one))
    this.workdayNumbers = this.works.flatMap((one, place) => (one ? [this.first + place] : []))
    this.opening = opening
    this.closing = closing
    let [end, total] = [opening, 0]
    for (let place = 0; place < stretches.length; place += 2) {
      const start = end + (stretches[place] ?? 0)
      const length = stretches[place + 1] ?? 0
      this.starts.push(start)
      this.before.push(total)
      this.after.push((total += length))
      end = start + length
    }
  }

  /** How many days are worked from one to the other, both counted; less than 0 when they stand the wrong way. */
  workdays(first: Day, last: Day): number {
    const [start, end] = [this.place(first), this.place(last)]
    const apart = at(this.through, end) - at(this.through, start)
    return start <= end ? apart + at(this.works, start) : apart - at(this.works, end)
  }

  /** The workday so many after the day, or before it; the day itself for 0. */
  workday(start: Day, count: number): Day {
    const place = this.place(start)
    if (count === 0) return start
    const through = at(this.through, place)
    const wanted = count > 0 ? through + count - 1 : through - at(this.works, place) + count
    const found = this.workdayNumbers[wanted]
    if (found === undefined) throw noValue('out_of_range')
    return new Day(found)
  }

  /** Microseconds of work from one moment to another. */
  worked(start: Moment, end: Moment): bigint {
    return this.position(end) - this.position(start)
  }

  /** The first moment by which so much work time has passed; for less than 0 the last from which it passes. */
  momentAfter(start: Moment, microseconds: bigint): Moment {
    const position = this.position(start)
    if (microseconds === 0n) return start
    const wanted = position + microseconds
    if (wanted < 0n) throw noValue('out_of_range')
    const minutes = Number(wanted / minute)
    const isWhole = wanted % minute === 0n
    const place = firstAtLeast(this.after, microseconds > 0n && isWhole ? minutes : minutes + 1)
    const begins = this.starts[place]
    if (begins === undefined) throw noValue('out_of_range')
    return momentOf(BigInt(begins - at(this.before, place)) * minute + wanted)
  }

  private place(day: Day): number {
    const place = day.number - this.first
    if (place < 0 || place >= this.works.length) throw noValue('out_of_range')
    return place
  }

  /** Microseconds worked before a moment. */
  private position({ microseconds }: Moment): bigint {
    if (microseconds < BigInt(this.opening) * minute || microseconds >= BigInt(this.closing) * minute) throw noValue('out_of_range')
    const place = firstAtLeast(this.starts, Number(microseconds / minute) + 1) - 1
    if (place < 0) return 0n
    const into = microseconds - BigInt(at(this.starts, place)) * minute
    const length = BigInt(at(this.after, place) - at(this.before, place)) * minute
    return BigInt(at(this.before, place)) * minute + (into < length ? into : length)
  }
}

/** The calendars of a workspace by name, each worked out when first asked for. */
export class Calendars {
  private readonly told: Readonly<Record<string, ToldCalendar>>
  private readonly made = new Map<string, WorkCalendar>()

  constructor(told: Readonly<Record<string, ToldCalendar>>) {
    this.told = told
  }

  /** Throws NoValueError when there is none of the name. */
  find(name: string | null): WorkCalendar {
    const wanted = name || standard
    let found = this.made.get(wanted)
    if (!found) {
      const told = Object.hasOwn(this.told, wanted) ? this.told[wanted] : undefined
      if (!told) throw noValue('not_found')
      this.made.set(wanted, (found = new WorkCalendar(told)))
    }
    return found
  }
}

export const NO_CALENDARS = new Calendars({})

function at(numbers: readonly number[], place: number): number {
  return numbers[place] ?? 0
}

/** The place of the first of rising numbers that is not less. */
function firstAtLeast(numbers: readonly number[], wanted: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(numbers, middle) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
