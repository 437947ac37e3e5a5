/** What an object links to, and what links to it. */
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { Link } from 'react-router'
import { labelText, useLocale } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import type { DraftField, DraftObject } from './draft_view'
import styles from './ObjectPage.module.css'
import { useText } from './text'

export interface Relation {
  direction: 'out' | 'in'
  other: DraftObject
  field: DraftField
}

export function relationsOf(object: DraftObject, objects: readonly DraftObject[]): Relation[] {
  const links = (one: DraftObject) => one.fields.filter((field) => !field.system && field.retired_at === null && field.options.target !== undefined)
  const out = links(object).flatMap((field) => {
    const other = objects.find((one) => one.name === field.options.target)
    return other ? [{ direction: 'out' as const, other, field }] : []
  })
  const into = objects
    .filter((other) => other.retired_at === null)
    .flatMap((other) => links(other).flatMap((field) => (field.options.target === object.name ? [{ direction: 'in' as const, other, field }] : [])))
  return [...out, ...into]
}

export function Relations({ object, objects }: { object: DraftObject; objects: readonly DraftObject[] }) {
  const say = useText()
  const locale = useLocale()
  const relations = relationsOf(object, objects)
  if (relations.length === 0) return <p className={styles.section}>{say('noRelations')}</p>
  return (
    <>
      <div className={styles.section} />
      <ul className={styles.list}>
        {relations.map(({ direction, other, field }) => (
          <li key={`${direction}${other.name}${field.name}`}>
            {direction === 'out' ? <ArrowRight size={14} aria-hidden /> : <ArrowLeft size={14} aria-hidden />}
            <span className={styles.note}>{say(direction === 'out' ? 'relationOut' : 'relationIn')}</span>
            <ObjectIcon icon={other.icon} />
            <Link to={`/settings/objects/${other.name}`}>{labelText(other.label, locale)}</Link>
            <span className={`${styles.note} ${styles.far}`}>{labelText(field.label, locale)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
