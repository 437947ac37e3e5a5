/** Asks which field of the selected records gets which value. */
import { useId, useState } from 'react'
import type { Field, ObjectDefinition } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { labelText, useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Dialog } from '@/ui/Dialog'
import { FieldPicker } from '@/ui/condition/FieldPicker'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { parcel } from './bulk'
import { useBulkOffers } from './bulk_offers'
import { BulkPreview } from './BulkPreview'
import { useText } from './messages'
import type { Target } from './selection'
import styles from './table.module.css'

export interface BulkDialogProps {
  object: ObjectDefinition
  /** The one field there is to change: the owner, for a transfer. */
  only: Field | null
  target: Target
  count: number
  onChange: (field: Field, value: unknown) => void
  onClose: () => void
}

export function BulkDialog({ object, only, target, count, onChange, onClose }: BulkDialogProps) {
  const say = useText()
  const label = useLabel()
  const id = useId()
  const [field, setField] = useState<Field | null>(only)
  const [value, setValue] = useState<unknown>(null)
  const [error, setError] = useState<string | null>(null)
  const kind = field && kindOf(field)
  const offered = useBulkOffers(object, target, field)

  /** What is wrong with the value before the server is asked. */
  function flaw(): string | null {
    if (!field || !kind) return say('pick_field')
    if (kind.isEmpty(value) && (field.required || only)) return only ? say('person_needed') : say('value_needed', { field: label(field.label) })
    if (typeof value === 'string' && !field.options.choices) {
      const parsed = kind.parse(value, field)
      if ('error' in parsed) return labelText(parsed.error)
    }
    return null
  }
  function save(): void {
    const wrong = flaw()
    if (!field || !kind || wrong) return setError(wrong)
    onChange(field, kind.toWire(value as never))
  }
  return (
    <Dialog
      open
      width={480}
      title={say(only ? 'transfer_title' : 'edit_title', { count: formatNumber(count) })}
      okText={say(only ? 'transfer_verb' : 'edit_verb', { count: formatNumber(count) })}
      cancelText={say('cancel')}
      onOk={save}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className={styles.bulk} data-blocks-keys>
        {!only && (
          <div>
            <FieldLabel>{say('field')}</FieldLabel>
            <FieldPicker
              object={object}
              value={field?.name ?? null}
              autoFocus
              mayPick={(each) => each.access === 'write' && !each.unique && (!each.system || each.name === 'owner') && !kindOf(each).isReadOnly}
              onChange={(name) => {
                setField(object.fields.find((each) => each.name === name) ?? null)
                setValue(null)
                setError(null)
              }}
            />
          </div>
        )}
        {field && kind && (
          <div>
            <FieldLabel htmlFor={id}>{only ? label(field.label) : say('new_value')}</FieldLabel>
            <kind.Input
              key={field.name}
              id={id}
              value={value as never}
              field={offered ?? field}
              place="form"
              autoFocus
              invalid={error !== null}
              aria-describedby={`${id}-note`}
              onChange={(next: unknown) => {
                setValue(next)
                setError(null)
              }}
            />
            {!error && !field.required && !only && kind.isEmpty(value) && (
              <p className={styles.bulkNote} id={`${id}-note`}>
                {say('clear_value')}
              </p>
            )}
          </div>
        )}
        <FieldError>{error}</FieldError>
        {field && kind && flaw() === null && <BulkPreview object={object} target={target} count={count} field={field} value={kind.toWire(value as never)} />}
        {count > parcel && <p className={styles.bulkNote}>{say('takes_a_while')}</p>}
      </div>
    </Dialog>
  )
}
