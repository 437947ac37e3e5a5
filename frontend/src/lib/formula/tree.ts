/** What a formula is once it is read: a tree that names fields by their unchanging names. */
import type { Decimal } from './decimal.ts'
import type { Span } from './text.ts'

export const mostCharacters = 8192
export const mostNodes = 500
export const mostDepth = 64

/** A value written down; null is empty. */
export interface Literal {
  readonly kind: 'literal'
  readonly value: string | Decimal | boolean | null
  readonly span: Span
}

/** A field of the record, or one reached over links. */
export interface Field {
  readonly kind: 'field'
  readonly names: readonly string[]
  readonly span: Span
}

/** Inside FILTER, MAP and their like: the row at hand, or a field of it. */
export interface Row {
  readonly kind: 'row'
  readonly names: readonly string[]
  readonly span: Span
}

/** A list written down. */
export interface Items {
  readonly kind: 'items'
  readonly items: readonly Node[]
  readonly span: Span
}

/** A function at work. Operators are functions that go by their sign; `-` with one argument is NEGATE. */
export interface Call {
  readonly kind: 'call'
  readonly function: string
  readonly arguments: readonly Node[]
  readonly span: Span
}

export type Node = Literal | Field | Row | Items | Call

export function children(node: Node): readonly Node[] {
  if (node.kind === 'call') return node.arguments
  return node.kind === 'items' ? node.items : []
}

/** The node and all below it, parents first. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of children(node)) yield* walk(child)
}

/** The fields of the record a formula looks at, as often as it does. */
export function pathsIn(node: Node): (readonly string[])[] {
  return [...walk(node)].flatMap((one) => (one.kind === 'field' ? [one.names] : []))
}
