/** Local time by the rules of IANA zones, as the machine knows them. */
import type { Moment } from './calendar.ts'
import { Day, dayMicroseconds, floorDivided, momentOf, split } from './calendar.ts'

/** Seconds of a stretch looked up at once; no zone changes its clock back and forth within. */
const stretch = 2 ** 19
const million = 1_000_000n

/** Up to `until` the clock is ahead of UTC by `before` seconds, from there on by `after`. */
interface Stretch {
  readonly before: number
  readonly after: number
  readonly until: number
}

export class Zone {
  readonly name: string
  private readonly format: Intl.DateTimeFormat
  private readonly stretches = new Map<number, Stretch>()

  constructor(name: string) {
    this.name = name
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
  }

  /** The microseconds a local clock shows, counted as if it were UTC. */
  local(moment: Moment): bigint {
    return moment.microseconds + BigInt(this.ahead(moment.microseconds)) * million
  }

  /** The day it is there. */
  day(moment: Moment): Day {
    return new Day(split(this.local(moment))[0])
  }

  /** The moment a local clock shows this: the second of two, and by the clock before where it jumps over it. So does PostgreSQL. */
  moment(local: bigint): Moment {
    const before = this.ahead(local - dayMicroseconds)
    const early = local - BigInt(before) * million
    const after = this.ahead(local + dayMicroseconds)
    if (after === before) return momentOf(early)
    const late = local - BigInt(after) * million
    const isEarly = this.ahead(early) === before
    const isLate = this.ahead(late) === after
    if (isEarly !== isLate) return momentOf(isEarly ? early : late)
    return momentOf(early > late ? early : late)
  }

  midnight(day: Day): Moment {
    return this.moment(BigInt(day.number) * dayMicroseconds)
  }

  /** Seconds the clock is ahead of UTC. */
  private ahead(microseconds: bigint): number {
    const seconds = Number(floorDivided(microseconds, million))
    const key = Math.floor(seconds / stretch)
    let found = this.stretches.get(key)
    if (!found) this.stretches.set(key, (found = this.look(key * stretch)))
    return seconds < found.until ? found.before : found.after
  }

  private look(start: number): Stretch {
    let low = start
    let high = start + stretch
    const before = this.asked(low)
    const after = this.asked(high)
    if (before === after) return { before, after, until: high }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.asked(middle) === before) low = middle
      else high = middle
    }
    return { before, after, until: high }
  }

  private asked(seconds: number): number {
    const shown = { day: 0, hour: 0, minute: 0, second: 0 }
    for (const { type, value } of this.format.formatToParts(seconds * 1000)) if (type in shown) shown[type as keyof typeof shown] = Number(value)
    const utc = new Date(seconds * 1000)
    const apart = shown.day - utc.getUTCDate()
    const days = Math.abs(apart) > 1 ? -Math.sign(apart) : apart
    const clock = shown.hour * 3600 + shown.minute * 60 + shown.second
    return days * 86_400 + clock - (utc.getUTCHours() * 3600 + utc.getUTCMinutes() * 60 + utc.getUTCSeconds())
  }
}

const zones = new Map<string, Zone>()

/** The zone of an IANA name. Throws RangeError when there is none. */
export function zoneNamed(name: string): Zone {
  let found = zones.get(name)
  if (!found) zones.set(name, (found = new Zone(name)))
  return found
}
