/** A formula as a condition of fields, tests and values, where it has that form. */
import type { Field } from '@/api/types'
import type { Filter, Leaf } from '@/lib/filter'
import { isLeaf, members } from '@/lib/filter'
import { dayFrom, isoDay } from '@/lib/formula/calendar'
import { Decimal, numberText } from '@/lib/formula/decimal'
import type { Span } from '@/lib/formula/text'
import type { Call, Node } from '@/lib/formula/tree'
import { kindOf } from '@/registry/registry'
import type { ObjectScope } from './object_scope'

/** What stands in the way of sentences, and where. */
export type Obstacle = 'fields_compared' | 'calculated' | 'many' | 'test' | 'function'

export type AsCondition = { readonly filter: Filter } | { readonly obstacle: Obstacle; readonly span: Span }

class ObstacleError extends Error {
  readonly obstacle: Obstacle
  readonly span: Span

  constructor(obstacle: Obstacle, { span }: Node) {
    super(obstacle)
    this.obstacle = obstacle
    this.span = span
  }
}

/** `node` is the checked tree without conversions: its names are API names, its options values. */
export function formulaAsCondition(node: Node, scope: ObjectScope): AsCondition {
  try {
    return { filter: read(node, scope) }
  } catch (error) {
    if (error instanceof ObstacleError) return { obstacle: error.obstacle, span: error.span }
    throw error
  }
}

