/** Regular expressions over text. They are written out, so that they are known to be right before any record is. */
import { Decimal, decimal, integer, isWhole, isZero, numberText } from '../decimal.ts'
import { FormulaError, noValue } from '../errors.ts'
import type { ConstantCheck, Implementations } from '../function.ts'
import messages from '../messages.json' with { type: 'json' }
import { automaton, groupsOf, parts } from '../regex-automaton.ts'
import { mostCharacters, refuseCostly } from '../regex-cost.ts'
import { readRegex, RegexError } from '../regex-syntax.ts'
import type { Span } from '../text.ts'
import { fill, length } from '../text.ts'
import type { Node } from '../tree.ts'
import { bounded } from './text-sizes.ts'

const mostToPut = 200
const reference = /\$([1-9$])/g

type Characters = string | null

function written(node: Node): string {
  return node.kind === 'literal' && typeof node.value === 'string' ? node.value : ''
}

function checked(pattern: Node): string {
  const text = written(pattern)
  try {
    refuseCostly(text)
  } catch (error) {
    throw error instanceof RegexError ? error.at(pattern.span, text) : error
  }
  return text
}

function check(_: Span, _text: Node, pattern: Node, group?: Node): void {
  const text = checked(pattern)
  const value = group?.kind === 'literal' ? group.value : null
  if (group && value instanceof Decimal && !isZero(value)) refer(text, value, group)
}

function checkReplacing(_: Span, _text: Node, pattern: Node, replacement: Node): void {
  const text = checked(pattern)
  const put = written(replacement)
  if (automaton(text).mayBeNothing) throw new FormulaError('matches_nothing', messages.MATCHES_NOTHING, pattern.span)
  if (length(put) > mostToPut) throw new FormulaError('too_long_to_put', messages.TOO_LONG_TO_PUT, replacement.span)
  for (const [, sign = ''] of put.matchAll(reference)) {
    const number = decimal(sign)
    if (number) refer(text, number, replacement)
  }
}

function refer(pattern: string, group: Decimal, node: Node): void {
  if (isWhole(group) && groupsOf(readRegex(pattern)).includes(Number(integer(group)))) return
  throw new FormulaError('no_group', fill(messages.NO_GROUP, { number: numberText(group) }), node.span)
}

function extracted(text: Characters, pattern: string, group: Decimal | null = null): Characters {
  const signs = Array.from(text ?? '')
  const number = group === null ? 0 : Number(integer(group))
  if (signs.length > mostCharacters(pattern, Math.min(number, 1))) throw noValue('out_of_range')
  const { value: found } = automaton(pattern).matches(signs).next()
  if (!found) return null
  if (number === 0) return signs.slice(...found).join('') || null
  return parts(pattern, [number]).of(signs, found).get(number) || null
}

function replaced(text: Characters, pattern: string, replacement: Characters): Characters {
  const signs = Array.from(text ?? '')
  const put = replacement ?? ''
  const referred = [...new Set(Array.from(put.matchAll(reference), ([, sign]) => Number(sign)))].filter((one) => one > 0)
  if (signs.length > mostCharacters(pattern, referred.length)) throw noValue('out_of_range')
  const found: string[] = []
  let done = 0
  for (const match of automaton(pattern).matches(signs)) {
    const groups = referred.length > 0 ? parts(pattern, referred).of(signs, match) : new Map<number, string>()
    found.push(...signs.slice(done, match[0]))
    found.push(put.replace(reference, (_, sign: string) => (sign === '$' ? '$' : (groups.get(Number(sign)) ?? ''))))
    done = match[1]
  }
  const all = found.join('') + signs.slice(done).join('')
  bounded(length(all))
  return all || null
}

export const regex: Implementations = {
  REGEXMATCH: (text: Characters, pattern: string) => automaton(pattern).starts(Array.from(text ?? '')).length > 0,
  REGEXEXTRACT: extracted,
  REGEXREPLACE: replaced,
}

export const regexChecks: Readonly<Record<string, Readonly<Record<string, ConstantCheck>>>> = {
  REGEXMATCH: { 'as_text, text': check as ConstantCheck },
  REGEXEXTRACT: { 'as_text, text, number': check as ConstantCheck },
  REGEXREPLACE: { 'as_text, text, text': checkReplacing as ConstantCheck },
}
