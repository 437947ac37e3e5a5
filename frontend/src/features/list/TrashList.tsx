/** Deleted records, to be looked at and brought back. */
import { RotateCcw, Trash2 } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { restoreRecord, useRecordPages } from '@/api/records'
import type { ObjectDefinition, RecordRow, Reference } from '@/api/types'
import { proseMoment } from '@/lib/format'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { PersonAvatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Failed, FirstUse, LoadingRows } from '@/ui/faces'
import { toast } from '@/ui/toast'
import { useText } from './messages'
import styles from './list.module.css'

export function TrashList({ object }: { object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const client = useQueryClient()
  const telling = object.layout.card.map((name) => object.fields.find((field) => field.name === name)).find((field) => field?.options.target && kindOf(field).holds === 'reference' && !field.operators.includes('is_me'))
  const fields = ['name', 'updated_at', 'updated_by', ...(telling ? [telling.name] : [])]
  const pages = useRecordPages(object.name, { deleted: true, fields, sort: ['-updated_at'] })
  const plural = label(object.plural_label)

  async function restore(row: RecordRow): Promise<void> {
    try {
      await restoreRecord(object.name, row.id)
      toast.show({ text: say('restored', { name: String(row['name'] ?? say('untitled')) }), tone: 'success' })
    } catch (error) {
      toast.show({ text: problemText(error), tone: 'danger' })
    }
    await client.invalidateQueries({ queryKey: keys.ofObject(object.name) })
  }
  if (pages.isPending) return <LoadingRows />
  if (pages.isError) return <Failed problem={pages.error} onRetry={() => void pages.refetch()} />
  const rows = pages.data.pages.flatMap((page) => page.records)
  if (rows.length === 0) return <FirstUse icon={<Trash2 size={20} />} title={say('trash_empty')} text={say('trash_empty_text', { object: plural })} />
  return (
    <div className={styles.trash}>
      <p className={styles.note}>{say('trash_text', { object: plural })}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <span className={styles.trashName}>
              <strong>{String(row['name'] ?? say('untitled'))}</strong>
              {telling && !kindOf(telling).isEmpty(row[telling.name]) && <span>{(row[telling.name] as Reference).name ?? '—'}</span>}
            </span>
            <When row={row} />
            {object.rights.delete && (
              <Button icon={<RotateCcw size={14} />} onClick={() => void restore(row)}>
                {say('restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('show_more')}
        </Button>
      )}
    </div>
  )
}

function When({ row }: { row: RecordRow }) {
  const say = useText()
  const locale = useLocale()
  const person = row['updated_by'] as Reference | null
  return (
    <span className={styles.trashWhen}>
      {person?.name && <PersonAvatar id={person.id} name={person.name} size={18} />}
      {person?.name}
      <span>{say('deleted_at', { at: proseMoment(String(row['updated_at']), locale) })}</span>
    </span>
  )
}
