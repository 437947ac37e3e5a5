/** Asks for what a column requires of the card that was dropped into it. */
import type { Values } from '@/api/types'
import { AskedFields } from '@/ui/AskedFields'
import { useText } from './messages'
import type { Lacking } from './moves'

export interface LackingFieldsProps {
  lacking: Lacking
  /** The name of the column it was dropped into. */
  column: string
  onSave: (values: Values) => Promise<void>
  onCancel: () => void
}

export function LackingFields({ lacking, column, onSave, onCancel }: LackingFieldsProps) {
  const say = useText()
  const { of, move, fields, messages, isSaving } = lacking
  return (
    <AskedFields
      title={say('lacking_title', { column })}
      of={say('lacking_of', { name: String(move.row['name'] ?? say('unnamed')) })}
      verb={say('lacking_verb')}
      cancel={say('lacking_cancel')}
      within={{ object: of.object, id: move.row.id, values: { ...move.row, [of.field]: move.to } }}
      fields={fields}
      messages={messages}
      isSaving={isSaving}
      onSave={onSave}
      onCancel={onCancel}
    />
  )
}
