/** Deletes a calendar after a question; says what uses it when it cannot go. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { deleteCalendar } from '@/api/calendars'
import type { WorkCalendar } from '@/api/calendars'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { confirm } from '@/ui/confirm'
import { FieldError } from '@/ui/FieldError'
import { toast } from '@/ui/toast'
import { useCalendarText } from './messages'

export function DeleteCalendar({ calendar, onDeleted }: { calendar: WorkCalendar; onDeleted: () => void }) {
  const say = useCalendarText()
  const name = useLabel()(calendar.label)
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteCalendar(calendar.name),
    onSuccess() {
      toast.show({ text: say('removed'), tone: 'success' })
      onDeleted()
      void client.invalidateQueries({ queryKey: keys.calendars })
    },
  })

  async function ask(): Promise<void> {
    remove.reset()
    if (await confirm({ title: say('removeAsk', { name }), body: say('removeText'), verb: say('remove'), keep: say('keep'), danger: true })) remove.mutate()
  }

  return (
    <section>
      <Button danger icon={<Trash2 size={14} aria-hidden />} loading={remove.isPending} onClick={() => void ask()}>
        {say('remove')}
      </Button>
      <FieldError id="calendar-delete-error">{remove.error ? problemText(remove.error) : null}</FieldError>
    </section>
  )
}
