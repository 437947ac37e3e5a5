/** All functions of the language: the server's signatures, and what each does here. */
import type { Description, Function, Implementation, Signature } from './function.ts'
import { Functions, signatureKey } from './function.ts'
import { asker, periodChecks } from './functions/asker.ts'
import { chinese } from './functions/chinese.ts'
import { dateMaking } from './functions/date-making.ts'
import { dateParts, weekChecks } from './functions/date-parts.ts'
import { dateReckoning, unitChecks } from './functions/date-reckoning.ts'
import { dateText, formatChecks } from './functions/date-text.ts'
import { keepEmpty, keepingEmpty } from './functions/keep-empty.ts'
import { links } from './functions/links.ts'
import { lists } from './functions/lists.ts'
import { logic } from './functions/logic.ts'
import { numbers } from './functions/numbers.ts'
import { operators } from './functions/operators.ts'
import { ranking } from './functions/ranking.ts'
import { regex, regexChecks } from './functions/regex.ts'
import { textLists } from './functions/text-lists.ts'
import { patternChecks, textPatterns } from './functions/text-patterns.ts'
import { textSearch } from './functions/text-search.ts'
import { text } from './functions/text.ts'
import { keptTotals, totals } from './functions/totals.ts'
import { workTime } from './functions/work-time.ts'
import described from './functions.json' with { type: 'json' }

const implementations = joined([
  operators, logic, keepEmpty, numbers, totals, ranking, lists, text, textSearch, textLists, textPatterns, links, regex, chinese, dateMaking, dateParts, dateReckoning, dateText, workTime, asker,
])
/** By the function and the patterns of its parameters. */
const constantChecks = joined([patternChecks, regexChecks, weekChecks, unitChecks, formatChecks, periodChecks])

const descriptions: readonly Description[] = described

/** All of them; the ways to call a function may come in several parts. */
function joined<Of>(parts: readonly Readonly<Record<string, Of>>[]): Readonly<Record<string, Of>> {
  const found: Record<string, Of> = {}
  for (const part of parts) {
    for (const [name, one] of Object.entries(part)) {
      const before = found[name]
      found[name] = typeof before === 'object' && typeof one === 'object' ? { ...before, ...one } : one
    }
  }
  return found
}

/** What a call does, or null where this engine cannot do it. */
export function implementationOf(name: string, signature: Signature): Implementation | null {
  const found = implementations[name]
  return (typeof found === 'function' ? found : found?.[signatureKey(signature)]) ?? null
}

/** The overloads this engine cannot do. */
export function missing(): string[] {
  return descriptions.filter((one) => !one.standsFor).flatMap(({ name, overloads }) =>
    overloads.filter((one) => !implementationOf(name, one)).map((one) => `${name}(${signatureKey(one)})`),
  )
}

function withImplementations({ overloads, ...rest }: Description): Function {
  return {
    ...rest,
    overloads: overloads.map((one) => {
      const run = implementationOf(rest.name, one) ?? unable(rest.name)
      const checkConstants = constantChecks[rest.name]?.[signatureKey(one)]
      return { ...one, run, ...(rest.emptyKept && { runKeepingEmpty: kept(rest.name, run) }), ...(checkConstants && { checkConstants }) }
    }),
  }
}

function kept(name: string, run: Implementation): Implementation {
  const found = keptTotals[name]
  return typeof found === 'function' ? found : keepingEmpty(run)
}

function unable(name: string): Implementation {
  return () => {
    throw new TypeError(`${name} has no implementation.`)
  }
}

let made: Functions | null = null

/** Made once: it is the same for everybody. */
export function builtinFunctions(): Functions {
  return (made ??= new Functions(descriptions.map(withImplementations)))
}
