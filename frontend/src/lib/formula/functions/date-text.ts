/** Writing days and times by a format, as spreadsheets do. */
import { civil, padded, weekday } from '../calendar.ts'
import type { Environment } from '../environment.ts'
import { FormulaError } from '../errors.ts'
import type { ConstantCheck, ConstantChecks, Implementations } from '../function.ts'
import messages from '../messages.json' with { type: 'json' }
import type { Span } from '../text.ts'
import { fill } from '../text.ts'
import type { Node } from '../tree.ts'
import type { Time } from './date-parts.ts'
import { dayAt, secondsAt } from './date-parts.ts'

const parts = 'yyyy|yy|m{1,4}|d{1,4}|a{3,4}|h{1,2}|s{1,2}|am/pm|上午/下午'
/** What stands for a part of a date, in any case of letters; other characters stand for themselves, as does what is quoted. */
const pieceForm = new RegExp(`'[^']*'|"[^"]*"|${parts}|.`, 'gisu')
const partForm = new RegExp(`^(?:${parts})$`, 'i')
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const chineseWeekdays = '一二三四五六日'
const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]

/** What a calendar and a clock show. */
interface Shown {
  readonly year: number
  readonly month: number
  readonly day: number
  /** 0 is Monday. */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const written: Readonly<Record<string, (at: Shown) => string>> = {
  yyyy: ({ year }) => padded(year, 4),
  yy: ({ year }) => padded(year % 100, 2),
  MMMM: ({ month }) => months[month - 1] ?? '',
  MMM: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  MM: ({ month }) => padded(month, 2),
  M: ({ month }) => String(month),
  dddd: (at) => weekdays[at.weekday] ?? '',
  ddd: (at) => (weekdays[at.weekday] ?? '').slice(0, 3),
  dd: ({ day }) => padded(day, 2),
  d: ({ day }) => String(day),
  aaaa: (at) => `星期${chineseWeekdays.charAt(at.weekday)}`,
  aaa: (at) => chineseWeekdays.charAt(at.weekday),
  HH: ({ hour }) => padded(hour, 2),
  H: ({ hour }) => String(hour),
  hh: ({ hour }) => padded(twelfth(hour), 2),
  h: ({ hour }) => String(twelfth(hour)),
  mm: ({ minute }) => padded(minute, 2),
  m: ({ minute }) => String(minute),
  ss: ({ second }) => padded(second, 2),
  s: ({ second }) => String(second),
  'am/pm': ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  '上午/下午': ({ hour }) => (hour < 12 ? '上午' : '下午'),
}

function twelfth(hour: number): number {
  return ((hour + 11) % 12) + 1
}

/** The format cut into parts of a date, by their name, and texts, which have none.
 *
 * `m` is minutes beside hours or seconds and months elsewhere, whatever its case; hours are twelve beside AM/PM. */
function pieces(format: string): readonly (readonly [string | null, string])[] {
  const found = format.match(pieceForm) ?? []
  const kinds = found.map((one) => (partForm.test(one) ? one.toLowerCase().charAt(0) : ''))
  const inHalves = found.some((one) => one.toLowerCase() === 'am/pm' || one === '上午/下午')
  return found.map((piece, place) => {
    const kind = kinds[place]
    if (!kind) return [null, /^(?:'[^']*'|"[^"]*")$/.test(piece) ? piece.slice(1, -1) : piece]
    const name = piece.toLowerCase()
    const before = kinds.slice(0, place).reverse().find(Boolean)
    const after = kinds.slice(place + 1).find(Boolean)
    const isMonth = kind === 'm' && (name.length > 2 || !(before === 'h' || after === 's'))
    return [isMonth || (kind === 'h' && !inHalves) ? name.toUpperCase() : name, piece]
  })
}

const check: ConstantCheck = (span: Span, _: Node, format?: Node) => {
  const text = format?.kind === 'literal' && typeof format.value === 'string' ? format.value : ''
  if (pieces(text).every(([name]) => name === null)) {
    throw new FormulaError('no_date_format', fill(messages.NO_DATE_FORMAT, { format: text }), format?.span ?? span)
  }
}

function formatted(environment: Environment, value: Time | null, format: string): string | null {
  if (value === null) return null
  const day = dayAt(environment, value)
  const seconds = secondsAt(environment, value)
  const at = {
    ...civil(day.number),
    weekday: weekday(day),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  }
  return pieces(format)
    .map(([name, text]) => (name === null ? text : (written[name]?.(at) ?? '')))
    .join('')
}

export const dateText: Implementations = { TEXT: { 'moment, text': formatted } }
export const formatChecks: ConstantChecks = { TEXT: { 'moment, text': check } }
