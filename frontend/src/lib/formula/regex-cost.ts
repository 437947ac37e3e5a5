/** How long a text a regular expression is looked for in, so that no engine takes longer than two seconds over it.
 * The server's regex_cost.py, which see, comes to the same. */
import messages from './messages.json' with { type: 'json' }
import type { Automaton } from './regex-automaton.ts'
import { automaton } from './regex-automaton.ts'
import type { Regex } from './regex-syntax.ts'
import { readRegex, RegexError } from './regex-syntax.ts'

const mostArcs = 4000
const lengths = [20_000, 10_000, 5000, 2000, 1000, 500, 200, 100]
const budget = 2_000_000_000
const step = 5
const newSet = 1000
const setsKept = 30

/** What the time hangs on; without an end, or too many to be kept: Infinity. */
interface Measure {
  readonly arcs: number
  readonly sets: number
  readonly longest: number
}

/** Throws RegexError for an expression that is wrong or too large to be looked for anywhere. */
export function refuseCostly(written: string): void {
  if (measure(written).arcs > mostArcs) throw new RegexError(0, messages.TOO_LARGE)
}

/** The longest text in which it is looked for, with so many groups told apart. Throws RegexError. */
export function mostCharacters(written: string, groups = 0): number {
  const measured = measure(written)
  return lengths.find((one) => nanoseconds(measured, one, groups) <= budget) ?? 100
}

function nanoseconds({ arcs, sets, longest }: Measure, length: number, groups: number): number {
  const steps = longest <= length ? longest : length / 2
  return length * (steps * step + Math.min(steps, sets) * (newSet + arcs)) * (1 + 4 * groups)
}

const measured = new Map<string, Measure>()

function measure(written: string): Measure {
  let found = measured.get(written)
  if (!found) {
    const states = automaton(written)
    const kinds = states.places.kinds()
    const longest = Math.max(...readRegex(written).map(({ row }) => longestOf(row)))
    measured.set(written, (found = { arcs: states.places.arcs(kinds), sets: setsOf(states, kinds), longest }))
  }
  return found
}

/** Of states that can be reached from a beginning, each with what may come next; Infinity when they are many. */
function setsOf({ places, beginnings }: Automaton, kinds: readonly bigint[]): number {
  const most = Math.max(setsKept, Math.floor((places.size * 3) / 2))
  const known = new Set(beginnings)
  // A set is gone through in the order in which its members were added, those added meanwhile too.
  for (const possible of known) {
    for (const kind of kinds) {
      const reached = places.after(possible & kind)
      if (reached) known.add(reached)
      if (known.size > most) return Infinity
    }
  }
  return known.size * kinds.length
}

function longestOf(regex: Regex): number {
  switch (regex.kind) {
    case 'some':
      return 1
    case 'times':
      return longestOf(regex.part) * (regex.most ?? Infinity)
    case 'group':
      return longestOf(regex.part)
    case 'row':
      return regex.parts.reduce((sum, one) => sum + longestOf(one), 0)
    case 'either':
      return Math.max(...regex.parts.map(longestOf))
  }
}
