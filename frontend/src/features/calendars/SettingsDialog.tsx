/** The names, zone and weekly hours of a calendar; new hours may begin on a day, so that what was stays. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Select } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { setCalendar } from '@/api/calendars'
import type { CalendarEffect, Interval, WorkCalendar, WorkWeek } from '@/api/calendars'
import { problemText } from '@/api/problem'
import { useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { DayBox } from '@/ui/inputs/DayBox'
import { hoursText, parseHours } from './hours'
import { useCalendarText } from './messages'
import styles from './dialogs.module.css'

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))
const codePattern = /^[a-z][a-z0-9_]{0,39}$/

interface SettingsDialogProps {
  /** What it is modelled on. */
  calendar: WorkCalendar
  isNew: boolean
  onSaved: (effect: CalendarEffect) => void
  onClose: () => void
}

/** The weeks with other hours: from a day on, or those of the last stretch. */
export function weeksWith(weeks: readonly WorkWeek[], hours: WorkWeek['hours'], since: string | null): WorkWeek[] {
  const last = weeks[weeks.length - 1]
  if (since === null) return [...weeks.slice(0, -1), { since: last?.since ?? null, hours }]
  return [...weeks.filter((one) => one.since === null || one.since < since), { since, hours }]
}

export function SettingsDialog({ calendar, isNew, onSaved, onClose }: SettingsDialogProps) {
  const say = useCalendarText()
  const locale = useLocale()
  const [name, setName] = useState(isNew ? '' : (calendar.label[locale] ?? ''))
  const [code, setCode] = useState('')
  const [zone, setZone] = useState(calendar.time_zone)
  const [region, setRegion] = useState(calendar.region ?? '')
  const [since, setSince] = useState<string | null>(null)
  const [week, setWeek] = useState(() => calendar.weeks[calendar.weeks.length - 1]?.hours.map(hoursText) ?? [])
  const [problem, setProblem] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (hours: readonly (readonly Interval[])[]) =>
      setCalendar(isNew ? code : calendar.name, {
        label: isNew ? { [locale]: name.trim() } : { ...calendar.label, [locale]: name.trim() },
        time_zone: zone,
        region: region || null,
        weeks: isNew ? [{ since: null, hours }] : weeksWith(calendar.weeks, hours, since),
        ...(isNew ? {} : { version: calendar.version }),
      }),
    onSuccess: onSaved,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const hours = week.map(parseHours)
    const read = hours.filter((one) => one !== null)
    const found = !name.trim() ? say('missing') : isNew && !codePattern.test(code) ? say('badCode') : read.length < hours.length ? say('badHours') : null
    setProblem(found)
    if (!found) save.mutate(read)
  }

  return (
    <Dialog open centered width={560} title={isNew ? say('add') : say('settings')} footer={null} onCancel={onClose}>
      <form className={styles.form} onSubmit={submit} data-blocks-keys noValidate>
        <div>
          <FieldLabel htmlFor="calendar-name" required>{say('label')}</FieldLabel>
          <Input id="calendar-name" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        {isNew && (
          <div>
            <FieldLabel htmlFor="calendar-code" required help={say('codeHelp')}>{say('code')}</FieldLabel>
            <Input id="calendar-code" value={code} onChange={(event) => setCode(event.target.value)} />
          </div>
        )}
        <div>
          <FieldLabel id="calendar-zone">{say('zone')}</FieldLabel>
          <Select aria-labelledby="calendar-zone" showSearch value={zone} options={zones} onChange={setZone} style={{ width: '100%' }} />
        </div>
        <div>
          <FieldLabel id="calendar-region">{say('region')}</FieldLabel>
          <Select
            aria-labelledby="calendar-region"
            value={region}
            options={[{ value: 'CN', label: say('china') }, { value: '', label: say('none') }]}
            onChange={setRegion}
            style={{ width: '100%' }}
          />
        </div>
        <div>
          <FieldLabel help={say('weekHelp')}>{say('hours')}</FieldLabel>
          <div className={styles.week}>
            {say('weekdayLong').split(',').map((day, place) => (
              <WeekdayHours
                key={day}
                day={day}
                value={week[place] ?? ''}
                onChange={(text) => { setWeek(week.map((one, other) => (other === place ? text : one))); setProblem(null) }}
              />
            ))}
          </div>
        </div>
        {!isNew && (
          <div>
            <FieldLabel optional help={say('effectiveHelp')}>{say('effective')}</FieldLabel>
            <DayBox aria-label={say('effective')} value={since} onChange={setSince} place="form" />
          </div>
        )}
        <FieldError id="calendar-error">{problem ?? (save.error ? problemText(save.error) : null)}</FieldError>
        <div className={styles.buttons}>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>{say('save')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function WeekdayHours({ day, value, onChange }: { day: string; value: string; onChange: (text: string) => void }) {
  const say = useCalendarText()
  return (
    <>
      <span aria-hidden>{day}</span>
      <Input
        aria-label={day}
        placeholder={say('noHours')}
        value={value}
        status={parseHours(value) === null ? 'error' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
