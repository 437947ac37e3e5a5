/** A year of the workspace's work calendar, its weekly hours and its special days. */
import { useState } from 'react'
import { Select } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { CalendarDays, ChevronLeft, ChevronRight, Plus, Upload } from 'lucide-react'
import { useWorkCalendars, useWorkYear } from '@/api/calendars'
import type { CalendarEffect, WorkCalendar, WorkDay, WorkYear } from '@/api/calendars'
import { keys } from '@/api/keys'
import { useMe } from '@/api/session'
import { shortDate } from '@/lib/format'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows, NoAccess } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import { DeleteCalendar } from './DeleteCalendar'
import { DayDialog } from './DayDialog'
import { hoursText } from './hours'
import { dayLooks, useCalendarText } from './messages'
import { SettingsDialog } from './SettingsDialog'
import { Versions } from './Versions'
import { YearDialog } from './YearDialog'
import { lookOf, YearView } from './YearView'
import styles from './CalendarPage.module.css'

const standard = 'standard'

type Opened = { kind: 'day'; day: WorkDay } | { kind: 'year' | 'settings' | 'new' } | null

export function CalendarPage() {
  const say = useCalendarText()
  const label = useLabel()
  const client = useQueryClient()
  const mayDesign = useMe().data?.rights.design ?? false
  const { data: calendars, error, refetch } = useWorkCalendars()
  const [chosen, setChosen] = useState(standard)
  const [number, setNumber] = useState(() => new Date().getFullYear())
  const [opened, setOpened] = useState<Opened>(null)
  const calendar = calendars?.find((one) => one.name === chosen) ?? calendars?.[0]
  const { data: year, error: yearError, refetch: again } = useWorkYear(calendar?.name ?? '', number)

  function finish({ calendar: { name }, changed_days: count, recomputed }: CalendarEffect): void {
    setOpened(null)
    setChosen(name)
    void client.invalidateQueries({ queryKey: keys.calendars })
    const text = recomputed.length > 0 ? say('recomputed', { count, fields: recomputed.length }) : say('changed', { count })
    toast.show({ text, tone: 'success' })
  }

  const title = say('title')
  const icon = <CalendarDays size={16} />
  if (!mayDesign) return <Panel title={title} icon={icon}><NoAccess /></Panel>
  const failed = error ?? yearError
  const close = () => setOpened(null)
  return (
    <>
      <Panel
        title={title}
        icon={icon}
        actions={<Button icon={<Plus size={16} />} onClick={() => setOpened({ kind: 'new' })}>{say('add')}</Button>}
        toolbar={
          <div className={styles.toolbar}>
            {calendars && calendars.length > 1 && (
              <Select
                aria-label={say('calendar')}
                value={calendar?.name ?? ''}
                options={calendars.map((one) => ({ value: one.name, label: label(one.label) }))}
                onChange={setChosen}
                className={styles.calendars ?? ''}
              />
            )}
            <div className={styles.years}>
              <Button type="text" icon={<ChevronLeft size={18} />} aria-label={say('earlier')} disabled={number <= (calendar?.first_year ?? number)} onClick={() => setNumber(number - 1)} />
              <strong aria-live="polite">{say('year', { year: number })}</strong>
              <Button type="text" icon={<ChevronRight size={18} />} aria-label={say('later')} disabled={number >= (calendar?.last_year ?? number)} onClick={() => setNumber(number + 1)} />
            </div>
            {year && <span className={styles.sum}>{say('sum', { days: year.workdays, hours: Math.round(year.minutes / 6) / 10 })}</span>}
            <ul className={styles.legend}>
              {dayLooks.map((look) => <li key={look} data-look={look}>{say(look)}</li>)}
            </ul>
          </div>
        }
        side={calendar && year && <Side calendar={calendar} year={year} onOpen={setOpened} onDeleted={() => setChosen(standard)} />}
      >
        {failed ? (
          <Failed problem={failed} onRetry={() => { void refetch(); void again() }} />
        ) : calendar && year ? (
          <>
            {calendar.region && !year.published && (
              <div className={styles.notice} role="note">
                <span>{say('unpublished', { year: number })}</span>
                <Button size="small" icon={<Upload size={14} />} onClick={() => setOpened({ kind: 'year' })}>{say('load')}</Button>
              </div>
            )}
            <YearView year={year} onChoose={(day) => setOpened({ kind: 'day', day })} />
          </>
        ) : (
          <LoadingRows />
        )}
      </Panel>
      {calendar && opened?.kind === 'day' && <DayDialog calendar={calendar} day={opened.day} onSaved={finish} onClose={close} />}
      {calendar && opened?.kind === 'year' && <YearDialog calendar={calendar} year={number} onSaved={finish} onClose={close} />}
      {calendar && (opened?.kind === 'settings' || opened?.kind === 'new') && (
        <SettingsDialog calendar={calendar} isNew={opened.kind === 'new'} onSaved={finish} onClose={close} />
      )}
    </>
  )
}

interface SideProps {
  calendar: WorkCalendar
  year: WorkYear
  onOpen: (opened: Opened) => void
  onDeleted: () => void
}

function Side({ calendar, year, onOpen, onDeleted }: SideProps) {
  const say = useCalendarText()
  const label = useLabel()
  const names = say('weekdayLong').split(',')
  const special = year.days.filter((one) => one.special !== null)
  return (
    <div className={styles.side}>
      <p className={styles.about}>{say('about')}</p>
      <section>
        <header>
          <h2>{say('hours')}</h2>
          <Button size="small" onClick={() => onOpen({ kind: 'settings' })}>{say('editHours')}</Button>
        </header>
        {calendar.weeks.map((week) => (
          <div key={week.since ?? ''} className={styles.week}>
            {week.since && <h3>{say('since', { day: week.since })}</h3>}
            <dl>
              {week.hours.map((hours, place) => (
                <div key={place} data-off={hours.length === 0}>
                  <dt>{names[place]}</dt>
                  <dd>{hoursText(hours) || say('noHours')}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
        <p className={styles.about}>{calendar.time_zone}{calendar.region === 'CN' && ` · ${say('china')}`}</p>
      </section>
      <section>
        <header>
          <h2>{say('special')}</h2>
          <Button size="small" icon={<Upload size={14} />} onClick={() => onOpen({ kind: 'year' })}>{say('load')}</Button>
        </header>
        {special.length === 0 && <p className={styles.about}>{say('noSpecial')}</p>}
        <ul className={styles.special}>
          {special.map((day) => (
            <li key={day.day}>
              <button type="button" onClick={() => onOpen({ kind: 'day', day })}>
                <span className={styles.date}>{shortDate(day.day, new Date(year.year, 0, 1))}</span>
                <span className={styles.what}>{label(day.name) || say(day.works ? 'kindWork' : 'kindRest')}</span>
                <span className={styles.mark} data-look={lookOf(day)}>{say(day.works ? 'kindWork' : 'kindRest')}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <Versions calendar={calendar} />
      {calendar.name !== standard && <DeleteCalendar calendar={calendar} onDeleted={onDeleted} />}
    </div>
  )
}
