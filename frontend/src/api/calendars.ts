/** Work calendars. */
import { useQuery } from '@tanstack/react-query'
import { Calendars } from '@/lib/formula/work-calendar'
import type { ToldCalendar } from '@/lib/formula/work-calendar'
import type { Label } from '@/lib/i18n'
import { send } from './client'
import { keys } from './keys'

/** From and until, in minutes of the day. */
export type Interval = readonly number[]
export interface WorkWeek {
  since: string | null
  /** Monday to Sunday. */
  hours: readonly (readonly Interval[])[]
}
export interface WorkCalendarSettings {
  label: Label
  time_zone: string
  region: string | null
  weeks: readonly WorkWeek[]
}
export interface WorkCalendar extends WorkCalendarSettings {
  name: string
  version: number
  first_year: number
  last_year: number
  published_years: readonly number[]
}
export interface WorkDay {
  day: string
  works: boolean
  minutes: number
  intervals: readonly Interval[]
  special: 'public' | 'own' | null
  name: Label
}
export interface WorkYear {
  year: number
  version: number
  published: boolean
  workdays: number
  minutes: number
  days: readonly WorkDay[]
}
export interface DayWish {
  day: string
  kind: 'rest' | 'work' | 'usual'
  name?: Label
  intervals?: readonly Interval[] | null
}
export interface CalendarEffect {
  calendar: WorkCalendar
  changed_days: number
  recomputed: readonly string[]
}

export function useWorkCalendars(isEnabled = true) {
  return useQuery({
    queryKey: keys.calendars,
    queryFn: async () => (await send<{ calendars: WorkCalendar[] }>('GET', '/calendars')).calendars,
    enabled: isEnabled,
  })
}

export function useWorkYear(name: string, year: number) {
  return useQuery({
    queryKey: keys.calendarYear(name, year),
    queryFn: () => send<WorkYear>('GET', `/calendars/${name}/years/${year}`),
    enabled: name !== '',
  })
}

/** What formulas in the browser reckon by: two years back to two years ahead. */
export function useFormulaCalendars(isEnabled: boolean) {
  return useQuery({
    queryKey: keys.nearCalendars,
    queryFn: async () => new Calendars((await send<{ calendars: Record<string, ToldCalendar> }>('GET', '/calendars/near')).calendars),
    enabled: isEnabled,
    staleTime: 600_000,
    structuralSharing: false,
  })
}

/** What the calendar said up to a change, and who made that change; nobody when the product did. */
export interface CalendarVersion {
  version: number
  until: string
  changed_by: string | null
}

export function useCalendarVersions(name: string) {
  return useQuery({
    queryKey: keys.calendarVersions(name),
    queryFn: async () => (await send<{ versions: CalendarVersion[] }>('GET', `/calendars/${name}/versions`)).versions,
  })
}

export const setCalendar = (name: string, body: WorkCalendarSettings & { version?: number }) =>
  send<CalendarEffect>('PUT', `/calendars/${name}`, { body })
export const setCalendarDays = (name: string, body: { version: number; days: readonly DayWish[] }) =>
  send<CalendarEffect>('PUT', `/calendars/${name}/days`, { body })
export const loadCalendarYear = (name: string, year: number, body: { version: number; days?: readonly DayWish[] }) =>
  send<CalendarEffect>('PUT', `/calendars/${name}/years/${year}`, { body })
export const deleteCalendar = (name: string) => send<void>('DELETE', `/calendars/${name}`)
