/** Which work calendars a formula asks, and whether there are such. */
import { builtinFunctions } from './builtin.ts'
import { FormulaError } from './errors.ts'
import messages from './messages.json' with { type: 'json' }
import { nearest } from './near-names.ts'
import { fill } from './text.ts'
import type { Node } from './tree.ts'
import { walk } from './tree.ts'
import { standard } from './work-calendar.ts'

/** Throws FormulaError at a calendar that is not there. */
export function checkCalendarNames(node: Node, known: readonly string[]): void {
  for (const call of walk(node)) {
    if (call.kind !== 'call') continue
    const parameters = builtinFunctions().find(call.function)?.overloads[0]?.parameters ?? []
    const given = call.arguments[parameters.findIndex((one) => one.name.en === 'calendar')]
    const name = given?.kind === 'literal' && typeof given.value === 'string' ? given.value : standard
    if (!given || name === standard || known.includes(name)) continue
    const near = nearest(name, known)
    const fix = near === null ? null : { label: fill(messages.USE_CALENDAR, { name: near }), span: given.span, replacement: `"${near}"` }
    throw new FormulaError('no_calendar', fill(messages.NO_CALENDAR, { name, names: [...known].sort().join('、') }), given.span, fix)
  }
}
