/** Spans of days told relative to today: this month, the last 30 days. */
import type { Day } from './calendar.ts'
import { civil, dayNumber, monthNumber, weekday } from './calendar.ts'

export const counted: readonly string[] = ['last_days', 'next_days']
export const mostDays = 36_500

const near: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
const steps: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 }
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }

export const periodNames: readonly string[] = [
  'today', 'yesterday', 'tomorrow',
  ...['week', 'month', 'quarter', 'year'].flatMap((unit) => ['this', 'last', 'next'].map((which) => `${which}_${unit}`)),
]

/** The numbers of the first day and of the day after the last. Weeks begin on Monday. */
export function spanOf(name: string, days: number, today: Day): readonly [number, number] {
  if (name === 'last_days') return [today.number - days + 1, today.number + 1]
  if (name === 'next_days') return [today.number, today.number + days]
  const apart = near[name]
  if (apart !== undefined) return [today.number + apart, today.number + apart + 1]
  const [which = '', unit = ''] = name.split('_')
  const step = steps[which] ?? 0
  const size = months[unit]
  if (size === undefined) {
    const monday = today.number - weekday(today) + 7 * step
    return [monday, monday + 7]
  }
  const start = (Math.floor(monthNumber(civil(today.number)) / size) + step) * size
  return [firstOf(start), firstOf(start + size)]
}

function firstOf(month: number): number {
  return dayNumber(Math.floor(month / 12), (month % 12) + 1, 1)
}
