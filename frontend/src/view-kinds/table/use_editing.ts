/** Changing cells where they stand: opening, saving, emptying, pasting; what was refused stays until it is mended. */
import { useEffect, useState } from 'react'
import type { ClipboardEvent, RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Problem } from '@/api/problem'
import type { ToldRules } from '@/api/told_rules'
import type { ObjectDefinition, Values } from '@/api/types'
import { sameJson } from '@/lib/equal'
import { useLocale } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { mendable, toMend } from '@/registry/mendable'
import type { Mendable } from '@/registry/mendable'
import { kindOf } from '@/registry/registry'
import { useJudge } from '@/ui/rules/use_judge'
import { toldOf, useTold } from '@/ui/rules/use_told'
import { toast } from '@/ui/toast'
import { rowsBetween } from './blocks'
import type { Blocks } from './blocks'
import type { Onward } from './CellEditor'
import { whyReadOnly } from './columns'
import type { Column } from './columns'
import { useText } from './messages'
import { useSaving } from './saving'
import type { CellChange } from './saving'
import type { Section } from './sections'
import type { Cells } from './use_cells'
import { pasteCells } from './use_clipboard'
import type { Refusal } from './use_clipboard'
import { nextCell } from './walking'
import type { Cell, Grid } from './walking'

export interface EditingSource {
  object: ObjectDefinition
  blocks: Blocks<Section>
  columns: readonly Column[]
  cells: Cells
  grid: Grid
  scroll: RefObject<HTMLDivElement | null>
  go: (cell: Cell) => void
}

/** A refusal, with what was typed when it can be typed again. */
type Kept = Refusal & { value?: unknown }

/** What is kept of refusals, by record. */
type AllKept = ReadonlyMap<string, readonly Kept[]>

const unchanged = {}
const mostNamed = 3

/** A change that waits for what the rules ask for besides. */
export interface Asked extends Mendable {
  change: CellChange
  /** The cell that was changed, and what it was to be. */
  path: string
  isSaving: boolean
}

export interface Editing {
  /** Null while no change waits for anything. */
  asked: Asked | null
  /** Saves it with these values. */
  supply: (values: Values) => Promise<void>
  /** Leaves the cell as it was refused. */
  giveUp: () => void
  /** By record. */
  refusals: AllKept
  /** Why the cell that has the focus is closed by a rule; null when it is not. */
  closed: string | null
  /** Options the open cell does not offer, by field, where only the server can tell. */
  notOffered: Within['notOffered']
  /** Opens the active cell, or turns it over where there is nothing to type. */
  openCell: (isTyped: boolean) => void
  commit: (id: string, path: string, value: unknown) => Promise<void>
  close: (onward: Onward) => void
  forget: (id: string) => void
  clearCells: () => Promise<void>
  paste: (event: ClipboardEvent) => Promise<void>
  /** Puts what the highest of the chosen cells hold into those beneath. */
  fillDown: () => Promise<void>
  undo: () => Promise<void>
}

