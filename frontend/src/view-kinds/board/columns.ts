/** The columns of a board and their totals, from the choice field it is grouped by and one aggregate. */
import type { AggregateAnswer, AggregateQuery, Choice, Field, Filter, Label, Measure, ObjectDefinition, RecordQuery } from '@/api/types'
import { both } from '@/lib/filter'
import { testsOf } from '@/registry/coloring'
import type { ViewState } from '@/registry/view_kind'

export interface BoardColumn {
  /** Null for records without a choice. */
  value: string | null
  label: Label | null
  hue: string | null
  kind: Choice['kind']
  probability: number | null
}

export interface Totals {
  count: number
  sum: number | null
  weighted: number | null
}

export const cardsPerPage = 20

/** As it names a column in keys, drop places and what is kept about the board. */
export function columnKey(value: string | null): string {
  return value ?? ''
}

export function isClosing(column: BoardColumn): boolean {
  return column.kind !== undefined && column.kind !== 'open'
}

/** Open stages first, then what ends them; retired options and "none" only where records stand in them. */
export function columnsOf(field: Field, totals: ReadonlyMap<string, Totals>): BoardColumn[] {
  const holds = (value: string | null): boolean => (totals.get(columnKey(value))?.count ?? 0) > 0
  const choices = (field.options.choices ?? []).filter((choice) => !choice.retired || holds(choice.value))
  const columns = choices.map((choice) => ({
    value: choice.value,
    label: choice.label,
    hue: choice.color ?? null,
    kind: choice.kind,
    probability: choice.probability ?? null,
  }))
  const none: BoardColumn[] = holds(null) ? [{ value: null, label: null, hue: null, kind: undefined, probability: null }] : []
  return [...none, ...columns.filter((column) => !isClosing(column)), ...columns.filter(isClosing)]
}

export function measuresOf(state: Pick<ViewState, 'sum' | 'weight'>): Measure[] {
  const measures: Measure[] = [{ op: 'count' }]
  if (!state.sum) return measures
  measures.push({ op: 'sum', field: state.sum })
  if (state.weight) measures.push({ op: 'sum', field: state.sum, weight: state.weight })
  return measures
}

/** Without a field of probabilities the stage's own probability weighs. */
export function totalsOf(answer: AggregateAnswer | undefined, field: Field, state: Pick<ViewState, 'sum' | 'weight'>): Map<string, Totals> {
  const totals = new Map<string, Totals>()
  for (const { key, values } of answer?.groups ?? []) {
    const value = (key[0] ?? null) as string | null
    const sum = state.sum ? Number(values[1] ?? 0) : null
    totals.set(columnKey(value), { count: Number(values[0] ?? 0), sum, weighted: sum === null ? null : state.weight ? Number(values[2] ?? 0) : weighStage(field, value, sum) })
  }
  return totals
}

function weighStage(field: Field, value: string | null, sum: number): number | null {
  const probability = field.options.choices?.find((choice) => choice.value === value)?.probability
  return probability === undefined ? null : (sum * probability) / 100
}

/** How much of the sum may be counted on, 0 to 1. */
export function weightShare({ sum, weighted }: Totals): number {
  if (!sum || weighted === null) return 0
  return Math.min(1, Math.max(0, weighted / sum))
}

export function columnFilter(field: Field, value: string | null): Filter {
  return value === null ? { field: field.name, op: 'is_empty' } : { field: field.name, op: 'eq', value }
}

export function boardTotalsQuery(field: Field, state: ViewState): AggregateQuery {
  return { filter: state.filter, ...(state.q ? { q: state.q } : {}), group_by: [field.name], measures: measuresOf(state) }
}

export function columnQuery(object: ObjectDefinition, field: Field, state: ViewState, value: string | null): RecordQuery {
  return {
    filter: both(state.filter, columnFilter(field, value)),
    sort: state.sort,
    fields: cardFieldNames(object, field, state),
    ...(state.q ? { q: state.q } : {}),
    ...testsOf(state.colors),
    limit: cardsPerPage,
  }
}

function cardFieldNames(object: ObjectDefinition, field: Field, state: ViewState): string[] {
  const known = new Set(object.fields.map((each) => each.name))
  const sorted = state.sort.map((part) => part.replace(/^-/, ''))
  const wanted = ['name', field.name, ...state.card, state.sum, state.weight, 'updated_at', ...sorted]
  return [...new Set(wanted)].filter((name) => name !== null && (known.has(name) || name.includes('.'))).filter((name) => name !== 'id' && name !== 'version') as string[]
}
