/** Formula text → tree, by Pratt's top-down operator precedence (POPL 1973). */
import { decimal, negated } from './decimal.ts'
import { FormulaError } from './errors.ts'
import { tooLarge } from './json-form.ts'
import messages from './messages.json' with { type: 'json' }
import type { Span } from './text.ts'
import { fill, stripped } from './text.ts'
import type { Token } from './tokens.ts'
import { tokensOf } from './tokens.ts'
import type { Field, Literal, Node, Row } from './tree.ts'
import { mostDepth, mostNodes } from './tree.ts'

/** How tightly an operator binds to what stands before it. */
export const binding: ReadonlyMap<string, number> = new Map([
  ['||', 1], ['&&', 2],
  ['=', 3], ['<>', 3], ['<', 3], ['<=', 3], ['>', 3], ['>=', 3], ['in', 3],
  ['&', 4], ['+', 5], ['-', 5], ['*', 6], ['/', 6], ['%', 6], ['^', 7],
])
export const comparison = 3
export const power = 7
const names: ReadonlyMap<string, string> = new Map([['||', 'OR'], ['&&', 'AND'], ['in', 'IN']])

/** What the row at hand is called inside FILTER and its like. */
export const rowWords: ReadonlySet<string> = new Set(['currentvalue', 'row', '当前行', '当前值'])
const constants: ReadonlyMap<string, boolean> = new Map([['TRUE', true], ['FALSE', false], ['真', true], ['假', false]])

/** The tree of a formula, with the names as they were written. Throws FormulaError with the place. */
export function parse(text: string): Node {
  return new Parser(tokensOf(text)).whole()
}

class Parser {
  private readonly tokens: readonly Token[]
  private place = 0
  private nodes = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Node {
    if (this.isAtEnd()) throw new FormulaError('empty_formula', messages.EMPTY_FORMULA)
    const node = this.expression(0)
    if (!this.isAtEnd()) throw unexpected(this.now)
    return node
  }

  private token(place: number): Token {
    const last = this.tokens.length - 1
    return this.tokens[Math.min(place, last)] ?? { kind: 'end', value: '', span: [0, 0] }
  }

  private get now(): Token {
    return this.token(this.place)
  }

  private step(): Token {
    this.place += 1
    return this.token(this.place - 1)
  }

  private isAtEnd(): boolean {
    return this.now.kind === 'end'
  }

  private isSign(sign: string): boolean {
    return this.now.kind === 'sign' && this.now.value === sign
  }

  private count(span: Span): void {
    this.nodes += 1
    if (this.nodes > mostNodes || this.depth > mostDepth) throw tooLarge(span)
  }

  private expression(least: number): Node {
    this.depth += 1
    this.count(this.now.span)
    let left = this.unary()
    for (let tight = bindingOf(this.now); tight > least; tight = bindingOf(this.now)) left = this.infix(left, tight)
    this.depth -= 1
    return left
  }

  private infix(left: Node, tight: number): Node {
    const operator = this.step()
    const right = this.expression(tight === power ? tight - 1 : tight)
    if (tight === comparison && bindingOf(this.now) === comparison) {
      throw new FormulaError('chained_comparison', messages.CHAINED, this.now.span)
    }
    const word = operator.value.toLowerCase()
    return { kind: 'call', function: names.get(word) ?? word, arguments: [left, right], span: [left.span[0], right.span[1]] }
  }

  private unary(): Node {
    return this.isSign('-') ? this.negative() : this.postfix(this.primary())
  }

  private negative(): Node {
    const sign = this.step()
    this.depth += 1
    this.count(sign.span)
    const inner = this.unary()
    this.depth -= 1
    const span: Span = [sign.span[0], inner.span[1]]
    if (inner.kind === 'literal' && inner.value !== null && typeof inner.value === 'object' && inner.value.units !== 0n) {
      return { kind: 'literal', value: negated(inner.value), span }
    }
    return { kind: 'call', function: 'NEGATE', arguments: [inner], span }
  }

  private postfix(first: Node): Node {
    let node = first
    while (this.isSign('.')) {
      this.step()
      const token = this.step()
      if (token.kind === 'field') {
        node = this.reached(node, token)
      } else if (token.kind === 'name') {
        this.expect('(')
        const given = this.arguments(')')
        node = { kind: 'call', function: token.value, arguments: [node, ...given], span: [node.span[0], this.end] }
        this.count(node.span)
      } else {
        throw unexpected(token)
      }
    }
    return node
  }