export function useEditing({ object, blocks, columns, cells, grid, scroll, go }: EditingSource): Editing {
  const say = useText()
  const locale = useLocale()
  const [refusals, setRefusals] = useState<AllKept>(new Map())
  const [asked, setAsked] = useState<Asked | null>(null)
  const { save, undo } = useSaving(object, cells.rowOf)
  const judge = useJudge(object)
  const { active } = cells
  const activeRow = active ? cells.rowOf(active.id) : undefined
  const told = useTold(object, activeRow, unchanged)
  const isOpenToChange = active !== null && columns.some((column) => column.path === active.path && column.mayWrite)
  const closed = activeRow && isOpenToChange ? (judge?.whyClosed(activeRow, active.path, told) ?? null) : null
  useEffect(() => {
    // What only the server could tell came after the cell was opened.
    if (closed === null || cells.open === null || cells.open.id !== active?.id || cells.open.path !== active.path) return
    cells.setOpen(null)
    scroll.current?.focus({ preventScroll: true })
    toast.show({ text: closed })
  }, [closed, cells, active, scroll])

  /** Asks for the other fields a refusal blames; false when they cannot be mended here. */
  function ask(change: CellChange, problem: Problem | null): boolean {
    const missing = mendable(object, problem, Object.keys(change.values))
    const [path = ''] = Object.keys(change.values)
    if (missing) setAsked({ ...missing, change, path, isSaving: false })
    return missing !== null
  }

  function keep(refusal: Kept): void {
    setRefusals((before) => new Map(before).set(refusal.id, [...(before.get(refusal.id) ?? []).filter((one) => one.path !== refusal.path), refusal]))
  }

  async function supply(values: Values): Promise<void> {
    if (!asked) return
    const { change, path } = asked
    const whole = { id: change.id, values: { ...change.values, ...values } }
    let isRefused = false
    setAsked({ ...asked, isSaving: true })
    await save([whole], (_, { reason, problem }) => {
      isRefused = true
      const again = mendable(object, problem, Object.keys(change.values))
      setAsked(again ? { ...again, change, path, isSaving: false } : null)
      if (!again) keep({ id: change.id, path, reason, value: change.values[path] })
    })
    if (isRefused) return
    setAsked(null)
    forget(change.id)
  }

  function giveUp(): void {
    if (!asked) return
    const { change, path, messages } = asked
    setAsked(null)
    keep({ id: change.id, path, reason: Object.values(messages).join(' '), value: change.values[path] })
  }

  function openCell(isTyped: boolean): void {
    const column = columns.find((each) => each.path === active?.path)
    const row = activeRow
    if (!active || !column || !row) return
    const kind = kindOf(column.field)
    if (!column.mayWrite) {
      toast.show({ text: whyReadOnly(object, column) })
      return
    }
    if (closed !== null) {
      toast.show({ text: closed })
      return
    }
    if (kind.togglesInPlace) {
      void commit(active.id, column.path, kind.toWire(row[column.path] as never) !== true)
      return
    }
    const refused = refusals.get(active.id)?.find((one) => one.path === active.path)
    const isAgain = refused !== undefined
    const start = isAgain && 'value' in refused ? refused.value : (row[column.path] ?? null)
    flushSync(() => cells.setOpen({ ...active, isTyped: isTyped && !isAgain, start, problem: isAgain ? refused.reason : null }))
  }

  function forget(id: string): void {
    setRefusals((before) => {
      if (!before.has(id)) return before
      const after = new Map(before)
      after.delete(id)
      return after
    })
  }

  async function commit(id: string, path: string, value: unknown): Promise<void> {
    const column = columns.find((each) => each.path === path)
    const row = cells.rowOf(id)
    if (!column || !row) return
    const kind = kindOf(column.field)
    forget(id)
    if (sameJson(kind.toWire(value as never), kind.toWire((row[path] ?? null) as never))) return
    const refuse = (reason: string): void => {
      keep({ id, path, reason, value })
      cells.goTo({ id, path })
      cells.setOpen({ id, path, isTyped: false, start: value, problem: reason })
    }
    const verdict = judge?.of(row, { [path]: value }, told?.id === id ? told : undefined)
    const refused = verdict?.refused.get(path)
    if (refused !== undefined) return refuse(refused)
    const missing = verdict && toMend(object, verdict.besides, [path])
    if (missing) return setAsked({ ...missing, change: { id, values: { [path]: value } }, path, isSaving: false })
    await save([{ id, values: { [path]: value } }], (change, { reason, current, problem }) => {
      if (ask(change, problem)) return
      const theirs = current ? kind.format(current[path] as never, column.field, locale) : null
      const person = (current?.['updated_by'] as { name?: string } | null | undefined)?.name ?? say('somebody')
      const words = current ? say('theirs', { person, value: kind.isEmpty(current[path]) ? say('empty') : (theirs ?? '') }) : reason
      refuse(words)
    })
  }

  function close(onward: Onward): void {
    cells.setOpen(null)
    scroll.current?.focus({ preventScroll: true })
    if (!cells.cell || onward === 'stay') return
    const { row, column } = cells.cell
    const next = onward === 'down' ? { row: row + 1, column } : onward === 'up' ? { row: row - 1, column } : nextCell(cells.cell, grid, onward === 'left')
    if (next && next.row >= 0 && next.row < grid.rows) go(next)
  }

  async function clearCells(): Promise<void> {
    if (!cells.area) return
    const chosen = columns.slice(cells.area.left, cells.area.right + 1)
    const writable = chosen.filter((column) => column.mayWrite && !column.field.required)
    const [first] = chosen
    if (writable.length === 0 && first) {
      toast.show({ text: first.mayWrite ? say('value_stays', { field: first.label }) : whyReadOnly(object, first) })
      return
    }
    const empty = Object.fromEntries(writable.map((column) => [column.path, null]))
    await change(rowsBetween(blocks, cells.area.top, cells.area.bottom).map((row) => ({ id: row.id, values: empty })), 'cleared')
  }

  async function fillDown(): Promise<void> {
    if (!cells.area) return
    const [first, ...others] = rowsBetween(blocks, cells.area.top, cells.area.bottom)
    const chosen = columns.slice(cells.area.left, cells.area.right + 1)
    const writable = chosen.filter((column) => column.mayWrite)
    const [closedColumn] = chosen
    if (writable.length === 0 && closedColumn) toast.show({ text: whyReadOnly(object, closedColumn) })
    if (!first || others.length === 0 || writable.length === 0) return
    const values = Object.fromEntries(writable.map((column) => [column.path, first[column.path] ?? null]))
    await change(others.map((row) => ({ id: row.id, values })), 'filled')
  }

  /** Leaves out what the rules refuse, cell by cell. */
  async function sift(changes: readonly CellChange[]): Promise<{ changes: CellChange[]; refusals: Refusal[] }> {
    const answers = judge ? await toldOf(object, changes) : new Map<string, ToldRules>()
    const refusals: Refusal[] = []
    const kept = changes.flatMap(({ id, values }): CellChange[] => {
      const row = cells.rowOf(id)
      const { refused } = (row && judge?.of(row, values, answers.get(id))) ?? { refused: new Map<string, string>() }
      for (const [path, reason] of refused) refusals.push({ id, path, reason })
      const open = Object.fromEntries(Object.entries(values).filter(([path]) => !refused.has(path)))
      return Object.keys(open).length > 0 ? [{ id, values: open }] : []
    })
    return { changes: kept, refusals }
  }

  /** The cells by the names of their records and columns; the first of them where there are many. */
  function named(refused: readonly Refusal[]): string {
    const shown = refused.slice(0, mostNamed).map(({ id, path }) => say('cell_name', { record: String(cells.rowOf(id)?.['name'] ?? ''), column: columns.find((one) => one.path === path)?.label ?? path }))
    return shown.join(say('cell_join')) + (refused.length > mostNamed ? say('cell_more') : '')
  }

  async function change(wanted: readonly CellChange[], done: 'pasted' | 'cleared' | 'filled', before: readonly Refusal[] = [], beyond = 0): Promise<void> {
    const sifted = await sift(wanted)
    const { changes } = sifted
    const failed = [...before, ...sifted.refusals]
    let refused = 0
    await save(changes, ({ id, values }, { reason, problem }) => {
      // One record is mended here; what is refused of many is marked.
      if (changes.length === 1) ask({ id, values }, problem)
      refused += Object.keys(values).length
      for (const path of Object.keys(values)) failed.push({ id, path, reason })
    })
    const byRecord = new Map<string, Kept[]>()
    for (const refusal of failed) byRecord.set(refusal.id, [...(byRecord.get(refusal.id) ?? []), refusal])
    setRefusals(byRecord)
    const count = changes.reduce((sum, each) => sum + Object.keys(each.values).length, 0) - refused
    const [first] = failed
    const told = [
      ...(count > 0 ? [say(done, { count })] : []),
      ...(first ? [say(`${done}_refused`, { count: failed.length, cells: named(failed), reason: first.reason })] : []),
      ...(beyond > 0 ? [say('paste_beyond', { count: beyond })] : []),
    ]
    if (count > 1 || first || beyond > 0) {
      toast.show({ text: told.join(' · '), ...(first ? { tone: 'danger' as const } : {}), ...(count > 0 ? { undo: () => void undo() } : {}) })
    }
  }

  async function paste(event: ClipboardEvent): Promise<void> {
    const pasted = await pasteCells(event, { object, blocks, columns, area: cells.area })
    if (!pasted) return
    const { changes, refusals: refused, beyond, filled } = pasted
    const last = { row: Math.min(filled.bottom, grid.rows - 1), column: Math.min(filled.right, grid.columns - 1) }
    cells.go(last)
    cells.go({ row: filled.top, column: filled.left }, true)
    await change(changes, 'pasted', refused, beyond)
  }

  return { asked, supply, giveUp, refusals, closed, notOffered: told?.not_offered, openCell, commit, close, forget, clearCells, paste, fillDown, undo }
}