const operators: Readonly<Record<string, string>> = { '=': 'eq', '<>': 'ne', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' }
const turned: Readonly<Record<string, string>> = { eq: 'eq', ne: 'ne', lt: 'gt', lte: 'gte', gt: 'lt', gte: 'lte' }

function read(node: Node, scope: ObjectScope): Filter {
  if (node.kind === 'field') return yes(node, scope, true)
  if (node.kind !== 'call') throw new ObstacleError('calculated', node)
  const [first, second] = node.arguments
  switch (node.function) {
    case 'AND':
    case 'OR':
      return grouped(node.function === 'AND' ? 'and' : 'or', node.arguments.map((one) => read(one, scope)), node)
    case 'NOT':
      return first ? negated(first, scope) : missing(node)
    case 'ISBLANK':
      return leaf(first, scope, 'is_empty')
    case 'WITHIN':
      return leaf(first, scope, 'within', period(node))
    case 'IN':
      if (first?.kind === 'call' && first.function === 'KIND') return second?.kind === 'items' ? leaf(first.arguments[0], scope, 'kind_in', second.items.map((one) => literal(one))) : missing(node)
      if (second?.kind === 'call') return mine(node, first, second, scope)
      return second?.kind === 'items' ? leaf(first, scope, 'in', second.items.map((one) => literal(one))) : missing(node)
    case 'CONTAIN':
      if (second?.kind === 'call' && second.function === 'CURRENT_USER') return leaf(first, scope, 'is_me')
      return leaf(first, scope, 'has_any', second ? [literal(second)] : [])
    case 'CONTAINSALL':
      return second?.kind === 'items' ? leaf(first, scope, 'has_all', second.items.map((one) => literal(one))) : missing(node)
    case 'ENDSWITH':
      return ending(node, scope)
    default:
      return comparison(node, scope)
  }
}

function missing(node: Node): never {
  throw new ObstacleError('function', node)
}

/** `{owner} in MY_TEAM()`, `{owner.department} in MY_DEPARTMENTS()`. */
function mine(node: Call, field: Node | undefined, whose: Call, scope: ObjectScope): Leaf {
  if (whose.function === 'MY_TEAM') return leaf(field, scope, 'reports_to_me')
  const own = field?.kind === 'field' && field.names.length === 1 ? fieldOf(field.names[0] ?? '', scope) : null
  if (whose.function === 'MY_DEPARTMENTS' && own?.operators.includes('in_my_department')) return leaf(field, scope, 'in_my_department')
  if (whose.function !== 'MY_DEPARTMENTS' || field?.kind !== 'field' || field.names.at(-1) !== 'department') return missing(node)
  return leaf({ ...field, names: field.names.slice(0, -1) }, scope, 'in_my_department')
}

/** `this_month`, or `{last_days: 30}`. */
function period({ arguments: [, name, days] }: Call): unknown {
  if (!name) return undefined
  return days ? { [String(literal(name))]: literal(days) } : literal(name)
}

function comparison(node: Call, scope: ObjectScope): Filter {
  const op = operators[node.function]
  const [left, right] = node.arguments
  if (!op || !left || !right) return missing(node)
  const asker = [left, right].find((one) => one.kind === 'call' && one.function === 'CURRENT_USER')
  if (asker && (op === 'eq' || op === 'ne')) {
    const isMe = leaf(left === asker ? right : left, scope, 'is_me')
    return op === 'eq' ? isMe : { not: isMe }
  }
  if (left.kind === 'call' && left.function === 'KIND' && op === 'eq') return leaf(left.arguments[0], scope, 'kind_in', [literal(right)])
  if (left.kind === 'call' && left.function === 'SEARCH') return searching(node, left, right, op, scope)
  if (left.kind === 'field' && right.kind === 'field') throw new ObstacleError('fields_compared', node)
  if (right.kind === 'field') return leaf(right, scope, turned[op] ?? op, literal(left))
  if (left.kind !== 'field') throw new ObstacleError('calculated', left)
  return leaf(left, scope, op, literal(right))
}

/** `SEARCH("x", {name}) > 0` finds it anywhere, `= 1` at the start. */
function searching(node: Call, { arguments: given }: Call, right: Node, op: string, scope: ObjectScope): Leaf {
  const [text, field, start] = given
  const place = right.kind === 'literal' && right.value instanceof Decimal ? numberText(right.value) : null
  const test = op === 'gt' && place === '0' ? 'contains' : op === 'eq' && place === '1' ? 'starts_with' : null
  return text && test && !start ? leaf(field, scope, test, literal(text)) : missing(node)
}

function ending(node: Call, scope: ObjectScope): Leaf {
  const lowered = (one: Node | undefined): Node | undefined => (one?.kind === 'call' && one.function === 'LOWER' ? one.arguments[0] : undefined)
  const field = lowered(node.arguments[0])
  const text = lowered(node.arguments[1])
  return field && text ? leaf(field, scope, 'ends_with', literal(text)) : missing(node)
}

const opposites: Readonly<Record<string, string>> = { is_empty: 'is_not_empty', in: 'not_in', contains: 'not_contains', has_any: 'has_none' }

function negated(node: Node, scope: ObjectScope): Filter {
  if (node.kind === 'field') return yes(node, scope, false)
  const inner = read(node, scope)
  const op = isLeaf(inner) ? opposites[inner.op] : undefined
  return isLeaf(inner) && op && fieldOf(inner.field, scope)?.operators.includes(op) ? { ...inner, op } : { not: inner }
}

function yes(node: Node, scope: ObjectScope, value: boolean): Leaf {
  return leaf(node, scope, 'eq', value)
}

function fieldOf(path: string, scope: ObjectScope): Field | null {
  const found = scope.path(path.split('.'))
  return 'unknown' in found ? null : found.field
}

function leaf(node: Node | undefined, scope: ObjectScope, op: string, value?: unknown): Leaf {
  if (node?.kind !== 'field') throw new ObstacleError('calculated', node ?? { kind: 'literal', value: null, span: [0, 0] })
  const path = scope.path(node.names)
  if ('unknown' in path || !path.field) throw new ObstacleError('many', node)
  if (path.hops.some((hop) => hop.isBackwards)) throw new ObstacleError('many', node)
  if (!path.field.operators.includes(op)) throw new ObstacleError('test', node)
  const { holds } = kindOf(path.field)
  if (typeof value === 'boolean' && holds !== 'boolean') throw new ObstacleError('test', node)
  return value === undefined ? { field: node.names.join('.'), op } : { field: node.names.join('.'), op, value }
}

function literal(node: Node): unknown {
  if (node.kind === 'call' && node.function === 'DATE') {
    const [year, month, day] = node.arguments.map((one) => Number(literal(one)))
    const found = dayFrom(year ?? 0, month ?? 0, day ?? 0)
    if (found) return isoDay(found)
  }
  if (node.kind === 'call' && node.function === 'DATETIME' && node.arguments.length === 1 && node.arguments[0]) return literal(node.arguments[0])
  if (node.kind !== 'literal' || node.value === null) throw new ObstacleError('calculated', node)
  if (node.value instanceof Decimal) {
    const text = numberText(node.value)
    // A sentence keeps numbers as the page does; one it cannot keep exactly stays a formula.
    if (String(Number(text)) !== text) throw new ObstacleError('calculated', node)
    return Number(text)
  }
  return node.value
}

/** One group of parts joined alike; spans and several options become one test again. */
function grouped(join: 'and' | 'or', parts: readonly Filter[], node: Node): Filter {
  const flat = parts.flatMap((part) => (join in part ? members(part) : [part]))
  const merged: Filter[] = []
  for (const part of flat) {
    const last = merged.at(-1)
    const one = last && isLeaf(last) && isLeaf(part) ? (join === 'and' ? span(last, part) : options(last, part)) : null
    if (one) merged.splice(-1, 1, one)
    else merged.push(part)
  }
  const [only] = merged
  if (!only) return missing(node)
  return merged.length === 1 ? only : join === 'and' ? { and: merged } : { or: merged }
}

function span(from: Leaf, to: Leaf): Leaf | null {
  if (from.field !== to.field || from.op !== 'gte' || to.op !== 'lte') return null
  return { field: from.field, op: 'between', value: [from.value, to.value] }
}

function options(first: Leaf, second: Leaf): Leaf | null {
  if (first.field !== second.field || first.op !== 'has_any' || second.op !== 'has_any') return null
  return { ...first, value: [...(first.value as unknown[]), ...(second.value as unknown[])] }
}
