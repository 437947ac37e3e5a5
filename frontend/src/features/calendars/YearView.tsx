/** A year of days, coloured by what they are. The arrow keys walk from day to day. */
import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { WorkDay, WorkYear } from '@/api/calendars'
import { isoDate } from '@/lib/format'
import { useLabel, useLocale } from '@/lib/i18n'
import { hoursText } from './hours'
import type { DayLook } from './messages'
import { useCalendarText } from './messages'
import styles from './YearView.module.css'

export function lookOf(day: WorkDay): DayLook {
  if (day.special === 'own') return 'own'
  if (day.special === 'public') return day.works ? 'makeUp' : 'holiday'
  return day.works ? 'work' : 'rest'
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

export function YearView({ year, onChoose }: { year: WorkYear; onChoose: (day: WorkDay) => void }) {
  const today = isoDate(new Date())
  const first = year.days.find((one) => one.day === today) ?? year.days[0]
  const [at, setAt] = useState(first?.day ?? '')
  const grid = useRef<HTMLDivElement>(null)
  const months = Array.from({ length: 12 }, (_, month) => year.days.filter((one) => Number(one.day.slice(5, 7)) === month + 1))
  const focusable = year.days.some((one) => one.day === at) ? at : (first?.day ?? '')

  function walk(event: KeyboardEvent): void {
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    const place = year.days.findIndex((one) => one.day === focusable) + step
    const next = year.days[place]
    event.preventDefault()
    if (!next) return
    setAt(next.day)
    grid.current?.querySelector<HTMLElement>(`[data-day="${next.day}"]`)?.focus()
  }

  return (
    <div className={styles.year} ref={grid} onKeyDown={walk} role="presentation">
      {months.map((days, month) => (
        <Month key={month} days={days} today={today} focusable={focusable} onChoose={(day) => { setAt(day.day); onChoose(day) }} />
      ))}
    </div>
  )
}

interface MonthProps {
  days: readonly WorkDay[]
  today: string
  focusable: string
  onChoose: (day: WorkDay) => void
}

function Month({ days, today, focusable, onChoose }: MonthProps) {
  const say = useCalendarText()
  const label = useLabel()
  const locale = useLocale()
  const [first] = days
  if (!first) return null
  const start = new Date(`${first.day}T12:00:00`)
  const name = start.toLocaleDateString(locale, { month: 'long' })
  const told = (day: WorkDay) => {
    const date = new Date(`${day.day}T12:00:00`).toLocaleDateString(locale, { month: 'long', day: 'numeric', weekday: 'long' })
    return [date, say(lookOf(day)), label(day.name), hoursText(day.intervals)].filter(Boolean).join(' · ')
  }
  return (
    <section className={styles.month} aria-label={name}>
      <h3>{name}</h3>
      <div className={styles.days}>
        {say('weekdays').split(',').map((one, place) => (
          <span key={place} className={styles.weekday} aria-hidden>{one}</span>
        ))}
        {days.map((day, place) => (
          <button
            key={day.day}
            type="button"
            className={styles.day}
            style={place === 0 ? { gridColumnStart: ((start.getDay() + 6) % 7) + 1 } : undefined}
            data-day={day.day}
            data-look={lookOf(day)}
            data-rests={!day.works}
            aria-label={told(day)}
            title={told(day)}
            aria-current={day.day === today ? 'date' : undefined}
            tabIndex={day.day === focusable ? 0 : -1}
            onClick={() => onChoose(day)}
          >
            {Number(day.day.slice(8))}
          </button>
        ))}
      </div>
    </section>
  )
}
