/** What the page and the drawer of a record share: saving, moving on, history and deeds of the record they show. */
import { problemText } from '@/api/problem'
import { useHistory } from '@/api/records'
import { useMe } from '@/api/session'
import type { Field, FullRecord, ObjectDefinition } from '@/api/types'
import { labelText } from '@/lib/i18n'
import { toast } from '@/ui/toast'
import type { SaveField } from './FieldRow'
import { useFreshFields } from './fresh'
import { useText } from './messages'
import { useSaving } from './saving'
import type { Saved, Saving } from './saving'
import { daysInStage } from './stages'

export interface OpenRecord {
  saving: Saving
  fresh: ReadonlySet<string>
  daysInStage: number | null
  myId: string | undefined
  saveField: SaveField
  moveStage: (field: Field, stage: string) => void
  /** Tells what became of a saved form. */
  settled: (saved: Saved) => void
}

export function useOpenRecord(object: ObjectDefinition, record: FullRecord, onGone: () => void): OpenRecord {
  const say = useText()
  const saving = useSaving(object)
  const history = useHistory(object.name, record.id)
  const myId = useMe().data?.person.id
  const fresh = useFreshFields(record, myId)

  function settled(saved: Saved): void {
    if (saved.status === 'hidden') {
      toast.show({ text: say('handed_over', { name: record.name ?? '' }) })
      onGone()
    }
  }

  async function saveField(field: Field, value: unknown, before: unknown): Promise<string | null> {
    const saved = await saving.save(record, { [field.name]: before }, { [field.name]: value })
    settled(saved)
    return saved.status === 'refused' ? (saved.problem.forField(field.name) ?? problemText(saved.problem)) : null
  }

  async function move(field: Field, stage: string): Promise<void> {
    const from = record[field.name]
    const refused = await saveField(field, stage, from)
    if (refused) {
      toast.show({ text: refused, tone: 'danger' })
      return
    }
    const name = labelText(field.options.choices?.find((choice) => choice.value === stage)?.label)
    toast.show({ text: say('stage_moved', { stage: name }), undo: () => void undo(field, stage, from) })
  }

  async function undo(field: Field, stage: string, from: unknown): Promise<void> {
    const back = await saving.save({ ...record, [field.name]: stage }, { [field.name]: stage }, { [field.name]: from })
    if (back.status === 'refused') toast.show({ text: problemText(back.problem), tone: 'danger' })
  }

  const changes = history.data?.pages.flatMap((page) => page.changes) ?? []
  return {
    saving,
    fresh,
    daysInStage: object.stage_field ? daysInStage(changes, object.stage_field, new Date()) : null,
    myId,
    saveField,
    moveStage: (field, stage) => void move(field, stage),
    settled,
  }
}
