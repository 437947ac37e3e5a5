/** The records as columns, their fields as rows; what differs can be chosen, what comes of it stands beside. */
import { useState } from 'react'
import { X } from 'lucide-react'
import type { Field, FullRecord, ObjectDefinition } from '@/api/types'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { useText } from './messages'
import styles from './merge.module.css'

export interface ComparisonProps {
  object: ObjectDefinition
  records: readonly FullRecord[]
  master: string
  choose: Record<string, string>
  /** The record as it would be; null while that is not known. */
  result: FullRecord | null
  onMaster: (id: string) => void
  onChoose: (field: string, id: string) => void
  onLeaveOut: (id: string) => void
}

export function Comparison({ object, records, master, choose, result, onMaster, onChoose, onLeaveOut }: ComparisonProps) {
  const say = useText()
  const label = useLabel()
  const [showsSame, setShowsSame] = useState(false)
  const fields = object.fields.filter((field) => field.retired_at === null && !field.computed && (!field.system || ['name', 'owner'].includes(field.name)))
  const isSame = (field: Field): boolean => new Set(records.map((one) => JSON.stringify(one[field.name] ?? null))).size === 1
  const differing = fields.filter((field) => !isSame(field))
  const shown = showsSame ? fields : differing
  const hidden = fields.length - differing.length
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say('field')}</th>
            {records.map((one) => (
              <th key={one.id} scope="col" data-master={one.id === master || undefined}>
                <span className={styles.head}>
                  <label>
                    <input type="radio" name="master" checked={one.id === master} onChange={() => onMaster(one.id)} /> {say(one.id === master ? 'kept' : 'keep')}
                  </label>
                  {records.length > 2 && (
                    <button type="button" className={styles.out} aria-label={say('leave_out', { name: one.name ?? '' })} onClick={() => onLeaveOut(one.id)}>
                      <X size={14} aria-hidden />
                    </button>
                  )}
                </span>
                <a href={`/o/${object.name}/${one.id}`} target="_blank" rel="noreferrer">
                  {one.name || say('unnamed')}
                </a>
              </th>
            ))}
            <th scope="col">{say('result')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => {
            const mayChoose = field.access === 'write' && !isSame(field)
            return (
              <tr key={field.name}>
                <th scope="row">{label(field.label)}</th>
                {records.map((one) => (
                  <td key={one.id} data-chosen={choose[field.name] === one.id || undefined}>
                    {mayChoose ? (
                      <label className={styles.choice}>
                        <input
                          type="radio"
                          name={`field-${field.name}`}
                          aria-label={say('choose', { field: label(field.label), name: one.name ?? '' })}
                          checked={(choose[field.name] ?? origin(field, records, result)) === one.id}
                          onChange={() => onChoose(field.name, one.id)}
                        />
                        <Value field={field} value={one[field.name]} />
                      </label>
                    ) : (
                      <Value field={field} value={one[field.name]} />
                    )}
                  </td>
                ))}
                <td className={styles.result}>{result && <Value field={field} value={result[field.name]} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {hidden > 0 && !showsSame && (
        <p className={styles.same}>
          {say('same', { count: hidden })}{' '}
          <button type="button" className={styles.link} onClick={() => setShowsSame(true)}>
            {say('show_same')}
          </button>
        </p>
      )}
    </div>
  )
}

/** Where the value of the result comes from, unless it was put together from several. */
function origin(field: Field, records: readonly FullRecord[], result: FullRecord | null): string | null {
  if (!result) return null
  const wanted = JSON.stringify(result[field.name] ?? null)
  return records.find((one) => JSON.stringify(one[field.name] ?? null) === wanted)?.id ?? null
}

function Value({ field, value }: { field: Field; value: unknown }) {
  const say = useText()
  const locale = useLocale()
  const kind = kindOf(field)
  if (kind.isEmpty(value)) return <span className={styles.empty}>{say('empty')}</span>
  return <span>{kind.format(value, field, locale)}</span>
}
