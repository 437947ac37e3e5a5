/** The dark bar while records are selected: how many, their sum, and the deeds on them. */
import { useState } from 'react'
import { Download, PencilLine, Trash2, UserRoundCog, X } from 'lucide-react'
import { problemText } from '@/api/problem'
import { downloadExport, useAggregate, useBulk } from '@/api/records'
import type { Field, ObjectDefinition, RecordRow } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ViewState } from '@/registry/view_kind'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import { inParcels, matchingIds, mostMatching, valuesNow } from './bulk'
import type { Outcome } from './bulk'
import { BulkDialog } from './BulkDialog'
import type { Column } from './columns'
import { useText } from './messages'
import type { Selection } from './selection'
import styles from './table.module.css'

export interface SelectionBarProps {
  object: ObjectDefinition
  state: ViewState
  selection: Selection
  columns: readonly Column[]
  total: number | null
  rowOf: (id: string) => RecordRow | undefined
}

const mostAggregated = 1000

/** What the selection adds up to: the view's own sum, else the first column that adds up by itself. */
function sumField(object: ObjectDefinition, state: ViewState, columns: readonly Column[]): Field | null {
  const named = object.fields.find((field) => field.name === state.sum)
  return named ?? columns.find(({ field, path }) => !path.includes('.') && kindOf(field).summary === 'sum')?.field ?? null
}

function useSum(field: Field | null, props: SelectionBarProps): string | null {
  const locale = useLocale()
  const ids = [...props.selection.ids]
  const rows = ids.map(props.rowOf)
  const isHere = rows.every((row) => row !== undefined && field !== null && field.name in row)
  const asked = useAggregate(
    props.object.name,
    { filter: { field: 'id', op: 'in', value: ids }, group_by: [], measures: field ? [{ op: 'sum', field: field.name }] : [] },
    field !== null && !isHere && ids.length <= mostAggregated,
  )
  if (!field || (!isHere && ids.length > mostAggregated)) return null
  // In cents: the sum of many amounts must not show the crumbs of binary fractions.
  const here = rows.reduce((sum, row) => sum + Math.round(Number(row?.[field.name] ?? 0) * 100), 0) / 100
  const sum = isHere ? here : asked.data?.groups[0]?.values[0]
  return typeof sum === 'number' ? kindOf(field).format(sum, field, locale) : null
}

export function SelectionBar(props: SelectionBarProps) {
  const say = useText()
  const label = useLabel()
  const bulk = useBulk(props.object.name)
  const [dialog, setDialog] = useState<'edit' | 'transfer' | null>(null)
  const [working, setWorking] = useState<number | null>(null)
  const { object, state, selection, total } = props
  const { rights } = object
  const ids = [...selection.ids]
  const sum = useSum(sumField(object, state, props.columns), props)
  const owner = object.fields.find((field) => field.name === 'owner' && field.access === 'write')

  function tell(outcome: Outcome, done: 'done_deleted' | 'done_changed' | 'done_restored', undo?: () => void): void {
    const parts = [say(done, { count: outcome.done.length })]
    if (outcome.unchanged > 0) parts.push(say('unchanged', { count: outcome.unchanged }))
    if (outcome.refused > 0) parts.push(say('refused', { count: outcome.refused, reason: outcome.reason ?? '' }))
    toast.show({ text: parts.join(' · '), ...(outcome.refused > 0 ? { tone: 'danger' as const } : {}), ...(undo && outcome.done.length > 0 ? { undo } : {}) })
  }
  async function attempt(act: () => Promise<void>): Promise<void> {
    setWorking(0)
    try {
      await act()
    } catch (error) {
      toast.show({ text: problemText(error), tone: 'danger' })
    } finally {
      setWorking(null)
    }
  }
  const send = bulk.mutateAsync

  async function remove(): Promise<void> {
    const question = {
      title: say('delete_title', { count: ids.length, object: label(ids.length === 1 ? object.label : object.plural_label) }),
      body: say('delete_body'),
      verb: say('delete_verb', { count: ids.length }),
      keep: say('keep'),
      danger: true,
    }
    if (!(await confirm(question))) return
    await attempt(async () => {
      const outcome = await inParcels(ids, { action: 'delete' }, send, setWorking)
      selection.clear()
      tell(outcome, 'done_deleted', () => void attempt(async () => tell(await inParcels(outcome.done, { action: 'restore' }, send), 'done_restored')))
    })
  }
  async function change(field: Field, value: unknown): Promise<void> {
    setDialog(null)
    await attempt(async () => {
      const before = await valuesNow(object.name, field, ids)
      const outcome = await inParcels(ids, { action: 'update', values: { [field.name]: value } }, send, setWorking)
      const done = new Set(outcome.done)
      tell(outcome, 'done_changed', () =>
        void attempt(async () => {
          let restored = 0
          for (const group of before.values()) {
            const changed = group.ids.filter((id) => done.has(id))
            if (changed.length > 0) restored += (await inParcels(changed, { action: 'update', values: { [field.name]: group.value } }, send)).done.length
          }
          toast.show({ text: say('done_restored', { count: restored }) })
        }),
      )
    })
  }
  async function exportSelected(): Promise<void> {
    const waiting = toast.show({ text: say('exporting') })
    await attempt(async () => {
      await downloadExport({ object: object.name, format: 'xlsx', ids, sort: state.sort, fields: props.columns.map((column) => column.path) })
      toast.show({ text: say('exported') })
    })
    toast.close(waiting)
  }
  async function selectAll(): Promise<void> {
    await attempt(async () => {
      const all = await matchingIds(object.name, state)
      selection.set(all)
      if (total !== null && total > mostMatching) toast.show({ text: say('not_all', { most: formatNumber(mostMatching) }) })
    })
  }

  return (
    <>
      <div className={styles.selection} role="region" aria-label={say('selection')}>
        <strong aria-live="polite">{say('selected', { count: formatNumber(ids.length) })}</strong>
        {working !== null ? (
          <span role="status">{say('working', { done: formatNumber(working), total: formatNumber(ids.length) })}</span>
        ) : (
          <>
            {sum && <span className={styles.selectionSum}>{say('selected_sum', { sum })}</span>}
            {selection.share === 'all' && total !== null && total > ids.length && (
              <button type="button" className={styles.allMatching} onClick={() => void selectAll()}>
                {say('all_matching', { count: formatNumber(total) })}
              </button>
            )}
            {rights.edit && <Deed icon={PencilLine} text={say('edit_field')} onClick={() => setDialog('edit')} />}
            {rights.edit && owner && <Deed icon={UserRoundCog} text={say('transfer')} onClick={() => setDialog('transfer')} />}
            {rights.export && <Deed icon={Download} text={say('export')} onClick={() => void exportSelected()} />}
            {rights.delete && <Deed icon={Trash2} text={say('delete')} onClick={() => void remove()} />}
          </>
        )}
        <span className={styles.selectionLine} aria-hidden />
        <button type="button" className={styles.deed} aria-label={say('clear')} title={say('clear')} onClick={selection.clear}>
          <X size={16} aria-hidden />
        </button>
      </div>
      {dialog && <BulkDialog object={object} only={dialog === 'transfer' ? (owner ?? null) : null} count={ids.length} onClose={() => setDialog(null)} onChange={(field, value) => void change(field, value)} />}
    </>
  )
}

function Deed({ icon: Icon, text, onClick }: { icon: typeof X; text: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.deed} onClick={onClick}>
      <Icon size={16} aria-hidden />
      {text}
    </button>
  )
}
