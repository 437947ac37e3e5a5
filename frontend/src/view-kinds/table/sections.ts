/** The groups of a table with their counts and totals, and what stands at its foot. */
import { useMemo } from 'react'
import { useAggregate } from '@/api/records'
import type { AggregateOp, Filter, Field, Measure, ObjectDefinition, Reference } from '@/api/types'
import { both } from '@/lib/filter'
import { currentLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ViewState } from '@/registry/view_kind'
import type { Column } from './columns'

export type Total = number | string | null

export interface Section {
  key: string
  /** The value its records share; undefined for a table without groups. */
  value: unknown
  filter: Filter | null
  count: number | null
  totals: ReadonlyMap<string, Total>
}

/** What the foot of each column says, by its path. */
export type Totals = ReadonlyMap<string, AggregateOp>

export function startingTotals(columns: readonly Column[], chosen: Readonly<Record<string, AggregateOp | 'none'>>): Totals {
  const totals = new Map<string, AggregateOp>()
  for (const { path, field } of columns) {
    const op = chosen[path] ?? (field.aggregates.includes(kindOf(field).summary ?? '') ? kindOf(field).summary : undefined)
    if (op && op !== 'none' && field.aggregates.includes(op)) totals.set(path, op)
  }
  return totals
}

function keyOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? (value as Reference).id : String(value)
}

function filterOf(field: Field, value: unknown): Filter {
  if (value === null) return { field: field.name, op: 'is_empty' }
  const { groupsBy, toWire } = kindOf(field)
  return groupsBy ? { field: field.name, op: groupsBy, value: [toWire(value)] } : { field: field.name, op: 'eq', value: toWire(value) }
}

/** Options stand in their own order, everything else by its words; what is not set comes last. */
function inOrder(field: Field, sections: Section[]): Section[] {
  const order = field.options.choices?.map((choice) => choice.value)
  const words = (value: unknown): string => kindOf(field).format(value, field, currentLocale())
  return sections.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    if (order) return order.indexOf(String(a.value)) - order.indexOf(String(b.value))
    return words(a.value).localeCompare(words(b.value), currentLocale(), { numeric: true })
  })
}

export interface Sections {
  list: readonly Section[]
  groupField: Field | null
  /** Over everything; null until known. */
  count: number | null
  totals: ReadonlyMap<string, Total>
  error: unknown
  isPending: boolean
  retry: () => void
}

export function useSections(object: ObjectDefinition, state: ViewState, totals: Totals): Sections {
  const groupField = object.fields.find((field) => field.name === state.group_by && field.groupable && field.retired_at === null) ?? null
  const paths = useMemo(() => [...totals].filter(([path]) => !path.includes('.')), [totals])
  const measures = useMemo<Measure[]>(() => [{ op: 'count' }, ...paths.map(([field, op]) => ({ op, field }))], [paths])
  const asked = { filter: state.filter, ...(state.q ? { q: state.q } : {}), measures }
  const whole = useAggregate(object.name, { ...asked, group_by: [] })
  const grouped = useAggregate(object.name, { ...asked, group_by: groupField ? [groupField.name] : [] }, groupField !== null)

  const all = whole.data?.groups[0]?.values
  const overall = useMemo(() => new Map(paths.map(([path], index): [string, Total] => [path, all?.[index + 1] ?? null])), [paths, all])
  const count = all ? Number(all[0]) : null
  const list = useMemo<Section[]>(() => {
    if (!groupField) return [{ key: '', value: undefined, filter: state.filter, count: null, totals: new Map() }]
    const sections = (grouped.data?.groups ?? []).map((group): Section => {
      const value = group.key[0] ?? null
      return {
        key: keyOf(value),
        value,
        filter: both(state.filter, filterOf(groupField, value)),
        count: Number(group.values[0] ?? 0),
        totals: new Map(paths.map(([path], index) => [path, group.values[index + 1] ?? null])),
      }
    })
    return inOrder(groupField, sections)
  }, [groupField, grouped.data, paths, state.filter])

  return {
    list,
    groupField,
    count,
    totals: overall,
    error: groupField ? grouped.error : null,
    isPending: groupField !== null && grouped.data === undefined,
    retry: () => void Promise.all([whole.refetch(), grouped.refetch()]),
  }
}
