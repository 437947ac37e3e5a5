/** A record as a card of at most four lines: name, party, figures with date and owner, what to watch. */
import { memo, use } from 'react'
import type { HTMLAttributes, Ref } from 'react'
import { CircleAlert, Hourglass } from 'lucide-react'
import type { Field, RecordRow, Reference } from '@/api/types'
import { useLocale } from '@/lib/i18n'
import { Chip } from '@/ui/Chip'
import { CompanyAvatar, PersonAvatar } from '@/ui/Avatar'
import { ColoringContext, paintOf, tones } from '@/registry/coloring'
import { kindOf } from '@/registry/registry'
import { overdueDays, stalledDays } from './cards'
import type { CardLines } from '@/registry/card_lines'
import { useText } from './messages'
import styles from './Card.module.css'

export interface CardProps extends HTMLAttributes<HTMLElement> {
  row: RecordRow
  lines: CardLines
  /** The kind of stage the card stands in. */
  kind: string | undefined
  isOpen?: boolean
  isGhost?: boolean
  isLifted?: boolean
  isBusy?: boolean
  refused?: string | undefined
  ref?: Ref<HTMLElement>
}

/** Drawn again only when something about it changed: a board holds hundreds, and every lift is told to all of them. */
export const Card = memo(function Card({ row, lines, kind, isOpen, isGhost, isLifted, isBusy, refused, ref, style, ...rest }: CardProps) {
  const say = useText()
  const now = new Date()
  const stalled = stalledDays(row, kind, now)
  const [date] = lines.dates
  const party = lines.party && (row[lines.party.name] as Reference | null | undefined)
  const overdue = date ? overdueDays(row[date.name], kind, now) : null
  const coloring = use(ColoringContext)
  const paint = paintOf(coloring, row)
  const marks = coloring.filter((rule) => rule === paint || (rule.field !== null && rule === paintOf(coloring, row, rule.field)))
  const figures = lines.figures.filter((field) => !kindOf(field).isEmpty(row[field.name]))
  const filled = lines.rest.filter((field) => !kindOf(field).isEmpty(row[field.name]))
  const hasFoot = stalled !== null || overdue !== null || filled.length > 0 || refused !== undefined || marks.length > 0
  return (
    <article
      {...rest}
      ref={ref}
      className={styles.card}
      data-card={isLifted ? undefined : row.id}
      data-open={isOpen || undefined}
      data-ghost={isGhost || undefined}
      data-lifted={isLifted || undefined}
      data-busy={isBusy || undefined}
      data-stalled={stalled !== null || undefined}
      data-refused={refused !== undefined || undefined}
      data-paint={paint?.hue}
      style={{ ...style, ...tones(paint) }}
    >
      <div className={styles.name}>{String(row['name'] ?? '') || say('unnamed')}</div>
      {party?.name && (
        <div className={styles.party}>
          <CompanyAvatar name={party.name} size={16} />
          <span>{party.name}</span>
        </div>
      )}
      {(figures.length > 0 || lines.dates.length > 0 || lines.people.length > 0) && (
        <div className={styles.line}>
          <span className={styles.figures}>
            {figures.map((field) => (
              <span key={field.name}>
                <Figure field={field} row={row} />
              </span>
            ))}
          </span>
          <span className={styles.ends}>
            {date && (
              <span className={overdue === null ? styles.date : styles.late}>
                <Value field={date} row={row} />
              </span>
            )}
            {lines.people.map((field) => (
              <Face key={field.name} person={row[field.name] as Reference | null | undefined} />
            ))}
          </span>
        </div>
      )}
      {hasFoot && (
        <div className={styles.foot}>
          {refused !== undefined ? (
            <span className={styles.late}>
              <CircleAlert size={14} aria-hidden />
              {refused}
            </span>
          ) : (
            <>
              {marks.map((rule) => (
                <Chip key={`${rule.field ?? ''} ${rule.why}`} hue={rule.hue} dot title={rule.why}>
                  {rule.why}
                </Chip>
              ))}
              {stalled !== null && (
                <span className={styles.stalled} title={say('stalled_help', { count: stalled })}>
                  <Hourglass size={14} aria-hidden />
                  {say('stalled', { count: stalled })}
                </span>
              )}
              {filled.map((field) => (
                <span key={field.name} className={styles.rest}>
                  <Value field={field} row={row} />
                </span>
              ))}
              {overdue !== null && <span className={styles.late}>{say('overdue', { count: overdue })}</span>}
            </>
          )}
        </div>
      )}
    </article>
  )
})

function Value({ field, row }: { field: Field; row: RecordRow }) {
  const { Cell, isEmpty } = kindOf(field)
  const value = row[field.name]
  return isEmpty(value) ? null : <Cell value={value} field={field} place="card" />
}

/** A face says who; the name is told to screen readers and under the pointer. */
function Face({ person }: { person: Reference | null | undefined }) {
  if (!person?.name) return null
  return (
    <span title={person.name}>
      <PersonAvatar id={person.id} name={person.name} size={20} />
      <span className="visually-hidden">{person.name}</span>
    </span>
  )
}

/** Money is exact on a card: one acts on it. */
function Figure({ field, row }: { field: Field; row: RecordRow }) {
  const kind = kindOf(field)
  const locale = useLocale()
  const value = row[field.name]
  return kind.format(value, field, locale)
}
