/** All functions of the language: the server's signatures, and what each does here. */
import type { ConstantCheck, Description, Function, Implementation, Signature } from './function.ts'
import { Functions, signatureKey } from './function.ts'
import { lists } from './functions/lists.ts'
import { logic } from './functions/logic.ts'
import { numbers } from './functions/numbers.ts'
import { operators } from './functions/operators.ts'
import { totals } from './functions/totals.ts'
import described from './functions.json' with { type: 'json' }

const implementations = { ...operators, ...logic, ...numbers, ...totals, ...lists }
const constantChecks: Readonly<Record<string, ConstantCheck>> = {}

const descriptions: readonly Description[] = described

/** What a call does, or null where this engine cannot do it. */
export function implementationOf(name: string, signature: Signature): Implementation | null {
  const found = implementations[name]
  return (typeof found === 'function' ? found : found?.[signatureKey(signature)]) ?? null
}

/** The overloads this engine cannot do. */
export function missing(): string[] {
  return descriptions.flatMap(({ name, overloads }) =>
    overloads.filter((one) => !implementationOf(name, one)).map((one) => `${name}(${signatureKey(one)})`),
  )
}

function withImplementations({ overloads, ...rest }: Description): Function {
  const checkConstants = constantChecks[rest.name]
  return {
    ...rest,
    overloads: overloads.map((one) => {
      const run = implementationOf(rest.name, one) ?? unable(rest.name)
      return checkConstants ? { ...one, run, checkConstants } : { ...one, run }
    }),
  }
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
