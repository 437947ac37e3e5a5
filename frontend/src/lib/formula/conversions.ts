/** What the type checker puts around arguments: text out of anything, a time out of a date. */
import { Day, isoDay, Moment, padded, split } from './calendar.ts'
import { Decimal, numberText } from './decimal.ts'
import type { Environment } from './environment.ts'
import type { Function, Implementation, Overload } from './function.ts'
import type { Typed } from './typed.ts'
import { typed } from './typed.ts'
import type { Choices, Type } from './types.ts'
import type { Single, Value } from './value.ts'
import { RowValue } from './value.ts'

/** The plain text of a value: what `&` writes. */
export function textOf(environment: Environment, value: Single): string | null {
  if (value === null || typeof value === 'string') return value
  if (value instanceof Decimal) return numberText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (value instanceof Day) return isoDay(value)
  if (value instanceof Moment) return momentText(environment, value)
  return value instanceof RowValue ? value.id : null
}

function momentText(environment: Environment, moment: Moment): string {
  const [day, rest] = split(environment.zone.local(moment))
  const minutes = Math.floor(rest / 60_000_000)
  return `${isoDay(new Day(day))} ${padded(Math.floor(minutes / 60), 2)}:${padded(minutes % 60, 2)}`
}

function forOneOrMany(convert: (environment: Environment, value: Single) => Single): Implementation {
  return (environment: Environment, value: Value) =>
    Array.isArray(value) ? value.map((one: Single) => convert(environment, one)) : convert(environment, value as Single)
}

function labelled(choices: Choices | null): Implementation {
  return forOneOrMany((environment, value) => (typeof value === 'string' && value ? environment.label(value, choices) : value))
}

function made(name: string, result: string, run: Implementation, inEnvironment = false): Function {
  const place = { name: { zh: '值', en: 'value' }, pattern: 'any' }
  const overload: Overload = { parameters: [place], result, run, inEnvironment }
  return { name, names: [name], family: 'internal', overloads: [overload] }
}

export const AS_TEXT = made('AS_TEXT', 'text', forOneOrMany(textOf), true)
export const AS_DATE_TIME = made(
  'AS_DATE_TIME',
  'date_time',
  forOneOrMany((environment, value) => (value instanceof Day ? environment.zone.midnight(value) : null)),
  true,
)
export const AS_NOTHING = made('AS_NOTHING', 'T', (value: Value) => value)
const AS_NO = made('AS_NOTHING', 'boolean', () => false)

/** The argument with a conversion around it. A choice needs its options to become text. */
export function conversion(chosen: Function, argument: Typed, type: Type): Typed {
  let used = chosen
  if (chosen === AS_NOTHING && type.kind === 'boolean') used = AS_NO
  if (chosen === AS_TEXT && argument.type.kind === 'choice') used = made('AS_TEXT', 'text', labelled(argument.type.choices), true)
  const [overload] = used.overloads
  if (!overload) throw new TypeError('A conversion has one overload.')
  const node = { kind: 'call', function: used.name, arguments: [argument.node], span: argument.node.span } as const
  return typed(node, type, { arguments: [argument], call: { function: used, overload }, inner: argument })
}
