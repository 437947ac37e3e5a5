/** A condition as the text of a formula, by API names. */
import type { Field } from '@/api/types'
import type { Filter, Leaf } from '@/lib/filter'
import { isFormula, isLeaf, joiner, members } from '@/lib/filter'
import { parseDay } from '@/lib/formula/calendar'
import { quoted } from '@/lib/formula/names'
import { kindOf } from '@/registry/registry'
import type { ObjectScope } from './object_scope'

/** The test that no formula says, with its field. */
export interface Unsayable {
  readonly field: string
  readonly op: string
}

export type AsFormula = { readonly text: string } | { readonly unsayable: Unsayable }

class UnsayableError extends Error {
  readonly leaf: Unsayable

  constructor(leaf: Unsayable) {
    super(`No formula says '${leaf.op}'.`)
    this.leaf = leaf
  }
}

export function conditionAsFormula(filter: Filter, scope: ObjectScope): AsFormula {
  try {
    return { text: written(filter, scope, '') }
  } catch (error) {
    if (error instanceof UnsayableError) return { unsayable: error.leaf }
    throw error
  }
}

const signs = { and: '&&', or: '||' }

/** `around` is the sign the part stands beside. */
function written(filter: Filter, scope: ObjectScope, around: string): string {
  if (isLeaf(filter)) return leafText(filter, scope, around)
  // How loosely its signs bind is not looked at: beside others it stands in brackets.
  if (isFormula(filter)) return around === '' ? filter.formula : `(${filter.formula})`
  if ('not' in filter) return `NOT(${written(filter.not, scope, '')})`
  const sign = signs[joiner(filter)]
  const parts = members(filter)
  if (parts.length === 1 && parts[0]) return written(parts[0], scope, around)
  return bracketed(parts.map((part) => written(part, scope, sign)).join(` ${sign} `), sign, around)
}

/** `a || b` beside `&&` needs its brackets. */
function bracketed(text: string, sign: string, around: string): string {
  return around !== '' && around !== sign ? `(${text})` : text
}

const comparisons: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

function leafText(leaf: Leaf, scope: ObjectScope, around: string): string {
  const path = scope.path(leaf.field.split('.'))
  if ('unknown' in path || !path.field) throw new UnsayableError(leaf)
  const { field } = path
  const name = `{${leaf.field}}`
  const one = (value: unknown): string => valueText(field, value, leaf)
  const list = Array.isArray(leaf.value) ? leaf.value : [leaf.value]
  const isYes = kindOf(field).holds === 'boolean'
  const isSeveral = kindOf(field).holds === 'references'
  switch (leaf.op) {
    case 'is_empty':
      return `ISBLANK(${name})`
    case 'is_not_empty':
      return `NOT(ISBLANK(${name}))`
    case 'in':
      return `${name} in [${list.map(one).join(', ')}]`
    case 'not_in':
      return `NOT(${name} in [${list.map(one).join(', ')}])`
    case 'between':
      return bracketed(`${name} >= ${one(list[0])} && ${name} <= ${one(list[1])}`, '&&', around)
    case 'contains':
      return `SEARCH(${one(leaf.value)}, ${name}) > 0`
    case 'not_contains':
      return `NOT(SEARCH(${one(leaf.value)}, ${name}) > 0)`
    case 'starts_with':
      return `SEARCH(${one(leaf.value)}, ${name}) = 1`
    case 'ends_with':
      return `ENDSWITH(LOWER(${name}), LOWER(${one(leaf.value)}))`
    case 'has_all':
      return `CONTAINSALL(${name}, [${list.map(one).join(', ')}])`
    case 'has_any':
      return bracketed(list.map((value) => `CONTAIN(${name}, ${one(value)})`).join(' || '), list.length > 1 ? '||' : around, around)
    case 'has_none':
      return `NOT(${list.map((value) => `CONTAIN(${name}, ${one(value)})`).join(' || ')})`
    case 'within':
      return within(name, leaf)
    case 'kind_in':
      return `KIND(${name}) in [${list.map((kind) => quoted(String(kind))).join(', ')}]`
    case 'is_me':
      return isSeveral ? `CONTAIN(${name}, CURRENT_USER())` : `${name} = CURRENT_USER()`
    case 'reports_to_me':
      if (isSeveral) throw new UnsayableError(leaf)
      return `${name} in MY_TEAM()`
    case 'in_my_department':
      if (isSeveral) throw new UnsayableError(leaf)
      if (kindOf(field).pointsTo?.(field) === 'department') return `${name} in MY_DEPARTMENTS()`
      return `{${leaf.field}.department} in MY_DEPARTMENTS()`
    default: {
      const sign = comparisons[leaf.op]
      if (!sign) throw new UnsayableError(leaf)
      if (isYes && typeof leaf.value === 'boolean') return (leaf.op === 'eq') === leaf.value ? name : `NOT(${name})`
      return `${name} ${sign} ${one(leaf.value)}`
    }
  }
}

/** `this_month`, or `{last_days: 30}`. */
function within(name: string, leaf: Leaf): string {
  const { value } = leaf
  if (typeof value === 'string') return `WITHIN(${name}, ${quoted(value)})`
  const [counted] = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (!counted) throw new UnsayableError(leaf)
  return `WITHIN(${name}, ${quoted(counted[0])}, ${String(counted[1])})`
}

function valueText(field: Field, value: unknown, leaf: Leaf): string {
  const { holds } = kindOf(field)
  if (holds === 'number' && typeof value === 'number') return plainNumber(value)
  if ((holds === 'text' || holds === 'texts') && typeof value === 'string' && value !== '') return quoted(value)
  const day = holds === 'date' && typeof value === 'string' ? parseDay(value) : null
  if (day && typeof value === 'string') return `DATE(${value.split('-').map(Number).join(', ')})`
  if (holds === 'date_time' && typeof value === 'string' && value !== '') return `DATETIME(${quoted(value)})`
  if (holds === 'reference' || holds === 'references') {
    const id = idOf(value)
    if (typeof id === 'string' && id !== '') return quoted(id)
  }
  throw new UnsayableError(leaf)
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value
}

/** Without an exponent, as formulas are written. */
function plainNumber(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text
}
