/** What stands on which line of a card, and what a card warns of. */
import type { Field, ObjectDefinition, RecordRow } from '@/api/types'
import { daysBetween } from '@/lib/format'
import { kindOf } from '@/registry/registry'

export interface CardLines {
  /** Under the name: the first link, an account mostly. */
  party: Field | null
  /** What is compared: figures at the left, the first one strong. */
  figures: Field[]
  /** When and who, at the right. */
  dates: Field[]
  people: Field[]
  /** Anything else, on the last line. */
  rest: Field[]
}

/** An open stage in which nothing was changed for so many days is stalled. There are no activities yet to count from. */
export const stalledAfter = 14

export function cardLines(object: ObjectDefinition, names: readonly string[]): CardLines {
  const fields = names
    .filter((name) => name !== 'name')
    .map((name) => object.fields.find((field) => field.name === name && field.retired_at === null))
    .filter((field) => field !== undefined)
  const isPerson = (field: Field): boolean => field.operators.includes('is_me')
  const isDate = (field: Field): boolean => field.operators.includes('within')
  const isFigure = (field: Field): boolean => kindOf(field).align === 'right' && !isDate(field)
  const party = fields.find((field) => field.options.target !== undefined && !isPerson(field)) ?? null
  const people = fields.filter(isPerson)
  const dates = fields.filter(isDate)
  const figures = fields.filter(isFigure)
  const placed = new Set([party, ...people, ...dates, ...figures])
  return { party, figures: figures.slice(0, 2), dates: dates.slice(0, 1), people: people.slice(0, 1), rest: fields.filter((field) => !placed.has(field)).slice(0, 2) }
}

export function stalledDays(row: RecordRow, kind: string | undefined, now: Date): number | null {
  const at = row['updated_at']
  if (kind !== 'open' || typeof at !== 'string') return null
  const days = daysBetween(new Date(at), now)
  return days >= stalledAfter ? days : null
}

/** How long a day on the card has passed while the record is still open. */
export function overdueDays(value: unknown, kind: string | undefined, now: Date): number | null {
  if (kind !== 'open' || typeof value !== 'string') return null
  const days = daysBetween(new Date(value.length === 10 ? `${value}T00:00` : value), now)
  return days > 0 ? days : null
}
