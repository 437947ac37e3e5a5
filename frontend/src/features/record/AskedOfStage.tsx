/** Asks for what a stage requires of the record that is moved there. */
import type { FullRecord } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { AskedFields } from '@/ui/AskedFields'
import { useText } from './messages'
import type { OpenRecord } from './record_page'

export function AskedOfStage({ of, record, open }: { of: string; record: FullRecord; open: OpenRecord }) {
  const say = useText()
  const label = useLabel()
  if (!open.asked) return null
  const { field, stage, fields, messages, isSaving } = open.asked
  const name = label(field.options.choices?.find((choice) => choice.value === stage)?.label)
  return (
    <AskedFields
      title={say('stage_asks', { stage: name })}
      of={record.name ?? ''}
      verb={say('stage_asks_verb')}
      cancel={say('cancel')}
      within={{ object: of, id: record.id, values: { ...record, [field.name]: stage } }}
      fields={fields}
      messages={messages}
      isSaving={isSaving}
      onSave={open.supply}
      onCancel={open.giveUp}
    />
  )
}
