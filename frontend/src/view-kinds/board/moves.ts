/** Moves a card to another column: at once on the screen, then on the server. What the column requires is asked for; a move that is refused is taken back with the reason. */
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { QueryKey } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { isProblem, problemText } from '@/api/problem'
import { isHidden, updateRecord } from '@/api/records'
import type { AggregateAnswer, Field, FullRecord, ObjectDefinition, RecordRow, Reference, Values } from '@/api/types'
import { labelText } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ViewState } from '@/registry/view_kind'
import { mendable } from '@/registry/mendable'
import { toast } from '@/ui/toast'
import { amountsOf, placeCard, shiftTotals, takeCard } from './moving'
import type { Pages } from './moving'
import { boardTotalsQuery, columnQuery } from './columns'
import { glideFrom, placeOf } from './glide'
import { useText } from './messages'

export interface Move {
  row: RecordRow
  from: string | null
  to: string | null
  /** It went where it cannot be seen: said in a notice, with a way back. */
  isOutOfSight?: boolean
}

/** A move that waits for what its column requires. */
export interface Lacking {
  /** The object, and the field that tells the column. */
  of: { object: string; field: string }
  move: Move
  fields: readonly Field[]
  /** What is wrong with each, by its name. */
  messages: Readonly<Record<string, string>>
  isSaving: boolean
}

export interface Moves {
  move: (move: Move) => Promise<void>
  /** Null while no move waits for anything. */
  lacking: Lacking | null
  /** Moves it with these values. */
  supply: (values: Values) => Promise<void>
  /** Lets the card go back. */
  giveUp: () => void
  /** Cards whose move is on its way to the server. */
  underWay: ReadonlySet<string>
  /** Why the last move of a card was refused. */
  refused: Readonly<Record<string, string>>
}

export function useMoves(object: ObjectDefinition, field: Field, state: ViewState): Moves {
  const say = useText()
  const client = useQueryClient()
  const [underWay, setUnderWay] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Record<string, string>>({})
  const [lacking, setLacking] = useState<Lacking | null>(null)
  const listKey = (value: string | null): QueryKey => keys.list(object.name, columnQuery(object, field, state, value))
  const totalsKey = keys.aggregate(object.name, boardTotalsQuery(field, state))

  function show({ row, from, to }: Move): void {
    const moved = { ...row, [field.name]: to }
    client.setQueryData<Pages>(listKey(from), (pages) => pages && takeCard(pages, row.id))
    client.setQueryData<Pages>(listKey(to), (pages) => pages && placeCard(takeCard(pages, row.id), moved, state.sort))
    client.setQueryData<AggregateAnswer>(totalsKey, (answer) => answer && shiftTotals(answer, from, to, amountsOf(row, state.sum, state.weight)))
  }

  /** Somebody else may have changed the record; if not its column, the move still stands. */
  async function save(move: Move, version: number, more: Values = {}): Promise<FullRecord | 'hidden'> {
    const values = { ...more, [field.name]: move.to }
    try {
      const saved = await updateRecord(object.name, { id: move.row.id, version, values })
      return isHidden(saved) ? 'hidden' : saved
    } catch (error) {
      if (!isProblem(error) || error.status !== 412 || !error.current) throw error
      if ((error.current[field.name] ?? null) !== move.from || error.current.version === version) throw error
      return save(move, error.current.version, more)
    }
  }

  function reason(error: unknown): string {
    if (!isProblem(error)) throw error
    if (error.status !== 412 || !error.current) return error.forField(field.name) ?? problemText(error)
    const there = field.options.choices?.find((choice) => choice.value === error.current?.[field.name])
    const name = (error.current['updated_by'] as Reference | null | undefined)?.name ?? say('somebody')
    return say('moved_meanwhile', { name, column: labelText(there?.label) })
  }

  function tell({ row, from, to }: Move, saved: FullRecord): void {
    const column = labelText(field.options.choices?.find((choice) => choice.value === to)?.label)
    const back = { row: { ...row, ...saved, id: row.id }, from: to, to: from }
    toast.show({ text: say('moved', { name: String(row['name'] ?? ''), column }), undo: () => void move(back) })
  }

  function takeBack(wanted: Move): void {
    const place = placeOf(wanted.row.id)
    show({ row: { ...wanted.row, [field.name]: wanted.to }, from: wanted.to, to: wanted.from })
    glideFrom(wanted.row.id, place)
  }

  function finish(id: string): void {
    setLacking(null)
    setUnderWay((known) => new Set([...known].filter((each) => each !== id)))
    void client.invalidateQueries({ queryKey: keys.ofObject(object.name) })
  }

  async function attempt(wanted: Move, more: Values = {}): Promise<void> {
    const { row, to } = wanted
    try {
      const saved = await save(wanted, row.version, more)
      client.setQueryData<Pages>(listKey(to), (pages) => pages && settle(pages, row.id, saved))
      if (saved === 'hidden') toast.show({ text: say('handed_over', { name: String(row['name'] ?? '') }) })
      else if (wanted.isOutOfSight) tell(wanted, saved)
    } catch (error) {
      const missing = mendable(object, error, [field.name])
      if (missing) {
        setLacking({ of: { object: object.name, field: field.name }, move: wanted, ...missing, isSaving: false })
        return
      }
      const why = reason(error)
      takeBack(wanted)
      setRefused((known) => ({ ...known, [row.id]: why }))
      toast.show({ text: say('refused', { name: String(row['name'] ?? ''), reason: why }), tone: 'danger' })
    }
    finish(row.id)
  }

  async function move(wanted: Move): Promise<void> {
    const { row } = wanted
    if (wanted.from === wanted.to) return
    await client.cancelQueries({ queryKey: keys.ofObject(object.name) })
    show(wanted)
    setUnderWay((known) => new Set([...known, row.id]))
    setRefused((known) => Object.fromEntries(Object.entries(known).filter(([id]) => id !== row.id)))
    await attempt(wanted)
  }

  return {
    move,
    lacking,
    supply: async (values) => {
      if (!lacking) return
      setLacking({ ...lacking, isSaving: true })
      const wire = lacking.fields.map((each) => [each.name, kindOf(each).toWire(values[each.name] as never)])
      await attempt(lacking.move, Object.fromEntries(wire))
    },
    giveUp: () => {
      if (!lacking) return
      takeBack(lacking.move)
      finish(lacking.move.row.id)
    },
    underWay,
    refused,
  }
}

function settle(pages: Pages, id: string, saved: FullRecord | 'hidden'): Pages {
  if (saved === 'hidden') return takeCard(pages, id)
  const known = (row: RecordRow): RecordRow =>
    row.id === id ? { ...row, ...Object.fromEntries(Object.entries(saved).filter(([name]) => name in row)), version: saved.version } : row
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, records: page.records.map(known) })) }
}
