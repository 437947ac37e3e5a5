/** What the page and the drawer of a record share: saving, moving on, history and deeds of the record they show. */
import { useState } from 'react'
import { problemText } from '@/api/problem'
import { useHistory } from '@/api/records'
import { useMe } from '@/api/session'
import type { Field, FullRecord, ObjectDefinition, Values } from '@/api/types'
import { labelText } from '@/lib/i18n'
import { mendable } from '@/registry/mendable'
import type { Mendable } from '@/registry/mendable'
import { toast } from '@/ui/toast'
import type { SaveField } from './FieldRow'
import { useFreshFields } from './fresh'
import { useText } from './messages'
import { useSaving } from './saving'
import type { Saved, Saving } from './saving'
import { daysInStage } from './stages'

/** A stage that needs other fields as well. */
export interface AskedOfStage extends Mendable {
  field: Field
  stage: string
  isSaving: boolean
}

export interface OpenRecord {
  saving: Saving
  fresh: ReadonlySet<string>
  daysInStage: number | null
  myId: string | undefined
  saveField: SaveField
  moveStage: (field: Field, stage: string) => void
  /** Null while no move waits for anything. */
  asked: AskedOfStage | null
  /** Moves with what was asked for. */
  supply: (values: Values) => Promise<void>
  giveUp: () => void
  /** Tells what became of a saved form. */
  settled: (saved: Saved) => void
}

export function useOpenRecord(object: ObjectDefinition, record: FullRecord, onGone: () => void): OpenRecord {
  const say = useText()
  const saving = useSaving(object)
  const history = useHistory(object.name, record.id)
  const myId = useMe().data?.person.id
  const fresh = useFreshFields(record, myId)
  const [asked, setAsked] = useState<AskedOfStage | null>(null)

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

  async function move(field: Field, stage: string, besides: Values = {}): Promise<void> {
    const from = record[field.name]
    const names = [field.name, ...Object.keys(besides)]
    const before = Object.fromEntries(names.map((name) => [name, record[name] ?? null]))
    const saved = await saving.save(record, before, { [field.name]: stage, ...besides })
    settled(saved)
    if (saved.status === 'refused') {
      const { problem } = saved
      const missing = mendable(object, problem, [field.name])
      setAsked(missing && { ...missing, field, stage, isSaving: false })
      if (!missing) toast.show({ text: problem.forField(field.name) ?? problemText(problem), tone: 'danger' })
      return
    }
    setAsked(null)
    if (saved.status === 'given_up') return
    const name = labelText(field.options.choices?.find((choice) => choice.value === stage)?.label)
    toast.show({ text: say('stage_moved', { stage: name }), undo: () => void undo({ ...before, [field.name]: from }, { ...besides, [field.name]: stage }) })
  }

  async function undo(before: Values, moved: Values): Promise<void> {
    const back = await saving.save({ ...record, ...moved }, moved, before)
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
    asked,
    supply: async (values) => {
      if (!asked) return
      setAsked({ ...asked, isSaving: true })
      await move(asked.field, asked.stage, values)
    },
    giveUp: () => setAsked(null),
    settled,
  }
}
