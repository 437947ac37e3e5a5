/** Loads the public holidays of a year: those built in, or a list that is pasted or read from a file. */
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { Input } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { loadCalendarYear } from '@/api/calendars'
import type { CalendarEffect, DayWish, WorkCalendar } from '@/api/calendars'
import { problemText } from '@/api/problem'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FieldError } from '@/ui/FieldError'
import { parseYear } from './hours'
import { useCalendarText } from './messages'
import styles from './dialogs.module.css'

interface YearDialogProps {
  calendar: WorkCalendar
  year: number
  onSaved: (effect: CalendarEffect) => void
  onClose: () => void
}

export function YearDialog({ calendar, year, onSaved, onClose }: YearDialogProps) {
  const say = useCalendarText()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const save = useMutation({
    mutationFn: (days: readonly DayWish[] | null) =>
      loadCalendarYear(calendar.name, year, { version: calendar.version, ...(days ? { days } : {}) }),
    onSuccess: onSaved,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const { days, unread } = parseYear(text, year)
    const found = unread.length > 0 ? say('unread', { lines: unread.slice(0, 3).join(' / ') }) : days.length === 0 ? say('nothing') : null
    setProblem(found)
    if (!found) save.mutate(days)
  }

  return (
    <Dialog open centered width={520} title={`${say('load')} · ${say('year', { year })}`} footer={null} onCancel={onClose}>
      <form className={styles.form} onSubmit={submit} data-blocks-keys noValidate>
        <p className={styles.quiet} id="year-about">{say('loadAbout')}</p>
        <Input.TextArea
          aria-label={say('load')}
          aria-describedby="year-about year-error"
          autoSize={{ minRows: 6, maxRows: 14 }}
          placeholder={say('loadSample')}
          value={text}
          onChange={(event) => { setText(event.target.value); setProblem(null) }}
        />
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,text/plain,text/csv"
          hidden
          onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
        />
        <FieldError id="year-error">{problem ?? (save.error ? problemText(save.error) : null)}</FieldError>
        <div className={styles.buttons}>
          <Button icon={<FileUp size={16} />} onClick={() => input.current?.click()}>{say('file')}</Button>
          <span className={styles.gap} />
          {calendar.region && <Button onClick={() => save.mutate(null)}>{say('loadKnown')}</Button>}
          <Button type="primary" htmlType="submit" loading={save.isPending}>{say('save')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
