/** What can be done with the selected records: change a field, hand over, delete, export; each can be stopped and taken back. */
import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { downloadExport, sendBulk } from '@/api/records'
import type { Field, ObjectDefinition } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLabel } from '@/lib/i18n'
import type { ViewState } from '@/registry/view_kind'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import { idsOf, inParcels, parcel, readTarget } from './bulk'
import type { Before, Deed, Outcome, Progress } from './bulk'
import type { Column } from './columns'
import { useText } from './messages'
import type { Selection } from './selection'

/** How far a deed has come. */
export interface Working {
  step: 'reading' | 'doing'
  done: number
}

export interface BulkDeeds {
  working: Working | null
  stop: () => void
  change: (field: Field, value: unknown) => Promise<void>
  remove: () => Promise<void>
  exportSelected: () => Promise<void>
}

type Done = 'done_deleted' | 'done_changed' | 'done_restored'

export function useBulkDeeds(object: ObjectDefinition, state: ViewState, selection: Selection, columns: readonly Column[]): BulkDeeds {
  const say = useText()
  const label = useLabel()
  const client = useQueryClient()
  const [working, setWorking] = useState<Working | null>(null)
  const isStopped = useRef(false)
  const progress = (step: Working['step']): Progress => ({ onStep: (done) => setWorking({ step, done }), isStopped: () => isStopped.current })
  const run = (ids: readonly string[], deed: Deed): Promise<Outcome> => inParcels(ids, deed, (body) => sendBulk(object.name, body), progress('doing'))

  function tell(outcome: Outcome, done: Done, undo?: () => void): void {
    const { unchanged, refused, left, reason } = outcome
    const parts = [
      say(done, { count: formatNumber(outcome.done.length) }),
      ...(unchanged > 0 ? [say('unchanged', { count: formatNumber(unchanged) })] : []),
      ...(refused > 0 ? [say('refused', { count: formatNumber(refused), reason: reason ?? '' })] : []),
      ...(left > 0 ? [say('stopped', { count: formatNumber(left) })] : []),
    ]
    toast.show({ text: parts.join(' · '), ...(refused > 0 ? { tone: 'danger' as const } : {}), ...(undo && outcome.done.length > 0 ? { undo } : {}) })
  }

  async function attempt(act: () => Promise<void>): Promise<void> {
    isStopped.current = false
    setWorking({ step: 'doing', done: 0 })
    try {
      await act()
    } catch (error) {
      toast.show({ text: problemText(error), tone: 'danger' })
    } finally {
      setWorking(null)
      void client.invalidateQueries({ queryKey: keys.ofObject(object.name) })
    }
  }

  async function putBack(field: Field, before: Before, done: ReadonlySet<string>): Promise<void> {
    const whole: Outcome = { done: [], unchanged: 0, refused: 0, reason: null, left: 0 }
    for (const group of before.values()) {
      const ids = group.ids.filter((id) => done.has(id))
      if (ids.length === 0) continue
      const outcome = await run(ids, { action: 'update', values: { [field.name]: group.value } })
      whole.done.push(...outcome.done)
      whole.unchanged += outcome.unchanged
      whole.refused += outcome.refused
      whole.left += outcome.left
      whole.reason ??= outcome.reason
    }
    tell(whole, 'done_restored')
  }

  return {
    working,
    stop: () => {
      isStopped.current = true
    },
    change: (field, value) =>
      attempt(async () => {
        const read = await readTarget(object.name, selection.target, field, progress('reading'))
        if (!read) return
        const outcome = await run(read.ids, { action: 'update', values: { [field.name]: value } })
        tell(outcome, 'done_changed', () => void attempt(() => putBack(field, read.before, new Set(outcome.done))))
      }),
    remove: async () => {
      const { size } = selection
      const question = {
        title: say('delete_title', { count: formatNumber(size), object: label(size === 1 ? object.label : object.plural_label) }),
        body: size > parcel ? `${say('delete_body')} ${say('takes_a_while')}` : say('delete_body'),
        verb: say('delete_verb', { count: formatNumber(size) }),
        keep: say('keep'),
        danger: true,
      }
      if (!(await confirm(question))) return
      await attempt(async () => {
        const ids = await idsOf(object.name, selection.target, progress('reading'))
        if (!ids) return
        const outcome = await run(ids, { action: 'delete' })
        selection.clear()
        tell(outcome, 'done_deleted', () => void attempt(async () => tell(await run(outcome.done, { action: 'restore' }), 'done_restored')))
      })
    },
    exportSelected: async () => {
      const waiting = toast.show({ text: say('exporting') })
      const { target } = selection
      const which = target.kind === 'ids' ? { ids: [...target.ids] } : { filter: target.filter, ...(target.q ? { q: target.q } : {}) }
      try {
        await downloadExport({ object: object.name, format: 'xlsx', sort: state.sort, fields: columns.map((column) => column.path), ...which })
        toast.show({ text: say('exported') })
      } catch (error) {
        toast.show({ text: problemText(error), tone: 'danger' })
      } finally {
        toast.close(waiting)
      }
    },
  }
}
