/** The values a formula looks at, for some records, read as the person who asks: over links to one and to many. */
import { send } from '@/api/client'
import { fetchRecords } from '@/api/records'
import type { Field, ObjectDefinition, Person, RecordRow } from '@/api/types'
import { parseDay, parseMoment } from '@/lib/formula/calendar'
import { decimal } from '@/lib/formula/decimal'
import type { Node } from '@/lib/formula/tree'
import { walk } from '@/lib/formula/tree'
import type { Single, Value } from '@/lib/formula/value'
import { pathKey, RowValue } from '@/lib/formula/value'
import { kindOf } from '@/registry/registry'
import { isListed, isMany } from './object_scope'
import type { FormulaPath, Hop, ObjectScope } from './object_scope'

/** So many linked records are read by one question; more are not looked at. */
export const mostRows = 500

export type RecordValues = ReadonlyMap<string, Value>

export const nameKey = pathKey(['name'])

/** What a formula looks at: fields of the record, and fields of the rows of its lists. */
export interface Looked {
  readonly paths: readonly (readonly string[])[]
  readonly rows: readonly (readonly string[])[]
}

export function lookedAt(node: Node): Looked {
  const parts = [...walk(node)]
  const unique = (all: (readonly string[])[]) => [...new Map(all.map((one) => [pathKey(one), one])).values()]
  return {
    paths: unique(parts.flatMap((one) => (one.kind === 'field' ? [one.names] : []))),
    rows: unique(parts.flatMap((one) => (one.kind === 'row' && one.names.length > 0 ? [one.names] : []))),
  }
}

/** Whether it looks at nothing but the record itself. */
export function isLocal({ paths, rows }: Looked): boolean {
  return rows.length === 0 && paths.every((one) => one.length === 1 && !one[0]?.includes(':'))
}

/** A value as it comes over the wire, as formulas know it. */
export function formulaValue(field: Field, value: unknown): Value {
  const { holds } = kindOf(field)
  if (value === null || value === undefined) return isListed(field) ? [] : holds === 'boolean' ? false : null
  switch (holds) {
    case 'number':
      return decimal(String(value))
    case 'date':
      return parseDay(String(value))
    case 'date_time':
      return parseMoment(String(value))
    case 'texts':
      return Array.isArray(value) ? value.map(String) : []
    case 'references':
      return idsOf(value).map((id) => new RowValue(id, new Map()))
    case 'reference':
      return new RowValue(idOf(value), named(value))
    case 'boolean':
      return value === true
    case 'files':
    case 'secret':
    case 'data':
      return null
    case 'text':
      return typeof value === 'string' && value !== '' ? value : null
  }
}

/** What the record is called, for those who read the value. */
function named(value: unknown): RecordValues {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : null
  return new Map(typeof name === 'string' ? [[nameKey, name]] : [])
}

function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : String(value)
}

