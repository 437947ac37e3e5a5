/** A tree with its types. */
import type { Function, Overload } from './function.ts'
import type { Node } from './tree.ts'
import type { Type } from './types.ts'

/** A node, what it comes to, and for a call the overload and the arguments as that wants them. */
export interface Typed {
  readonly node: Node
  readonly type: Type
  readonly arguments: readonly Typed[]
  readonly call: { readonly function: Function; readonly overload: Overload } | null
  /** What a conversion was put around; it is not stored. */
  readonly inner: Typed | null
}

export function typed(node: Node, type: Type, more: Partial<Typed> = {}): Typed {
  return { node, type, arguments: [], call: null, inner: null, ...more }
}

/** The node without conversions. */
export function stored(one: Typed): Node {
  return one.inner ? stored(one.inner) : one.node
}
