/** Who changed what and when, newest first, day by day. */
import { Eye, FilePlus, Merge, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { undoMerge } from '@/api/merges'
import { problemText } from '@/api/problem'
import { useHistory } from '@/api/records'
import type { Change, Field, ObjectDefinition } from '@/api/types'
import { clockTime, isoDate, proseDay } from '@/lib/format'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { PersonAvatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows } from '@/ui/faces'
import { toast } from '@/ui/toast'
import { useText } from './messages'
import styles from './HistoryList.module.css'

const opIcons = { create: FilePlus, update: Pencil, delete: Trash2, restore: RotateCcw, reveal: Eye, merge: Merge }
const longText = 160

export function HistoryList({ object, id }: { object: ObjectDefinition; id: string }) {
  const say = useText()
  const locale = useLocale()
  const history = useHistory(object.name, id)
  if (history.isPending) return <LoadingRows rows={4} columns={2} />
  if (history.isError) return <Failed problem={history.error} onRetry={() => void history.refetch()} />
  const changes = history.data.pages.flatMap((page) => page.changes)
  return (
    <div className={styles.history}>
      {byDay(changes).map(([day, ofDay]) => (
        <section key={day}>
          <h3 className={styles.day}>{proseDay(new Date(`${day}T00:00`), locale)}</h3>
          <ol>
            {ofDay.map((change) => (
              <ChangeEntry key={change.id} change={change} object={object} />
            ))}
          </ol>
        </section>
      ))}
      {changes.length === 0 && <p className={styles.none}>{say('history_none')}</p>}
      {history.hasNextPage && (
        <Button type="text" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {say('history_more')}
        </Button>
      )}
    </div>
  )
}

function byDay(changes: readonly Change[]): [string, Change[]][] {
  const days = new Map<string, Change[]>()
  for (const change of changes) {
    const day = isoDate(new Date(change.at))
    days.set(day, [...(days.get(day) ?? []), change])
  }
  return [...days]
}

function ChangeEntry({ change, object }: { change: Change; object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const Icon = opIcons[change.op]
  const parts = change.fields
    .map((part) => ({ ...part, field: object.fields.find((field) => field.name === part.field) }))
    .filter((part): part is Change['fields'][number] & { field: Field } => part.field !== undefined && !isUnsaid(part.field))
  const source = change.source === 'page' ? null : say(`source_${change.source}`)
  return (
    <li className={styles.entry} data-op={change.op}>
      <span className={styles.mark} aria-hidden>
        {change.actor ? <PersonAvatar id={change.actor.id} name={change.actor.name} size={24} /> : <Icon size={14} />}
      </span>
      <div className={styles.what}>
        <div className={styles.head}>
          <span>
            <b>{change.actor?.name ?? say('actor_system')}</b> {sentence(change, parts.length, say)}
            {change.op === 'reveal' && parts.map(({ field }) => label(field.label)).join(', ')}
          </span>
          {source && <span className={styles.source}>{source}</span>}
          {change.op === 'merge' && change.merge && object.rights.delete && <UndoMerge object={object.name} merge={change.merge} />}
          <time dateTime={change.at}>{clockTime(new Date(change.at))}</time>
        </div>
        {change.op === 'update' && (
          <ul className={styles.parts}>
            {parts.map(({ field, old, new: now }) => (
              <Difference key={field.name} field={field} before={old} after={now} />
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function UndoMerge({ object, merge }: { object: string; merge: string }) {
  const say = useText()
  const client = useQueryClient()
  const undoing = useMutation({
    mutationFn: () => undoMerge(object, merge),
    onSuccess: async () => {
      await client.invalidateQueries()
      toast.show({ text: say('merge_undone') })
    },
    onError: (error) => toast.show({ text: problemText(error), tone: 'danger' }),
  })
  return (
    <Button type="text" size="small" loading={undoing.isPending} onClick={() => undoing.mutate()}>
      {say('merge_undo')}
    </Button>
  )
}

/** What follows from another change and would only repeat it. */
function isUnsaid(field: Field): boolean {
  return field.system && !['name', 'owner', 'department'].includes(field.name)
}

function sentence(change: Change, count: number, say: ReturnType<typeof useText>): string {
  return change.op === 'update' ? say('op_update', { count }) : say(`op_${change.op}`)
}

function Difference({ field, before, after }: { field: Field; before: unknown; after: unknown }) {
  const say = useText()
  const label = useLabel()
  return (
    <li>
      <span className={styles.field}>{label(field.label)}</span>
      <span className={styles.old}>
        <Value field={field} value={before} />
      </span>
      <span aria-label={say('became')} role="img" className={styles.arrow}>
        →
      </span>
      <Value field={field} value={after} />
    </li>
  )
}

function isPlainText(value: unknown): value is { text: string } {
  return typeof value === 'object' && value !== null && 'text' in value && Object.keys(value).length === 1
}

function Value({ field, value }: { field: Field; value: unknown }) {
  const say = useText()
  const locale = useLocale()
  const kind = kindOf(field)
  // What it held before it got its type.
  if (isPlainText(value)) return <span>{value.text}</span>
  if (kind.isEmpty(value)) return <span className={styles.empty}>{say('empty')}</span>
  if (!field.options.choices) {
    const text = kind.format(value, field, locale)
    return <span>{text.length > longText ? `${text.slice(0, longText)}…` : text}</span>
  }
  return <kind.Cell value={value} field={field} place="cell" />
}