/** What a link holds, to one or to several. */
function idsOf(value: unknown): string[] {
  if (value === null || value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(idOf)
}

/** The values of every path by record. What the person may not read is empty. */
export async function readValues(scope: ObjectScope, ids: readonly string[], looked: Looked): Promise<Map<string, Map<string, Value>>> {
  const found = new Map(ids.map((id) => [id, new Map<string, Value>()]))
  if (ids.length === 0) return found
  const paths = looked.paths.flatMap((names) => {
    const path = scope.path(names)
    return 'unknown' in path ? [] : [path]
  })
  const own = paths.filter((path) => path.hops.length === 0 && !(looked.rows.length > 0 && path.field && kindOf(path.field).holds === 'references'))
  const ways = grouped(paths.filter((path) => !own.includes(path)).map((path) => asWay(scope, path)), (path) => path.names[0] ?? '')
  const links = [...ways.values()].flatMap(([path]) => (path?.hops[0] && !path.hops[0].isBackwards ? [path.hops[0].link.name] : []))
  const fields = [...new Set([...own.flatMap((path) => (path.field ? [path.field.name] : [])), ...links])]
  const records = await recordsOf(scope.object, ids, fields)
  for (const path of own) {
    for (const [id, values] of found) if (path.field) values.set(pathKey(path.names), formulaValue(path.field, records.get(id)?.[path.field.name]))
  }
  await Promise.all([...ways.values()].map((way) => follow(scope, way, records, found, looked)))
  return found
}

/** A field that holds several records leads to them, where formulas look at their fields. */
function asWay(scope: ObjectScope, path: FormulaPath): FormulaPath {
  const target = path.hops.length === 0 ? scope.target(path.names) : null
  return path.field && target ? { ...path, hops: [{ link: path.field, target, isBackwards: false }], field: null } : path
}

async function follow(scope: ObjectScope, way: readonly FormulaPath[], records: ReadonlyMap<string, RecordRow>, found: Map<string, Map<string, Value>>, looked: Looked): Promise<void> {
  const hop = way[0]?.hops[0]
  if (!hop) return
  const led = hop.isBackwards ? await linkedHere(hop, [...found.keys()]) : linked(hop, records)
  const inside = scope.inside(hop.target.name)
  const further = way.map((path) => path.names.slice(1)).filter((names) => names.length > 0)
  const endsHere = way.some((path) => path.names.length === 1)
  const rows = endsHere || way.some((path) => path.field === null) ? looked.rows.filter((names) => 'names' in inside.path(names)) : []
  const next = { paths: endsHere ? [...further, ...rows] : further, rows: looked.rows }
  const values = await readValues(inside, [...new Set([...led.values()].flat())], next)
  for (const [id, own] of found) {
    const children = led.get(id) ?? []
    for (const path of way) own.set(pathKey(path.names), reached(path, hop, children, values))
  }
}

function reached(path: FormulaPath, hop: Hop, children: readonly string[], values: ReadonlyMap<string, ReadonlyMap<string, Value>>): Value {
  const rest = path.names.slice(1)
  if (rest.length === 0) return children.map((child) => new RowValue(child, values.get(child) ?? new Map()))
  const each = children.map((child) => values.get(child)?.get(pathKey(rest)) ?? null)
  if (isMany(hop)) return each.flatMap((one): Single[] => (Array.isArray(one) ? one : [one as Single]))
  return each[0] ?? (path.hops.some(isMany) || (path.field && isListed(path.field)) ? [] : path.field && kindOf(path.field).holds === 'boolean' ? false : null)
}

function linked(hop: Hop, records: ReadonlyMap<string, RecordRow>): Map<string, string[]> {
  return new Map([...records].map(([id, record]) => [id, idsOf(record[hop.link.name])]))
}

async function linkedHere(hop: Hop, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { records } = await fetchRecords(hop.target.name, { filter: { field: hop.link.name, op: isMany({ ...hop, isBackwards: false }) ? 'has_any' : 'in', value: ids }, fields: [hop.link.name], limit: mostRows })
  return new Map(ids.map((id) => [id, records.filter((one) => idsOf(one[hop.link.name]).includes(id)).map((one) => one.id).sort()]))
}

async function recordsOf(object: ObjectDefinition, ids: readonly string[], fields: readonly string[]): Promise<ReadonlyMap<string, RecordRow>> {
  if (fields.length === 0) return new Map()
  if (object.name === 'person') {
    const { people } = await send<{ people: Person[] }>('GET', '/people')
    return new Map(people.filter((person) => ids.includes(person.id)).map((person) => [person.id, person as unknown as RecordRow]))
  }
  const known = fields.filter((name) => object.fields.some((field) => field.name === name))
  if (object.layout.groups.length === 0 && object.name === 'department') return new Map()
  const { records } = await fetchRecords(object.name, { filter: { field: 'id', op: 'in', value: ids }, fields: known, limit: Math.min(mostRows, ids.length) })
  return new Map(records.map((record) => [record.id, record]))
}

function grouped<Of>(all: readonly Of[], keyOf: (one: Of) => string): Map<string, Of[]> {
  const found = new Map<string, Of[]>()
  for (const one of all) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one])
  return found
}
