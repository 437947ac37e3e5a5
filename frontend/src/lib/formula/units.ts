/** The units in which days and time are counted, and the words for them. */
import { FormulaError } from './errors.ts'
import messages from './messages.json' with { type: 'json' }
import { fill, stripped } from './text.ts'
import type { Node } from './tree.ts'

/** Months in a unit of the calendar. */
export const monthsOf: Readonly<Record<string, number>> = { Y: 12, Q: 3, M: 1 }
/** Days in one. */
export const daysOf: Readonly<Record<string, number>> = { W: 7, D: 1 }
/** Seconds in a unit of the clock. */
export const secondsOf: Readonly<Record<string, number>> = { H: 3600, MIN: 60, S: 1 }
export const calendarUnits = ['Y', 'Q', 'M', 'W', 'D']
export const allUnits = [...calendarUnits, 'H', 'MIN', 'S']
/** What can be counted between two days: also months beyond the years and days beyond the months. */
export const unitsBetween = ['Y', 'Q', 'M', 'W', 'D', 'YM', 'MD', 'H', 'MIN', 'S']

const words: Readonly<Record<string, readonly string[]>> = {
  Y: ['YEAR', 'YEARS', '年'],
  Q: ['QUARTER', 'QUARTERS', '季度'],
  M: ['MONTH', 'MONTHS', '月'],
  W: ['WEEK', 'WEEKS', '周'],
  D: ['DAY', 'DAYS', '日', '天'],
  H: ['HOUR', 'HOURS', '小时', '时'],
  MIN: ['MINUTE', 'MINUTES', '分钟', '分'],
  S: ['SECOND', 'SECONDS', '秒'],
}
const byWord = new Map(Object.entries(words).flatMap(([unit, all]) => all.map((word) => [word, unit] as const)))

/** The unit a word stands for; of an unknown word itself. */
export function unitNamed(word: string): string {
  const upper = stripped(word).toUpperCase()
  return byWord.get(upper) ?? upper
}

/** Throws FormulaError unless the argument, if there is one, names one of the units. */
export function checkUnit(units: readonly string[], node: Node | undefined): void {
  if (node?.kind !== 'literal') return
  const unit = typeof node.value === 'string' ? node.value : ''
  if (!units.includes(unitNamed(unit))) throw new FormulaError('no_unit', fill(messages.NO_UNIT, { unit, units: units.join('、') }), node.span)
}
