/** Who changed the calendar and when, the last change first. */
import { useState } from 'react'
import { useCalendarVersions } from '@/api/calendars'
import type { WorkCalendar } from '@/api/calendars'
import { proseMoment } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed } from '@/ui/faces'
import { useCalendarText } from './messages'
import styles from './CalendarPage.module.css'

const shownAtFirst = 4

export function Versions({ calendar }: { calendar: WorkCalendar }) {
  const say = useCalendarText()
  const locale = useLocale()
  const versions = useCalendarVersions(calendar.name)
  const [isOpen, setOpen] = useState(false)
  const changes = versions.data ?? []
  const shown = isOpen ? changes : changes.slice(0, shownAtFirst)
  return (
    <section>
      <header>
        <h2>{say('versions')}</h2>
        <span className={styles.about}>{say('version', { version: calendar.version })}</span>
      </header>
      {versions.isError && <Failed problem={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.isSuccess && changes.length === 0 && <p className={styles.about}>{say('noVersions')}</p>}
      <ol className={styles.versions}>
        {shown.map((one) => (
          <li key={one.version}>
            <span>{say('version', { version: one.version + 1 })}</span>
            <span className={styles.what}>{one.changed_by ?? say('byProduct')}</span>
            <time dateTime={one.until}>{proseMoment(one.until, locale)}</time>
          </li>
        ))}
      </ol>
      {!isOpen && changes.length > shownAtFirst && (
        <Button type="text" size="small" onClick={() => setOpen(true)}>
          {say('moreVersions', { count: changes.length - shownAtFirst })}
        </Button>
      )}
    </section>
  )
}