  /** `{a}.{b}` is the path a.b; `FILTER(…).{b}` takes the field of each row. */
  private reached(node: Node, token: Token): Node {
    const more = namesOf(token)
    const span: Span = [node.span[0], token.span[1]]
    if (node.kind === 'field' || node.kind === 'row') return { kind: node.kind, names: [...node.names, ...more], span }
    this.count(token.span)
    return { kind: 'call', function: 'MAP', arguments: [node, { kind: 'row', names: more, span: token.span }], span }
  }

  private get end(): number {
    return this.token(this.place - 1).span[1]
  }

  private primary(): Node {
    const token = this.step()
    if (token.kind === 'number') return numberOf(token)
    if (token.kind === 'text') return { kind: 'literal', value: token.value || null, span: token.span }
    if (token.kind === 'field') return fieldOf(token)
    if (token.kind === 'name') return this.named(token)
    if (token.kind === 'end') throw new FormulaError('ends_early', messages.ENDS_EARLY, token.span)
    if (token.value === '(') {
      const inner = this.expression(0)
      this.expect(')')
      return inner
    }
    if (token.value === '[') {
      const items = this.arguments(']')
      return { kind: 'items', items, span: [token.span[0], this.end] }
    }
    throw unexpected(token)
  }

  private named(token: Token): Node {
    if (this.isSign('(')) {
      this.step()
      const given = this.arguments(')')
      return { kind: 'call', function: token.value, arguments: given, span: [token.span[0], this.end] }
    }
    const constant = constants.get(token.value.toUpperCase())
    if (constant !== undefined) return { kind: 'literal', value: constant, span: token.span }
    const name = token.value
    const fix = { label: fill(messages.AS_FIELD, { name }), span: token.span, replacement: `{${name}}` }
    throw new FormulaError('bare_name', fill(messages.BARE_NAME, { name }), token.span, fix)
  }

  private arguments(closing: string): Node[] {
    const found: Node[] = []
    if (this.isSign(closing)) {
      this.step()
      return found
    }
    for (;;) {
      found.push(this.expression(0))
      if (!this.isSign(',')) break
      this.step()
    }
    this.expect(closing)
    return found
  }

  private expect(sign: string): void {
    const token = this.step()
    if (token.kind === 'sign' && token.value === sign) return
    const place = this.token(Math.max(this.place - 2, 0)).span[1]
    const fix = { label: fill(messages.ADD_SIGN, { sign }), span: [place, place] as const, replacement: sign }
    throw new FormulaError('missing_sign', fill(messages.MISSING, { sign }), token.span, fix)
  }
}

function bindingOf(token: Token): number {
  const word = token.value.toLowerCase()
  return token.kind === 'sign' || (token.kind === 'name' && word === 'in') ? (binding.get(word) ?? 0) : 0
}

function unexpected(token: Token): FormulaError {
  if (token.kind === 'end') return new FormulaError('ends_early', messages.ENDS_EARLY, token.span)
  const word = token.kind === 'field' ? `{${token.value}}` : token.value
  return new FormulaError('unexpected', fill(messages.UNEXPECTED, { word }), token.span)
}

function numberOf(token: Token): Literal {
  const value = decimal(token.value)
  if (!value || !isModest(token.value)) throw new FormulaError('big_number', messages.BIG_NUMBER, token.span)
  return { kind: 'literal', value, span: token.span }
}

/** At most 38 digits, the first at most 28 places from the point. */
function isModest(written: string): boolean {
  const [mantissa = '', power = '0'] = written.toLowerCase().split('e')
  const [before = '', after = ''] = mantissa.split('.')
  const digits = (before + after).replace(/^0+(?=.)/, '').length
  const first = digits - 1 - after.length + Number(power)
  return digits <= 38 && Math.abs(first) <= 28
}

function namesOf(token: Token): string[] {
  const found = token.value.split('.').map(stripped)
  if (found.includes('')) throw new FormulaError('no_field_name', messages.NO_FIELD_NAME, token.span)
  return found
}

function fieldOf(token: Token): Field | Row {
  const found = namesOf(token)
  const [first = '', ...rest] = found
  if (rowWords.has(first.toLowerCase())) return { kind: 'row', names: rest, span: token.span }
  return { kind: 'field', names: found, span: token.span }
}
