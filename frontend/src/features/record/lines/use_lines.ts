/** The lines of one record in a form: fetched, changed, put in another order, and taken back before they are saved. */
import { useMemo, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { send } from '@/api/client'
import { keys } from '@/api/keys'
import { useObject } from '@/api/objects'
import type { Field, LinesOfField, ObjectDefinition, RecordPage, RecordRow, Values } from '@/api/types'
import { isLinesDraft, noLines } from '@/lib/lines'
import type { LinesDraft } from '@/lib/lines'
import { kindOf } from '@/registry/registry'
import { useRules } from '@/ui/rules/use_rules'
import type { RuleState } from '@/ui/rules/rule_state'
import { nothing } from '@/ui/rules/rule_state'
import { linesOf, mostLines, settled, withCells, withMoved, withNew, withoutLines } from './lines'
import type { CellChange, Line } from './lines'

const pageOf = 500

/** All lines of a record, page after page. */
export function useSavedLines(object: string, record: string | null, field: Field) {
  const lines = field.lines?.object ?? ''
  return useQuery({
    queryKey: [...keys.lines(lines, record), object, field.name],
    enabled: record !== null && lines !== '',
    queryFn: async ({ signal }) => {
      const rows: RecordRow[] = []
      let cursor: string | null = null
      do {
        const path: string = `/records/${object}/${record ?? ''}/lines/${field.name}`
        const page: RecordPage = await send<RecordPage>('GET', path, { query: { limit: pageOf, ...(cursor ? { cursor } : {}) }, signal })
        rows.push(...page.records)
        cursor = page.next_cursor
      } while (cursor !== null && rows.length < mostLines)
      return rows
    },
  })
}

/** The fields of the lines that are shown, in their order. */
export function columnsOf(lines: LinesOfField, object: ObjectDefinition | undefined): Field[] {
  return lines.columns.flatMap((name) => object?.fields.find((field) => field.name === name && field.retired_at === null) ?? [])
}

/** Whether people fill in the column at all. */
export function isFilledIn(field: Field, access: 'read' | 'write'): boolean {
  return access === 'write' && field.access === 'write' && !field.computed && !kindOf(field).isReadOnly
}

export interface LinesForm {
  object: ObjectDefinition | undefined
  columns: readonly Field[]
  lines: readonly Line[]
  mayWrite: boolean
  isPending: boolean
  failed: Error | null
  retry: () => void
  draft: LinesDraft
  /** What rules and formulas say of a line. */
  stateOf: (line: Line) => RuleState
  /** Whether a cell can be changed now. */
  mayChange: (line: Line, field: Field) => boolean
  change: (changes: readonly CellChange[]) => void
  /** The keys of the new lines. */
  add: (some: readonly Values[], after?: string) => string[]
  duplicate: (line: Line) => string | undefined
  remove: (some: readonly string[]) => void
  move: (key: string, to: number) => void
  undo: () => void
  canUndo: boolean
}

export interface LinesOptions {
  /** The object of the record. */
  of: string
  record: string | null
  field: Field
  value: unknown
  /** What the field held before anything was changed. */
  before: unknown
  onChange: (value: unknown) => void
}

const mostUndone = 100

export function useLines({ of, record, field, value, before, onChange }: LinesOptions): LinesForm {
  const access = field.lines?.access ?? 'read'
  const object = useObject(field.lines?.object ?? '')
  const saved = useSavedLines(of, record, field)
  const draft = isLinesDraft(value) ? value : noLines
  const rows = saved.data
  const lines = useMemo(() => linesOf(rows ?? [], draft), [rows, draft])
  const columns = useMemo(() => (field.lines ? columnsOf(field.lines, object) : []), [field.lines, object])
  const ask = useRules(object ?? emptyObject)
  const past = useRef<LinesDraft[]>([])
  // What does not change is not asked again, however many lines there are.
  const known = useMemo(() => ({ ask, of: new WeakMap<object, RuleState>() }), [ask])
  const latest = useRef({ draft, lines })
  latest.current = { draft, lines }

  function put(next: LinesDraft): void {
    past.current = [...past.current.slice(1 - mostUndone), latest.current.draft]
    const all = rows ?? []
    latest.current = { draft: next, lines: linesOf(all, next) }
    onChange(settled(next, before))
  }
  function stateOf(line: Line): RuleState {
    const of = line.draft ?? line.saved ?? line
    const found = known.of.get(of)
    if (found) return found
    const touched = line.draft ? new Set(Object.keys(line.draft.sent)) : nothing
    const state = known.ask(line.draft?.shown ?? line.values, line.saved, touched)
    known.of.set(of, state)
    return state
  }
  return {
    object,
    columns,
    lines,
    mayWrite: access === 'write',
    isPending: record !== null && saved.isPending,
    failed: saved.error,
    retry: () => void saved.refetch(),
    draft,
    stateOf,
    mayChange: (line, column) =>
      isFilledIn(column, access) && !stateOf(line).locked.has(column.name) && !stateOf(line).hidden.has(column.name) && Boolean(line.id === null ? object?.rights.create : object?.rights.edit),
    change: (changes) => put(withCells(latest.current.draft, latest.current.lines, changes)),
    add: (some, after) => {
      const made = withNew(latest.current.draft, latest.current.lines, object?.fields ?? [], some.map((values) => ({ ...defaultsOf(object), ...values })), after)
      put(made.draft)
      return made.keys
    },
    duplicate: (line) => {
      const values = Object.fromEntries((object?.fields ?? []).filter((one) => isFilledIn(one, access) && one.name !== field.lines?.link && one.name !== field.lines?.position && line.values[one.name] !== undefined && !one.system || one.name === 'name').map((one) => [one.name, line.values[one.name] ?? null]))
      const made = withNew(latest.current.draft, latest.current.lines, object?.fields ?? [], [values], line.key)
      put(made.draft)
      return made.keys[0]
    },
    remove: (some) => put(withoutLines(latest.current.draft, some)),
    move: (key, to) => put(withMoved(latest.current.draft, latest.current.lines, key, to)),
    undo: () => {
      const last = past.current.pop()
      if (last) {
        latest.current = { draft: last, lines: linesOf(rows ?? [], last) }
        onChange(settled(last, before))
      }
    },
    canUndo: past.current.length > 0,
  }
}

/** Plain defaults stand in a new line as values; those that are formulas the rules tell. */
function defaultsOf(object: ObjectDefinition | undefined): Values {
  const filled = (object?.fields ?? []).filter((field) => field.default !== null && field.default !== undefined && field.retired_at === null && !field.computed)
  return Object.fromEntries(filled.map((field) => [field.name, kindOf(field).holds === 'number' ? Number(field.default) : field.default]))
}

const emptyObject: ObjectDefinition = {
  name: '',
  label: {},
  plural_label: {},
  icon: '',
  color: '',
  app: null,
  description: null,
  fields: [],
  layout: { groups: [], highlights: [], card: [] },
  stage_field: null,
  related: [],
  rights: { see: false, create: false, edit: false, delete: false, import: false, export: false },
  retired_at: null,
}
