/** A filter as data, and the small deeds the filter builder does on it. */

export interface Leaf {
  field: string
  op: string
  value?: unknown
}
/** A condition no sentence says: a formula by API names that is true or false. */
export interface FormulaLeaf {
  formula: string
}
export type Filter = Leaf | FormulaLeaf | { and: Filter[] } | { or: Filter[] } | { not: Filter }
export type Group = { and: Filter[] } | { or: Filter[] }
export type Path = readonly number[]

export function isLeaf(filter: Filter): filter is Leaf {
  return 'field' in filter
}

export function isFormula(filter: Filter): filter is FormulaLeaf {
  return 'formula' in filter
}

export function isGroup(filter: Filter): filter is Group {
  return 'and' in filter || 'or' in filter
}

export function joiner(group: Group): 'and' | 'or' {
  return 'and' in group ? 'and' : 'or'
}

export function members(filter: Filter): Filter[] {
  if ('and' in filter) return filter.and
  if ('or' in filter) return filter.or
  if ('not' in filter) return [filter.not]
  return []
}

function groupOf(join: 'and' | 'or', parts: Filter[]): Group {
  return join === 'and' ? { and: parts } : { or: parts }
}

function withMembers(filter: Filter, parts: Filter[]): Filter {
  if ('and' in filter) return { and: parts }
  if ('or' in filter) return { or: parts }
  const [only] = parts
  return only && 'not' in filter ? { not: only } : filter
}

/** Any filter as an and/or group, so that the builder always has a root to add to. */
export function asGroup(filter: Filter | null): Group {
  if (filter === null) return { and: [] }
  return isGroup(filter) ? filter : { and: [filter] }
}

export function at(filter: Filter, path: Path): Filter | undefined {
  return path.reduce<Filter | undefined>((node, index) => (node ? members(node)[index] : undefined), filter)
}

export function replaceAt(filter: Filter, path: Path, replacement: Filter): Filter {
  const [index, ...rest] = path
  if (index === undefined) return replacement
  return withMembers(
    filter,
    members(filter).map((part, position) => (position === index ? replaceAt(part, rest, replacement) : part)),
  )
}

export function removeAt(filter: Filter, path: Path): Filter {
  const [index, ...rest] = path
  if (index === undefined) return { and: [] }
  const parts = members(filter)
  if (rest.length === 0) return withMembers(filter, parts.filter((_, position) => position !== index))
  return withMembers(
    filter,
    parts.map((part, position) => (position === index ? removeAt(part, rest) : part)),
  )
}

export function addTo(filter: Filter, path: Path, part: Filter): Filter {
  const group = at(filter, path)
  if (!group) return filter
  return replaceAt(filter, path, withMembers(group, [...members(group), part]))
}

export function setJoiner(filter: Filter, path: Path, join: 'and' | 'or'): Filter {
  const group = at(filter, path)
  return group ? replaceAt(filter, path, groupOf(join, members(group))) : filter
}

/** A condition that still lacks its value; it is kept in the builder but not yet asked of the server. */
export function isComplete(leaf: Leaf): boolean {
  if (valueless.has(leaf.op)) return true
  const { value } = leaf
  if (value === undefined || value === null || value === '') return false
  if (leaf.op === 'between') return Array.isArray(value) && value.length === 2 && value.every((part) => part !== null && part !== '')
  return !Array.isArray(value) || value.length > 0
}

export const valueless: ReadonlySet<string> = new Set(['is_empty', 'is_not_empty', 'is_me', 'in_my_department', 'reports_to_me'])

/** What is asked of the server: complete conditions only, no empty groups, no groups of one. Null when nothing remains. */
export function tidy(filter: Filter | null): Filter | null {
  if (filter === null) return null
  if (isLeaf(filter)) return isComplete(filter) ? filter : null
  if (isFormula(filter)) return filter.formula.trim() === '' ? null : filter
  if ('not' in filter) {
    const inner = tidy(filter.not)
    return inner ? { not: inner } : null
  }
  const parts = members(filter)
    .map(tidy)
    .filter((part) => part !== null)
  const [first] = parts
  if (!first) return null
  return parts.length === 1 ? first : groupOf(joiner(filter), parts)
}

/** Both must hold. */
export function both(...filters: (Filter | null | undefined)[]): Filter | null {
  return tidy({ and: filters.filter((part) => part !== null && part !== undefined) })
}

export function countLeaves(filter: Filter | null): number {
  if (filter === null) return 0
  if (isLeaf(filter) || isFormula(filter)) return 1
  return members(filter).reduce((sum, part) => sum + countLeaves(part), 0)
}

/** A filter that came from a URL: null unless it has the shape of one. */
export function readFilter(value: unknown): Filter | null {
  if (typeof value !== 'object' || value === null) return null
  const node = value as Record<string, unknown>
  for (const join of ['and', 'or'] as const) {
    const parts = node[join]
    if (Array.isArray(parts)) {
      const read = parts.map(readFilter)
      return read.every((part) => part !== null) ? groupOf(join, read) : null
    }
  }
  if ('not' in node) {
    const inner = readFilter(node['not'])
    return inner ? { not: inner } : null
  }
  if (typeof node['formula'] === 'string') return { formula: node['formula'] }
  if (typeof node['field'] === 'string' && typeof node['op'] === 'string') {
    return 'value' in node ? { field: node['field'], op: node['op'], value: node['value'] } : { field: node['field'], op: node['op'] }
  }
  return null
}
