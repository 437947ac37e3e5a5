/** How a list is being looked at, as the address says it: a saved view and what was changed on top of it. */
import type { ObjectDefinition, View, ViewColumn, ViewConfig } from '@/api/types'
import { sameJson } from '@/lib/equal'
import { readFilter } from '@/lib/filter'
import { readColors } from '@/registry/coloring'
import { kindOf, viewKind } from '@/registry/registry'
import type { ViewState } from '@/registry/view_kind'

const densities = ['compact', 'standard', 'relaxed'] as const
const mostColumns = 9
const startingKind = 'table'

/** The name, then what the object puts forward, then what its form begins with, then what stands in no group. */
export function startingColumns(object: ObjectDefinition): ViewColumn[] {
  const own = object.fields.filter((field) => !field.system && !kindOf(field).hasManyLines).map((field) => field.name)
  const listed = [...object.layout.card, ...object.layout.highlights, ...object.layout.groups.flatMap((group) => group.fields), 'owner', ...own]
  const known = listed.filter((name) => object.fields.some((field) => field.name === name && field.retired_at === null))
  return [...new Set(['name', ...known])].slice(0, mostColumns).map((field) => ({ field }))
}

/** What a view shows before anybody changes it. What its configuration leaves open comes from its kind. */
export function baseState(object: ObjectDefinition, view: View | null, kind = view?.kind ?? startingKind): ViewState {
  const config = view?.config ?? {}
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)))
  return {
    filter: null,
    sort: [],
    columns: startingColumns(object),
    group_by: null,
    card: [],
    sum: null,
    weight: null,
    density: null,
    colors: [],
    ...viewKind(kind)?.start(object),
    ...given,
    kind,
    q: '',
  }
}

/** The part of a state that a view keeps. */
export function configOf(state: ViewState): ViewConfig {
  const { filter, sort, columns, group_by, card, sum, weight, density, colors } = state
  return { filter, sort, columns, group_by, card, sum, weight, density, colors }
}

type Changes = Partial<ViewState>

const names = ['kind', 'filter', 'sort', 'columns', 'group_by', 'card', 'sum', 'weight', 'density', 'colors', 'q'] as const
const shortNames: Partial<Record<(typeof names)[number], string>> = { group_by: 'group' }
const addressName = (name: (typeof names)[number]): string => shortNames[name] ?? name

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const asList = (text: string): string[] => text.split(',').filter((part) => part !== '')

function readColumn(text: string): ViewColumn {
  const [field = '', width] = text.split(':')
  return width && /^\d{2,4}$/.test(width) ? { field, width: Number(width) } : { field }
}

/** What the address changes; anything in it that makes no sense is left out. */
export function readChanges(address: URLSearchParams): Changes {
  const changes: Changes = {}
  const take = (name: (typeof names)[number], read: (text: string) => Changes): void => {
    const text = address.get(addressName(name))
    if (text !== null) Object.assign(changes, read(text))
  }
  take('kind', (kind) => (viewKind(kind) ? { kind } : {}))
  take('filter', (text) => {
    if (text === '') return { filter: null }
    const filter = readFilter(readJson(text))
    return filter ? { filter } : {}
  })
  take('sort', (text) => ({ sort: asList(text) }))
  take('columns', (text) => ({ columns: asList(text).map(readColumn) }))
  take('group_by', (text) => ({ group_by: text === '' ? null : text }))
  take('card', (text) => ({ card: asList(text) }))
  take('sum', (text) => ({ sum: text === '' ? null : text }))
  take('weight', (text) => ({ weight: text === '' ? null : text }))
  take('density', (text) => {
    if (text === '') return { density: null }
    const density = densities.find((each) => each === text)
    return density ? { density } : {}
  })
  take('colors', (text) => ({ colors: readColors(text === '' ? [] : readJson(text)) }))
  take('q', (q) => ({ q }))
  return changes
}

function written(name: (typeof names)[number], state: Changes): string {
  if (name === 'filter') return state.filter ? JSON.stringify(state.filter) : ''
  if (name === 'colors') return state.colors?.length ? JSON.stringify(state.colors) : ''
  if (name === 'columns') return (state.columns ?? []).map((column) => (column.width ? `${column.field}:${column.width}` : column.field)).join(',')
  const value = state[name]
  return Array.isArray(value) ? value.join(',') : String(value ?? '')
}

/** Puts changes into the address and takes out what is the same as in the view. */
export function writeChanges(address: URLSearchParams, base: ViewState, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const name of names) {
    if (!(name in changes)) continue
    if (sameJson(changes[name], base[name])) next.delete(addressName(name))
    else next.set(addressName(name), written(name, changes))
  }
  return next
}

export function withoutChanges(address: URLSearchParams, keepsFind: boolean): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const name of names) if (!(keepsFind && name === 'q')) next.delete(addressName(name))
  return next
}

/** Whether a view would have to be saved to keep what is shown. Finding something is no change. */
export function isChanged(changes: Changes): boolean {
  return names.some((name) => name !== 'q' && name in changes)
}
