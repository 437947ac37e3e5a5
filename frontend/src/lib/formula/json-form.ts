/** The stored form of a tree: short JSON arrays, told apart by their first word. */
import { decimal, exactText } from './decimal.ts'
import { FormulaError } from './errors.ts'
import messages from './messages.json' with { type: 'json' }
import type { Span } from './text.ts'
import { fill, nowhere } from './text.ts'
import type { Node } from './tree.ts'
import { mostDepth, mostNodes } from './tree.ts'

const plain = /^-?[0-9]+(?:\.[0-9]+)?$/

export type Json = readonly (string | boolean | Json)[]

/** `["number","1.5"]`, `["text","a"]`, `["boolean",true]`, `["empty"]`, `["field","account","name"]`, `["row","amount"]`,
 * `["list",…]`, `["call","SUM",…]`. */
export function toJson(node: Node): Json {
  if (node.kind === 'field' || node.kind === 'row') return [node.kind, ...node.names]
  if (node.kind === 'items') return ['list', ...node.items.map(toJson)]
  if (node.kind === 'call') return ['call', node.function, ...node.arguments.map(toJson)]
  if (node.value === null) return ['empty']
  if (typeof node.value === 'boolean') return ['boolean', node.value]
  return typeof node.value === 'string' ? ['text', node.value] : ['number', exactText(node.value)]
}

/** The tree of a stored form. Throws FormulaError when it is none, or larger than formulas may be. */
export function fromJson(raw: unknown): Node {
  let left = mostNodes

  function read(raw: unknown, depth: number): Node {
    left -= 1
    if (left < 0 || depth > mostDepth) throw tooLarge()
    if (!Array.isArray(raw)) throw broken()
    const [word, ...rest] = raw as unknown[]
    if (word === 'list') return { kind: 'items', items: rest.map((one) => read(one, depth + 1)), span: nowhere }
    if (word === 'call') {
      const [name, ...given] = rest
      if (typeof name !== 'string') throw broken()
      return { kind: 'call', function: name, arguments: given.map((one) => read(one, depth + 1)), span: nowhere }
    }
    return leaf(word, rest)
  }

  return read(raw, 1)
}

export function tooLarge(span: Span = nowhere): FormulaError {
  return new FormulaError('too_large', fill(messages.TOO_MUCH, { nodes: mostNodes, depth: mostDepth }), span)
}

function broken(): FormulaError {
  return new FormulaError('broken', messages.BROKEN)
}

function leaf(word: unknown, rest: readonly unknown[]): Node {
  const [only] = rest
  if (word === 'field' || word === 'row') {
    const names = rest.filter((one) => typeof one === 'string')
    if (names.length === rest.length && names.length <= 10 && (word === 'row' || names.length > 0)) {
      return { kind: word, names, span: nowhere }
    }
  }
  if (word === 'empty' && rest.length === 0) return { kind: 'literal', value: null, span: nowhere }
  if (rest.length !== 1) throw broken()
  if (word === 'text' && typeof only === 'string') return { kind: 'literal', value: only, span: nowhere }
  if (word === 'boolean' && typeof only === 'boolean') return { kind: 'literal', value: only, span: nowhere }
  const isNumber = word === 'number' && typeof only === 'string' && only.length <= 100 && plain.test(only)
  const value = isNumber ? decimal(only) : null
  if (value === null) throw broken()
  return { kind: 'literal', value, span: nowhere }
}
