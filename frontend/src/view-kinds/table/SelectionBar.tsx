/** The dark bar while records are selected: how many, their sum, and the deeds on them. */
import { lazy, Suspense, useState } from 'react'
import { Download, Merge, PencilLine, Square, Trash2, UserRoundCog, X } from 'lucide-react'
import { useNavigate } from 'react-router'
import { mergeAddress, mostMerged } from '@/api/merges'
import { useAggregate } from '@/api/records'
import type { Field, ObjectDefinition, RecordRow } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ViewState } from '@/registry/view_kind'
import type { Column } from './columns'
import { useText } from './messages'
import type { Selection } from './selection'
import { useBulkDeeds } from './use_bulk_deeds'
import styles from './table.module.css'

const BulkDialog = lazy(async () => ({ default: (await import('./BulkDialog')).BulkDialog }))

export interface SelectionBarProps {
  object: ObjectDefinition
  state: ViewState
  selection: Selection
  columns: readonly Column[]
  total: number | null
  rowOf: (id: string) => RecordRow | undefined
}

const mostAggregated = 1000
/** An export names so many records at most; all that match are exported by their conditions. */
const mostExported = 10_000

/** What the selection adds up to: the view's own sum, else the first column that adds up by itself. */
function sumField(object: ObjectDefinition, state: ViewState, columns: readonly Column[]): Field | null {
  const named = object.fields.find((field) => field.name === state.sum)
  return named ?? columns.find(({ field, path }) => !path.includes('.') && kindOf(field).summary === 'sum')?.field ?? null
}

function useSum(field: Field | null, { object, selection, rowOf }: SelectionBarProps): string | null {
  const locale = useLocale()
  const { target } = selection
  const ids = target.kind === 'ids' ? target.ids : null
  const rows = ids?.map(rowOf)
  const isHere = field !== null && rows?.every((row) => row !== undefined && field.name in row) === true
  const mayAsk = ids === null || ids.length <= mostAggregated
  const asked = useAggregate(
    object.name,
    {
      ...(target.kind === 'ids' ? { filter: { field: 'id', op: 'in', value: [...target.ids] } } : { filter: target.filter, ...(target.q ? { q: target.q } : {}) }),
      group_by: [],
      measures: field ? [{ op: 'sum', field: field.name }] : [],
    },
    field !== null && !isHere && mayAsk,
  )
  if (!field || (!isHere && !mayAsk)) return null
  // In cents: the sum of many amounts must not show the crumbs of binary fractions.
  const here = (rows ?? []).reduce((sum, row) => sum + Math.round(Number(row?.[field.name] ?? 0) * 100), 0) / 100
  const sum = isHere ? here : asked.data?.groups[0]?.values[0]
  return typeof sum === 'number' ? kindOf(field).format(sum, field, locale) : null
}

export function SelectionBar(props: SelectionBarProps) {
  const say = useText()
  const navigate = useNavigate()
  const { object, state, selection, total, columns } = props
  const { rights } = object
  const [dialog, setDialog] = useState<'edit' | 'transfer' | null>(null)
  const { working, stop, change, remove, exportSelected } = useBulkDeeds(object, state, selection, columns)
  const sum = useSum(sumField(object, state, columns), props)
  const owner = object.fields.find((field) => field.name === 'owner' && field.access === 'write')
  const size = formatNumber(selection.size)
  const merging = selection.target.kind === 'ids' && selection.size >= 2 && selection.size <= mostMerged ? selection.target.ids : null

  return (
    <>
      <div className={styles.selection} role="region" aria-label={say('selection')}>
        <strong aria-live="polite">{say(selection.isMatching ? 'selected_matching' : 'selected', { count: size })}</strong>
        {working !== null ? (
          <>
            <span role="status">{say(working.step === 'reading' ? 'reading' : 'working', { done: formatNumber(working.done), total: size })}</span>
            <Deed icon={Square} text={say('stop')} onClick={stop} />
          </>
        ) : (
          <>
            {sum && <span className={styles.selectionSum}>{say('selected_sum', { sum })}</span>}
            {!selection.isMatching && selection.share === 'all' && total !== null && total > selection.size && (
              <button type="button" className={styles.allMatching} onClick={selection.selectMatching}>
                {say('all_matching', { count: formatNumber(total) })}
              </button>
            )}
            {rights.edit && <Deed icon={PencilLine} text={say('edit_field')} onClick={() => setDialog('edit')} />}
            {rights.edit && owner && <Deed icon={UserRoundCog} text={say('transfer')} onClick={() => setDialog('transfer')} />}
            {rights.edit && rights.delete && merging && <Deed icon={Merge} text={say('merge')} onClick={() => void navigate(mergeAddress(object.name, merging))} />}
            {rights.export && (selection.isMatching || selection.size <= mostExported) && <Deed icon={Download} text={say('export')} onClick={() => void exportSelected()} />}
            {rights.delete && <Deed icon={Trash2} text={say('delete')} onClick={() => void remove()} />}
            <span className={styles.selectionLine} aria-hidden />
            <button type="button" className={styles.deed} aria-label={say('clear')} title={say('clear')} onClick={selection.clear}>
              <X size={16} aria-hidden />
            </button>
          </>
        )}
      </div>
      {dialog && (
        <Suspense fallback={null}>
          <BulkDialog
            object={object}
            only={dialog === 'transfer' ? (owner ?? null) : null}
            target={selection.target}
            count={selection.size}
            onClose={() => setDialog(null)}
            onChange={(field, value) => {
              setDialog(null)
              void change(field, value)
            }}
          />
        </Suspense>
      )}
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
