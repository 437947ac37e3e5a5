/** Asks for what a column requires of the card that was dropped into it. */
import { useId, useState } from 'react'
import type { Field, Values } from '@/api/types'
import { labelText, useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Dialog } from '@/ui/Dialog'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { useText } from './messages'
import type { Lacking } from './moves'
import styles from './LackingFields.module.css'

export interface LackingFieldsProps {
  lacking: Lacking
  /** The name of the column it was dropped into. */
  column: string
  onSave: (values: Values) => Promise<void>
  onCancel: () => void
}

export function LackingFields({ lacking, column, onSave, onCancel }: LackingFieldsProps) {
  const say = useText()
  const label = useLabel()
  const formId = useId()
  const { of, move, fields, messages, isSaving } = lacking
  const [values, setValues] = useState<Values>(() => Object.fromEntries(fields.map((field) => [field.name, move.row[field.name] ?? null])))
  /** What was found here; the server's own words stand until the field is changed. */
  const [flaws, setFlaws] = useState<Record<string, string>>({})
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const within = { object: of.object, id: move.row.id, values: { ...values, [of.field]: move.to } }
  const flawOf = ({ name }: Field): string | null => flaws[name] ?? (changed.has(name) ? null : (messages[name] ?? null))

  function save(): void {
    const found: Record<string, string> = {}
    for (const field of fields) {
      const value = values[field.name]
      const parsed = typeof value === 'string' && !field.options.choices ? kindOf(field).parse(value, field) : null
      if (parsed && 'error' in parsed) found[field.name] = labelText(parsed.error)
      else if (kindOf(field).isEmpty(value)) found[field.name] = messages[field.name] ?? ''
    }
    setFlaws(found)
    const first = fields.find((field) => field.name in found)
    if (first) return document.getElementById(`${formId}-${first.name}`)?.focus()
    setChanged(new Set())
    void onSave(Object.fromEntries(fields.map((field) => [field.name, kindOf(field).toWire(values[field.name] as never)])))
  }

  return (
    <Dialog
      open
      width={480}
      title={say('lacking_title', { column })}
      okText={say('lacking_verb')}
      cancelText={say('lacking_cancel')}
      confirmLoading={isSaving}
      onOk={save}
      onCancel={onCancel}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <form
        className={styles.form}
        data-blocks-keys
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <p className={styles.name}>{say('lacking_of', { name: String(move.row['name'] ?? say('unnamed')) })}</p>
        {fields.map((field, index) => {
          const { Input } = kindOf(field)
          const id = `${formId}-${field.name}`
          const flaw = flawOf(field)
          return (
            <div key={field.name}>
              <FieldLabel htmlFor={id} required>
                {label(field.label)}
              </FieldLabel>
              <Input
                id={id}
                value={values[field.name] as never}
                field={field}
                within={within}
                place="form"
                autoFocus={index === 0}
                invalid={flaw !== null}
                aria-describedby={`${id}-flaw`}
                onChange={(next: unknown) => {
                  setValues((before) => ({ ...before, [field.name]: next }))
                  setFlaws((before) => Object.fromEntries(Object.entries(before).filter(([name]) => name !== field.name)))
                  setChanged((before) => new Set(before).add(field.name))
                }}
              />
              <FieldError id={`${id}-flaw`}>{flaw}</FieldError>
            </div>
          )
        })}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  )
}
