/** Says what one day is: as its weekday, off, or worked in hours of its own. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Radio } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { setCalendarDays } from '@/api/calendars'
import type { CalendarEffect, DayWish, WorkCalendar, WorkDay } from '@/api/calendars'
import { problemText } from '@/api/problem'
import { useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { hoursText, parseHours } from './hours'
import { useCalendarText } from './messages'
import styles from './dialogs.module.css'

interface DayDialogProps {
  calendar: WorkCalendar
  day: WorkDay
  onSaved: (effect: CalendarEffect) => void
  onClose: () => void
}

export function DayDialog({ calendar, day, onSaved, onClose }: DayDialogProps) {
  const say = useCalendarText()
  const locale = useLocale()
  const [kind, setKind] = useState<DayWish['kind']>(day.special === null ? 'usual' : day.works ? 'work' : 'rest')
  const [name, setName] = useState(day.name[locale] ?? '')
  const [hours, setHours] = useState(day.special !== null && day.works ? hoursText(day.intervals) : '')
  const [isUnread, setUnread] = useState(false)
  const save = useMutation({
    mutationFn: (wish: DayWish) => setCalendarDays(calendar.name, { version: calendar.version, days: [wish] }),
    onSuccess: onSaved,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const intervals = parseHours(hours)
    setUnread(kind === 'work' && intervals === null)
    if (kind === 'work' && intervals === null) return
    const label = name.trim() ? { ...day.name, [locale]: name.trim() } : {}
    save.mutate({ day: day.day, kind, name: kind === 'usual' ? {} : label, intervals: kind === 'work' && intervals?.length ? intervals : null })
  }
  const date = new Date(`${day.day}T12:00:00`)
  const title = date.toLocaleDateString(locale, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })

  return (
    <Dialog open centered width={440} title={title} footer={null} onCancel={onClose}>
      <form className={styles.form} onSubmit={submit} data-blocks-keys noValidate>
        <div>
          <FieldLabel id="day-kind">{say('dayKind')}</FieldLabel>
          <Radio.Group
            aria-labelledby="day-kind"
            optionType="button"
            value={kind}
            options={[
              { value: 'usual', label: say('kindUsual') },
              { value: 'rest', label: say('kindRest') },
              { value: 'work', label: say('kindWork') },
            ]}
            onChange={(event) => setKind(event.target.value as DayWish['kind'])}
          />
        </div>
        {kind !== 'usual' && (
          <div>
            <FieldLabel htmlFor="day-name" optional help={say('dayNameHelp')}>{say('dayName')}</FieldLabel>
            <Input id="day-name" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          </div>
        )}
        {kind === 'work' && (
          <div>
            <FieldLabel htmlFor="day-hours" optional help={say('dayHoursHelp')}>{say('dayHours')}</FieldLabel>
            <Input
              id="day-hours"
              value={hours}
              status={isUnread ? 'error' : ''}
              aria-describedby="day-hours-error"
              onChange={(event) => { setHours(event.target.value); setUnread(false) }}
            />
            <FieldError id="day-hours-error">{isUnread ? say('badHours') : null}</FieldError>
          </div>
        )}
        <FieldError id="day-error">{save.error ? problemText(save.error) : null}</FieldError>
        <div className={styles.buttons}>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>{say('save')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
