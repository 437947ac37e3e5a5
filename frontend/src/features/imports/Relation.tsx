/** What the file would do to what is there: how many new, updated, unchanged, skipped, refused. */
import { CircleX, CornerDownRight, Equal, Pencil, Plus } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Import, ImportReport } from '@/api/import_types'
import { formatNumber } from '@/lib/format'
import { labelText, useLocale } from '@/lib/i18n'
import type { Target } from './mapping'
import styles from './Relation.module.css'
import { useText } from './text'

export interface RelationProps {
  import_: Import
  report: ImportReport | null
  isStale: boolean
  what: string
  targets: readonly Target[]
}

export function Relation({ import_, report, isStale, what, targets }: RelationProps) {
  const say = useText()
  const locale = useLocale()
  const key = targets.find((one) => one.name === import_.duplicates.key)
  const updated = key ? say('toUpdateBy', { key: labelText(key.label, locale) }) : say('toUpdate')
  return (
    <section className={styles.relation} aria-busy={isStale}>
      <header className={styles.head}>
        <h3>{say('relation')}</h3>
        {isStale && <span>{say('relationChecking')}</span>}
      </header>
      <dl data-stale={isStale}>
        <Count icon={Plus} tone="success" label={say('toCreate', { what })} count={report?.to_create} />
        {(import_.duplicates.policy === 'update' || (report?.to_update ?? 0) > 0) && <Count icon={Pencil} tone="accent" label={updated} count={report?.to_update} />}
        {import_.duplicates.policy === 'update' && <Count icon={Equal} tone="ink2" label={say('sameAlready')} count={report?.unchanged} />}
        {(import_.duplicates.policy === 'skip' || (report?.to_skip ?? 0) > 0) && (
          <Count icon={CornerDownRight} tone="ink2" label={say('toSkip')} count={report?.to_skip} />
        )}
        <Count icon={CircleX} tone="danger" label={say('invalid')} count={report?.invalid} />
      </dl>
      {report && report.rows > 0 && <Shares report={report} />}
    </section>
  )
}

function Count({ icon: Icon, tone, label, count }: { icon: LucideIcon; tone: string; label: string; count: number | undefined }) {
  return (
    <div className={styles.count}>
      <Icon size={16} style={{ color: `var(--${tone})` }} aria-hidden />
      <dt>{label}</dt>
      <dd>{count === undefined ? '—' : formatNumber(count)}</dd>
    </div>
  )
}

function Shares({ report }: { report: ImportReport }) {
  const parts = [
    ['success', report.to_create],
    ['accent', report.to_update],
    ['lineStrong', report.unchanged + report.to_skip],
    ['danger', report.invalid],
  ] as const
  return (
    <div className={styles.shares} aria-hidden>
      {parts
        .filter(([, count]) => count > 0)
        .map(([tone, count]) => (
          <span key={tone} style={{ flexGrow: count, background: `var(--${tone})` }} />
        ))}
    </div>
  )
}
