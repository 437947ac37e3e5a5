/** Records that point to this one: a short list in the narrow column, a full one with paging under its tab. */
import { Plus, Unlink } from 'lucide-react'
import { Link } from 'react-router'
import { useRecordPages } from '@/api/records'
import type { Field, RecordRow } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { Failed, FirstUse, LoadingRows } from '@/ui/faces'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { recordAddress } from './deeds'
import { relatedFields } from './layout'
import { LinkExisting } from './LinkExisting'
import { useText } from './messages'
import { countText } from './related'
import type { Related } from './related'
import { useRelinking } from './relink'
import styles from './RelatedList.module.css'

const pageOf = 20
const glanceOf = 3
const mostColumns = 5

export interface RelatedProps {
  related: Related
  /** The record they point to. */
  id: string
  onCreate: (related: Related) => void
}

function useRows(related: Related, fields: readonly Field[], limit: number) {
  return useRecordPages(related.object.name, {
    filter: related.filter,
    fields: ['name', ...fields.map((field) => field.name)],
    sort: ['-updated_at'],
    limit,
  })
}

export function RelatedList({ related, id, onCreate }: RelatedProps) {
  const say = useText()
  const relinking = useRelinking(related, id)
  const label = useLabel()
  const fields = relatedFields(related.object, related.field).slice(0, mostColumns)
  const pages = useRows(related, fields, pageOf)
  const create = (
    <span className={styles.deeds}>
      {relinking && <LinkExisting related={related} relinking={relinking} />}
      {related.object.rights.create && (
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => onCreate(related)}>
          {say('new_of', { object: label(related.object.label) })}
        </Button>
      )}
    </span>
  )
  if (pages.isPending) return <LoadingRows rows={4} />
  if (pages.isError) return <Failed problem={pages.error} onRetry={() => void pages.refetch()} />
  const rows = pages.data.pages.flatMap((page) => page.records)
  if (rows.length === 0) {
    return <FirstUse icon={<ObjectIcon icon={related.object.icon} size={20} />} title={say('related_none', { label: label(related.label) })} actions={create} />
  }
  return (
    <div className={styles.related}>
      <div className={styles.bar}>
        <span>{related.count !== undefined && say('related_count', { count: countText(related) })}</span>
        {create}
      </div>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">{label(related.object.fields.find((field) => field.name === 'name')?.label)}</th>
              {fields.map((field) => (
                <th key={field.name} scope="col" data-align={kindOf(field).align}>
                  {label(field.label)}
                </th>
              ))}
              {relinking && (
                <th scope="col">
                  <span className="visually-hidden">{say('unlink')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <RowLink related={related} row={row} />
                </th>
                {fields.map((field) => (
                  <td key={field.name} data-align={kindOf(field).align} data-label={label(field.label)}>
                    <Value field={field} value={row[field.name]} place="cell" />
                  </td>
                ))}
                {relinking && (
                  <td data-align="right">
                    <button type="button" className={styles.unlink} title={say('unlink')} aria-label={`${say('unlink')} ${String(row['name'] ?? '')}`} onClick={() => void relinking.remove(row.id)}>
                      <Unlink size={14} aria-hidden />
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages.hasNextPage && (
        <Button type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('show_more')}
        </Button>
      )}
    </div>
  )
}

/** The newest few with the one figure that tells them apart. */
export function RelatedGlance({ related, onCreate, onShowAll }: Omit<RelatedProps, 'id'> & { onShowAll: () => void }) {
  const say = useText()
  const label = useLabel()
  const fields = relatedFields(related.object, related.field)
  const figure = fields.find((field) => kindOf(field).align === 'right') ?? fields[0]
  const pages = useRows(related, figure ? [figure] : [], glanceOf)
  const rows = pages.data?.pages.flatMap((page) => page.records).slice(0, glanceOf) ?? []
  return (
    <section className={styles.glance}>
      <header>
        <ObjectIcon icon={related.object.icon} size={16} />
        <button type="button" onClick={onShowAll}>
          {label(related.label)} <span className={styles.count}>{countText(related)}</span>
        </button>
        {related.object.rights.create && (
          <button type="button" className={styles.add} aria-label={say('new_of', { object: label(related.object.label) })} onClick={() => onCreate(related)}>
            <Plus size={16} aria-hidden />
          </button>
        )}
      </header>
      {pages.isError && <p className={styles.failed}>{say('related_failed')}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <RowLink related={related} row={row} />
            {figure && <Value field={figure} value={row[figure.name]} place="card" />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function RowLink({ related, row }: { related: Related; row: RecordRow }) {
  const say = useText()
  return <Link to={recordAddress(related.object.name, row.id)}>{String(row['name'] ?? '') || say('unnamed')}</Link>
}

function Value({ field, value, place }: { field: Field; value: unknown; place: 'cell' | 'card' }) {
  const { Cell, isEmpty } = kindOf(field)
  return isEmpty(value) ? <span className={styles.none}>—</span> : <Cell value={value} field={field} place={place} />
}
