/** Asks in place for the fields a refused change needs as well. */
import { useId, useState } from 'react'
import type { Field, Values } from '@/api/types'
import { labelText, useLabel } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'
import { Dialog } from './Dialog'
import { FieldError } from './FieldError'
import { FieldLabel } from './FieldLabel'
import styles from './AskedFields.module.css'

export interface AskedFieldsProps {
  title: string
  /** Whose fields they are. */
  of: string
  verb: string
  cancel: string
  /** The record, with what is to be changed. */
  within: Within
  fields: readonly Field[]
  /** What is wrong with each, by its name. */
  messages: Readonly<Record<string, string>>
  isSaving: boolean
  /** The values as they are shown. */
  onSave: (values: Values) => Promise<void>
  onCancel: () => void
}

export function AskedFields({ title, of, verb, cancel, within: record, fields, messages, isSaving, onSave, onCancel }: AskedFieldsProps) {
  const label = useLabel()
  const formId = useId()
  const [values, setValues] = useState<Values>(() => Object.fromEntries(fields.map((field) => [field.name, record.values[field.name] ?? null])))
  /** What was found here; the server's own words stand until the field is changed. */
  const [flaws, setFlaws] = useState<Record<string, string>>({})
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const within = { ...record, values: { ...record.values, ...values } }
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
    void onSave(values)
  }

  return (
    <Dialog
      open
      width={480}
      title={title}
      okText={verb}
      cancelText={cancel}
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
        <p className={styles.name}>{of}</p>
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
