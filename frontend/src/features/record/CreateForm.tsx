/** The form for a new record: errors first, drafts kept, and one can go on with the next. */
import { useId, useMemo, useRef, useState } from 'react'
import { newIdempotencyKey } from '@/api/client'
import { isProblem, problemText } from '@/api/problem'
import { useCreateRecord } from '@/api/records'
import { useMe } from '@/api/session'
import type { Field, FullRecord, Me, ObjectDefinition, Reference, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { kindOf } from '@/registry/registry'
import { LoadingRows } from '@/ui/faces'
import { toast } from '@/ui/toast'
import { Duplicates } from './Duplicates'
import { FormFields, elementId, focusFirstError } from './FormFields'
import { draftKey } from './drafts'
import { changedValues, checkAll, fieldsOf, formGroups, sortProblem, startingValues, wireValues } from './form'
import { useText } from './messages'
import { usePreview } from './preview'
import { useRules } from '@/ui/rules/use_rules'
import type { RuleState } from '@/ui/rules/rule_state'
import { useRecordForm } from './use_record_form'
import styles from './CreateForm.module.css'

export interface CreateFormProps {
  object: ObjectDefinition
  values?: Values | undefined
  /** A form opened from another one saves once and goes back. */
  isNested?: boolean
  onCancel: () => void
  onCreated: (record: FullRecord) => void
  /** Takes a record that is there already instead of the new one. */
  onUse?: (record: Reference) => void
}

/** Nobody knows who the record will belong to before it is known who is asking. */
export function CreateForm(props: CreateFormProps) {
  const me = useMe().data
  return me ? <ReadyForm {...props} me={me} /> : <LoadingRows rows={6} columns={2} />
}

function ReadyForm({ object, values: given = {}, isNested = false, onCancel, onCreated, onUse, me }: CreateFormProps & { me: Me }) {
  const say = useText()
  const label = useLabel()
  const formId = useId()
  const groups = useMemo(() => formGroups(object, (field) => field.access === 'write'), [object])
  const fields = useMemo(() => fieldsOf(groups), [groups])
  const [starting] = useState(() => startingValues(fields, { owner: { id: me.person.id, name: me.person.name }, ...given }))
  const [givenNames] = useState(() => Object.keys(given))
  const form = useRecordForm(fields, starting, draftKey(object.name, null), { given: givenNames, ask: useRules(object), object })
  const create = useCreateRecord(object.name)
  const [isAnother, setAnother] = useState(false)
  const attempt = useRef<{ body: string; key: string } | null>(null)

  const isFilled = fields.every((field) => !form.rules.required.has(field.name) || !kindOf(field).isEmpty(form.values[field.name] ?? null))
  const preview = usePreview(object, null, isFilled ? sent() : null)

  function sent(): Values {
    return wireValues(fields, toSend(asked(fields, form.rules), starting, form.values))
  }

  async function save(another: boolean): Promise<void> {
    if (create.isPending) return
    setAnother(another)
    if (!form.check()) {
      focusFirstError(formId, fields, checkAll(fields, form.values, form.rules))
      return
    }
    const values = sent()
    try {
      const record = await create.mutateAsync({ values, key: keyFor(values) })
      attempt.current = null
      form.forget()
      const name = record.name ?? ''
      if (!another) return onCreated(record)
      toast.show({ text: say('created', { name }) })
      form.restart(starting)
      const [first] = fields
      if (first) document.getElementById(elementId(formId, first.name))?.focus()
    } catch (error) {
      if (!isProblem(error)) throw error
      if (error.status === 0 || error.status >= 500) toast.show({ text: problemText(error), tone: 'danger' })
      form.refuse(error)
      focusFirstError(formId, fields, sortProblem(error, fields).errors)
    }
  }

  /** The same values sent again after a lost answer make one record, not two. */
  function keyFor(values: Values): string {
    const body = JSON.stringify(values)
    if (attempt.current?.body !== body) attempt.current = { body, key: newIdempotencyKey() }
    return attempt.current.key
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label={say('new_of', { object: label(object.label) })}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void save(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
          event.preventDefault()
          event.stopPropagation()
          void save(event.shiftKey && !isNested)
        }
      }}
    >
      <div className={styles.body}>
        <FormFields groups={groups} form={form} object={object.name} record={null} preview={preview} formId={formId} focusFirst />
      </div>
      <div className={styles.bottom}>
        <Duplicates object={object} record={null} form={form} onUse={onUse} />
        <div className={styles.footer}>
          <Button type="primary" htmlType="submit" loading={create.isPending && !isAnother}>
            {isNested ? say('create_and_use') : say('create')}
          </Button>
          {!isNested && (
            <Button loading={create.isPending && isAnother} onClick={() => void save(true)}>
              {say('create_and_new')}
            </Button>
          )}
          <Button type="text" onClick={onCancel}>
            {isNested ? say('back') : say('cancel')}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** What is not shown is not sent, nor what the server fills in by the same formula. */
function asked(fields: readonly Field[], { hidden, filled }: RuleState): Field[] {
  return fields.filter((field) => !hidden.has(field.name) && !filled.has(field.name))
}

/** Empty fields without a default are left to the server; a default that was emptied on purpose is sent as empty. */
function toSend(fields: readonly Field[], starting: Values, values: Values): Values {
  const blank = Object.fromEntries(fields.map((field) => [field.name, null]))
  return { ...changedValues(fields, blank, values), ...changedValues(fields, starting, values) }
}
