/** The contract of a function of the expression language. Its signature is the server's; what it does is here. */
import type { Environment } from './environment.ts'
import type { Span, Text } from './text.ts'
import type { Node } from './tree.ts'
import type { Value } from './value.ts'

/** A place for an argument. The patterns are those of the server's contract. */
export interface Parameter {
  readonly name: Text
  readonly pattern: string
  readonly optional?: boolean
  /** Stands for any number of arguments; several such in a row repeat as a group. */
  readonly repeats?: boolean
  /** Computed for each item of the first argument, which it calls CurrentValue. */
  readonly perRow?: boolean
  /** Must be written down, so that it is known before any record is. */
  readonly constant?: boolean
  /** What may be written for a constant, or some of it. */
  readonly samples?: readonly string[]
}

export interface Signature {
  readonly parameters: readonly Parameter[]
  readonly result: string
  /** Is given the environment and its arguments unevaluated. */
  readonly lazy?: boolean
  /** Is given the environment ahead of its arguments. */
  readonly inEnvironment?: boolean
  /** Is given the types of its arguments, and returns what is then given their values. */
  readonly byType?: boolean
}

/** What a call does: given the values of its arguments, or what the signature says. */
export type Implementation = (...given: never[]) => Value | ((...given: never[]) => Value)
export type Evaluate<Of extends Value = Value> = (environment: Environment) => Of
/** Looks at constant arguments; throws FormulaError when they make no sense. */
export type ConstantCheck = (span: Span, ...nodes: Node[]) => void

export interface Overload extends Signature {
  readonly run: Implementation
  /** What it does inside a function that keeps empty values empty, where that is something else. */
  readonly runKeepingEmpty?: Implementation
  readonly checkConstants?: ConstantCheck
}

export interface Description<Of extends Signature = Signature> {
  readonly name: string
  /** Its own name, the Chinese one and the aliases. */
  readonly names: readonly string[]
  readonly family: string
  readonly volatility?: string
  /** Inside it, what is empty stays empty. */
  readonly keepsEmpty?: boolean
  /** The field it is another word for: of the record, or with an argument of the person that is there. */
  readonly standsFor?: string
  /** Does something else inside such a function. */
  readonly emptyKept?: boolean
  readonly overloads: readonly Of[]
}

export type Function = Description<Overload>

/** The implementation of all overloads of a function, or one for each, by the patterns of its parameters. */
export type Implementations = Readonly<Record<string, Implementation | Readonly<Record<string, Implementation>>>>

/** What looks at constants, by the function and the patterns of its parameters. */
export type ConstantChecks = Readonly<Record<string, Readonly<Record<string, ConstantCheck>>>>

export function signatureKey(signature: Signature): string {
  return signature.parameters.map((one) => one.pattern).join(', ')
}

/** All functions, found by any of their names in any case. */
export class Functions {
  readonly all: readonly Function[]
  private readonly byName = new Map<string, Function>()
  private kept: Functions | null = null

  constructor(all: readonly Function[]) {
    this.all = all
    for (const one of all) for (const name of one.names) this.byName.set(name.toUpperCase(), one)
  }

  /** The same functions inside one that keeps empty values empty. */
  get keepingEmpty(): Functions {
    return (this.kept ??= new Functions(this.all.map(keepingEmpty)))
  }

  find(name: string): Function | undefined {
    return this.byName.get(name.toUpperCase())
  }
}

function keepingEmpty(one: Function): Function {
  return { ...one, overloads: one.overloads.map((overload) => ({ ...overload, run: overload.runKeepingEmpty ?? overload.run })) }
}
