/** What a formula is evaluated against: the fields of a record, the row at hand, and the moment. */
import type { Day, Moment } from './calendar.ts'
import type { Choices } from './types.ts'
import type { Single, Value } from './value.ts'
import type { Calendars } from './work-calendar.ts'
import { NO_CALENDARS } from './work-calendar.ts'
import type { Zone } from './zones.ts'

export interface Surroundings {
  /** The record's values by path, its names joined by points. */
  readonly fields: ReadonlyMap<string, Value>
  readonly now: Moment
  readonly zone: Zone
  readonly person?: string | null
  /** The person and those who report to them; their department and those below, by id. */
  readonly team?: readonly string[]
  readonly departments?: readonly string[]
  /** The language option labels are written in when they become text. */
  readonly locale?: string
  readonly calendars?: Calendars
}

export class Environment {
  readonly fields: ReadonlyMap<string, Value>
  readonly now: Moment
  readonly zone: Zone
  readonly person: string | null
  readonly team: readonly string[]
  readonly departments: readonly string[]
  readonly locale: string
  readonly calendars: Calendars
  row: Single = null
  private day: Day | null = null

  constructor({ fields, now, zone, person = null, team = [], departments = [], locale = 'zh-CN', calendars = NO_CALENDARS }: Surroundings) {
    this.fields = fields
    this.now = now
    this.zone = zone
    this.person = person
    this.team = team
    this.departments = departments
    this.locale = locale
    this.calendars = calendars
  }

  get today(): Day {
    return (this.day ??= this.zone.day(this.now))
  }

  label(value: string, choices: Choices | null): string {
    const labels = choices?.labels.get(value)
    if (!labels) return value
    return labels[this.locale] || (Object.values(labels)[0] ?? value)
  }
}
