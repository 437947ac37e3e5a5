/** Saving cells: at once and optimistically, one after another for the same record, and taking one's own changes back. */
import { useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { isProblem, problemText } from '@/api/problem'
import type { Problem } from '@/api/problem'
import { isHidden, patchRows, useUpdateRecord } from '@/api/records'
import type { FullRecord, ObjectDefinition, RecordRow, Values } from '@/api/types'
import { kindOf } from '@/registry/registry'
import { toast } from '@/ui/toast'
import { useText } from './messages'

/** Values of one record, as they are shown. */
export interface CellChange {
  id: string
  values: Values
}
export type Saved = { isSaved: true } | { isSaved: false; reason: string; current: FullRecord | null; problem: Problem | null }

interface Step {
  changes: { id: string; version: number; before: Values }[]
}

const mostSteps = 100

export function useSaving(object: ObjectDefinition, rowOf: (id: string) => RecordRow | undefined) {
  const client = useQueryClient()
  const update = useUpdateRecord(object.name)
  const steps = useRef<Step[]>([])
  /** Versions this table knows from its own saves, before lists have them. */
  const versions = useRef(new Map<string, number>())
  const queues = useRef(new Map<string, Promise<unknown>>())

  function toWire(values: Values): Values {
    const fields = new Map(object.fields.map((field) => [field.name, field]))
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = fields.get(name)
        return [name, field ? kindOf(field).toWire(value ?? null) : value]
      }),
    )
  }
  function versionOf(id: string): number | '*' {
    const listed = rowOf(id)?.version ?? 0
    return Math.max(listed, versions.current.get(id) ?? 0) || '*'
  }
  async function send({ id, values }: CellChange, version: number | '*'): Promise<Saved & { version?: number }> {
    const name = String(rowOf(id)?.['name'] ?? '')
    try {
      const record = await update.mutateAsync({ id, version, values: toWire(values), shown: values })
      versions.current.set(id, record.version)
      if (isHidden(record)) toast.show({ text: useText.say('left_view', { name }) })
      return { isSaved: true, version: record.version }
    } catch (error) {
      const problem = isProblem(error) ? error : null
      const current = problem?.status === 412 ? problem.current : null
      if (current) {
        versions.current.set(id, current.version)
        patchRows(client, object.name, (row) => (row.id === id ? { ...row, ...onlyListed(row, current), version: current.version } : row))
      }
      const [blamed] = Object.keys(values)
      return { isSaved: false, reason: (blamed && problem?.forField(blamed)) || problemText(error), current, problem }
    }
  }
  /** Writes to one record wait for each other, so that each knows the version the last one made. */
  function inTurn<T>(id: string, act: () => Promise<T>): Promise<T> {
    const after = (queues.current.get(id) ?? Promise.resolve()).then(act, act)
    queues.current.set(id, after)
    return after
  }

  async function save(changes: readonly CellChange[], onRefused?: (change: CellChange, saved: Saved & { isSaved: false }) => void): Promise<number> {
    const done: Step['changes'] = []
    await Promise.all(
      changes.map((change) => {
        const row = rowOf(change.id)
        const before = Object.fromEntries(Object.keys(change.values).map((name) => [name, row?.[name] ?? null]))
        return inTurn(change.id, async () => {
          const saved = await send(change, versionOf(change.id))
          if (saved.isSaved) done.push({ id: change.id, version: saved.version ?? 0, before })
          else onRefused?.(change, saved)
        })
      }),
    )
    if (done.length > 0) steps.current = [...steps.current.slice(1 - mostSteps), { changes: done }]
    return done.length
  }

  /** Takes the last own change back, unless somebody has changed the record since. */
  async function undo(): Promise<void> {
    const step = steps.current.pop()
    if (!step) {
      toast.show({ text: useText.say('undo_nothing') })
      return
    }
    const refused: string[] = []
    await Promise.all(
      step.changes.map(({ id, version, before }) =>
        inTurn(id, async () => {
          const saved = await send({ id, values: before }, version)
          if (!saved.isSaved) refused.push(saved.reason)
        }),
      ),
    )
    const [reason] = refused
    if (reason) toast.show({ text: useText.say('undo_failed', { reason }), tone: 'danger' })
    else toast.show({ text: useText.say('undone') })
  }
  return { save, undo }
}

function onlyListed(row: RecordRow, record: FullRecord): Values {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name in row))
}
