/** Lines as they stand in a form: what is saved, with what was changed and not saved yet. */
import type { Problem } from '@/api/problem'
import type { Field, RecordRow, Values } from '@/api/types'
import { isUnchanged, noLines } from '@/lib/lines'
import type { DraftLine, LinesDraft } from '@/lib/lines'
import { kindOf } from '@/registry/registry'

export const mostLines = 5000

export interface Line {
  key: string
  id: string | null
  /** As it is shown; what a formula fills in comes besides. */
  values: Values
  /** As it is saved; null for a new line. */
  saved: RecordRow | null
  draft: DraftLine | null
}

/** The lines in their order. */
export function linesOf(saved: readonly RecordRow[], draft: LinesDraft): Line[] {
  const gone = new Set(draft.removed)
  const known: Line[] = saved.filter(({ id }) => !gone.has(id)).map((row) => {
    const change = draft.changed[row.id] ?? null
    return { key: row.id, id: row.id, values: change ? { ...row, ...change.shown } : row, saved: row, draft: change }
  })
  const lines = [...known, ...draft.created.map((one) => ({ key: one.key, id: null, values: one.shown, saved: null, draft: one }))]
  if (!draft.order) return lines
  const place = new Map(draft.order.is.map((key, at) => [key, at]))
  return lines.toSorted((a, b) => (place.get(a.key) ?? Infinity) - (place.get(b.key) ?? Infinity))
}

export type CellChange = { key: string; field: Field; value: unknown }

/** Values of some cells; a saved line that comes back to what it was is no change. */
export function withCells(draft: LinesDraft, lines: readonly Line[], changes: readonly CellChange[]): LinesDraft {
  const byKey = new Map(lines.map((line) => [line.key, line]))
  const changed = new Map(Object.entries(draft.changed))
  const created = new Map(draft.created.map((one) => [one.key, one]))
  for (const { key, field, value } of changes) {
    const before = created.get(key) ?? changed.get(key)
    const line = byKey.get(key)
    if (!line && !before) continue
    const wire = kindOf(field).toWire(value ?? null)
    const next: DraftLine = {
      ...(before ?? { key, id: key, version: line?.saved?.version ?? null, shown: {}, sent: {} }),
      shown: { ...before?.shown, [field.name]: value ?? null },
      sent: { ...before?.sent, [field.name]: wire },
    }
    if (created.has(key)) created.set(key, next)
    else {
      const old = kindOf(field).toWire((line?.saved?.[field.name] ?? null) as never)
      const change = JSON.stringify(old) === JSON.stringify(wire) ? without(next, field.name) : next
      if (Object.keys(change.sent).length === 0) changed.delete(key)
      else changed.set(key, change)
    }
  }
  return { ...draft, changed: Object.fromEntries(changed), created: [...created.values()] }
}

function without(line: DraftLine, name: string): DraftLine {
  const others = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([other]) => other !== name))
  return { ...line, shown: others(line.shown), sent: others(line.sent) }
}

let newest = 0

/** New lines with these values, last or behind a line. */
export function withNew(draft: LinesDraft, lines: readonly Line[], fields: readonly Field[], some: readonly Values[], after?: string): { draft: LinesDraft; keys: string[] } {
  const stamp = Date.now().toString(36)
  const made = some.map((values): DraftLine => {
    newest += 1
    const sent = fields.filter((field) => field.name in values).map((field) => [field.name, kindOf(field).toWire((values[field.name] ?? null) as never)])
    return { key: `new-${stamp}-${newest}`, id: null, version: null, shown: values, sent: Object.fromEntries(sent) as Values }
  })
  const keys = made.map(({ key }) => key)
  const next = { ...draft, created: [...draft.created, ...made] }
  const order = lines.map(({ key }) => key)
  const at = after === undefined ? -1 : order.indexOf(after)
  if (at < 0 || at === order.length - 1) {
    return { draft: draft.order ? { ...next, order: { ...draft.order, is: [...order, ...keys] } } : next, keys }
  }
  return { draft: inOrder(next, lines, [...order.slice(0, at + 1), ...keys, ...order.slice(at + 1)]), keys }
}

export function withoutLines(draft: LinesDraft, keys: readonly string[]): LinesDraft {
  const gone = new Set(keys)
  const isNew = new Set(draft.created.map(({ key }) => key))
  return {
    changed: Object.fromEntries(Object.entries(draft.changed).filter(([key]) => !gone.has(key))),
    created: draft.created.filter(({ key }) => !gone.has(key)),
    removed: [...draft.removed, ...keys.filter((key) => !isNew.has(key))],
    order: draft.order && { ...draft.order, is: draft.order.is.filter((key) => !gone.has(key)) },
  }
}

/** A line before another place; `to` counts the lines without it. */
export function withMoved(draft: LinesDraft, lines: readonly Line[], key: string, to: number): LinesDraft {
  const others = lines.map((line) => line.key).filter((one) => one !== key)
  return inOrder(draft, lines, [...others.slice(0, to), key, ...others.slice(to)])
}

function inOrder(draft: LinesDraft, lines: readonly Line[], is: readonly string[]): LinesDraft {
  const was = draft.order?.was ?? lines.flatMap(({ id }) => (id === null ? [] : [id]))
  return { ...draft, order: { was, is } }
}

/** Nothing to be saved is told by what stood in the field before. */
export function settled(draft: LinesDraft, before: unknown): unknown {
  return isUnchanged(draft) ? before : draft
}

export interface LineProblem {
  key: string | null
  column: string | null
  message: string
}

/** What the server refused, at the lines it is about. Pointers count in the order in which lines were sent. */
export function lineProblems(problem: Problem | null, field: string, draft: LinesDraft = noLines): LineProblem[] {
  const changed = Object.keys(draft.changed)
  return (problem?.errors ?? []).flatMap(({ pointer = '', message }) => {
    const [, name, deed, place, column] = (pointer ?? '').split('/')
    if (name !== field) return []
    const at = Number(place)
    const key = deed === 'created' ? draft.created[at]?.key : deed === 'changed' ? changed[at] : undefined
    return [{ key: key ?? null, column: column ?? null, message }]
  })
}

/** What columns of figures come to. */
export function sumsOf(columns: readonly Field[], lines: readonly Values[]): Map<string, number> {
  const summed = columns.filter((column) => kindOf(column).summary === 'sum')
  return new Map(
    summed.map((column) => [
      column.name,
      // In whole hundredths of hundredths, so that cents add up.
      Math.round(lines.reduce((sum, values) => sum + (typeof values[column.name] === 'number' ? Math.round((values[column.name] as number) * 1e4) : 0), 0)) / 1e4,
    ]),
  )
}
