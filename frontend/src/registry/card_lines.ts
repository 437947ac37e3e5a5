/** Which fields stand on which line of a card or of a short row. */
import type { Field, ObjectDefinition } from '@/api/types'
import { kindOf } from './registry'

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

export function cardLines(object: ObjectDefinition, names: readonly string[]): CardLines {
  const fields = names
    .filter((name) => name !== 'name')
    .map((name) => object.fields.find((field) => field.name === name && field.retired_at === null))
    .filter((field) => field !== undefined)
  const isPerson = (field: Field): boolean => field.operators.includes('is_me')
  const isDate = (field: Field): boolean => field.operators.includes('within')
  const isFigure = (field: Field): boolean => kindOf(field).align === 'right' && !isDate(field)
  const party = fields.find((field) => field.options.target !== undefined && kindOf(field).holds === 'reference' && !isPerson(field)) ?? null
  const people = fields.filter(isPerson)
  const dates = fields.filter(isDate)
  const figures = fields.filter(isFigure)
  const placed = new Set([party, ...people, ...dates, ...figures])
  return { party, figures: figures.slice(0, 2), dates: dates.slice(0, 1), people: people.slice(0, 1), rest: fields.filter((field) => !placed.has(field)).slice(0, 2) }
}
