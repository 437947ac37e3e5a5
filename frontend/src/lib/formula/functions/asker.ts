/** Who asks, and what belongs to them; days relative to today; the kinds of stages. */
import type { Decimal } from '../decimal.ts'
import { Decimal as DecimalValue, integer, numberText } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import { FormulaError } from '../errors.ts'
import type { ConstantChecks, Implementations } from '../function.ts'
import messages from '../messages.json' with { type: 'json' }
import { nearest } from '../near-names.ts'
import { counted, mostDays, periodNames, spanOf } from '../periods.ts'
import type { Span } from '../text.ts'
import { fill } from '../text.ts'
import type { Node } from '../tree.ts'
import type { Type } from '../types.ts'
import type { Time } from './date-parts.ts'
import { dayAt } from './date-parts.ts'

function within(environment: Environment, value: Time | null, name: string, days?: Decimal | null): boolean {
  if (value === null) return false
  const [first, after] = spanOf(name, days ? Number(integer(days)) : 0, environment.today)
  const { number } = dayAt(environment, value)
  return first <= number && number < after
}

export const asker: Implementations = {
  CURRENT_USER: (environment: Environment) => environment.person,
  MY_TEAM: (environment: Environment) => environment.team,
  MY_DEPARTMENTS: (environment: Environment) => environment.departments,
  WITHIN: within,
  KIND: (type: Type) => (value: string | null) => (value === null ? null : (type.choices?.kinds?.get(value) ?? null)),
}

function checkPeriod(span: Span, _: Node, name?: Node, days?: Node): void {
  const written = name?.kind === 'literal' && typeof name.value === 'string' ? name.value : ''
  const known = [...periodNames, ...counted]
  const at = name?.span ?? span
  if (!known.includes(written)) {
    const near = nearest(written.toLowerCase(), known)
    const fix = near === null ? null : { label: fill(messages.USE_PERIOD, { name: near }), span: at, replacement: `"${near}"` }
    throw new FormulaError('no_period', fill(messages.NO_PERIOD, { name: written, names: known.join('、') }), at, fix)
  }
  if (!counted.includes(written)) {
    if (days) throw new FormulaError('no_days', fill(messages.PERIOD_WITHOUT_DAYS, { name: written }), days.span)
    return
  }
  const count = days?.kind === 'literal' && days.value instanceof DecimalValue ? Number(numberText(days.value)) : 0
  if (!Number.isInteger(count) || count < 1 || count > mostDays) {
    throw new FormulaError('needs_days', fill(messages.PERIOD_NEEDS_DAYS, { name: written, most: mostDays }), days?.span ?? span)
  }
}

export const periodChecks: ConstantChecks = { WITHIN: { 'moment, text': checkPeriod, 'moment, text, number': checkPeriod } }
