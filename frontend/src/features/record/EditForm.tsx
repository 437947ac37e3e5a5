/** All of a record in one form; what others change meanwhile flows in where one has not typed. */
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { FullRecord, ObjectDefinition, Reference, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/toast'
import { Duplicates } from './Duplicates'
import { FormFields, focusFirstError } from './FormFields'
import { draftKey } from './drafts'
import { checkAll, fieldsOf, formGroups, sortProblem, wireValues } from './form'
import { mayWrite } from './layout'
import { useText } from './messages'
import { usePreview } from './preview'
import type { Saved, Saving } from './saving'
import { useRules } from '@/ui/rules/use_rules'
import { useRecordForm } from './use_record_form'
import styles from './CreateForm.module.css'

export interface EditFormProps {
  object: ObjectDefinition
  record: FullRecord
  saving: Saving
  myId: string | undefined
  onDone: (saved: Saved | null) => void
}

export function EditForm({ object, record, saving, myId, onDone }: EditFormProps) {
  const say = useText()
  const label = useLabel()
  const formId = useId()
  const [opened] = useState(record)
  const groups = useMemo(() => formGroups(object, (field) => mayWrite(opened, field)), [object, opened])
  const fields = useMemo(() => fieldsOf(groups), [groups])
  const starting = useMemo<Values>(() => Object.fromEntries(fields.map((field) => [field.name, opened[field.name] ?? null])), [fields, opened])
  const form = useRecordForm(fields, starting, draftKey(object.name, record.id), { ask: useRules(object), object, saved: opened })
  const follow = useRef(form.follow)
  useEffect(() => {
    follow.current = form.follow
  })
  useEffect(() => follow.current(record), [record])
  const preview = usePreview(object, record.id, Object.keys(form.changes).length > 0 ? wireValues(fields, form.changes) : null)
  const by = record['updated_by'] as Reference | null | undefined
  const isOverwritten = record.version > opened.version && by?.id !== myId

  async function save(): Promise<void> {
    if (saving.isSaving) return
    if (!form.check()) {
      focusFirstError(formId, fields, checkAll(fields, form.values, form.rules))
      return
    }
    const saved = await saving.save(record, form.before, form.changes)
    if (saved.status === 'refused') {
      form.refuse(saved.problem)
      focusFirstError(formId, fields, sortProblem(saved.problem, fields).errors)
      return
    }
    if (saved.status === 'given_up') return
    form.forget()
    onDone(saved)
  }

  function cancel(): void {
    const given = form.changes
    form.forget()
    onDone(null)
    if (Object.keys(given).length > 0) toast.show({ text: say('changes_dropped', { count: Object.keys(given).length }) })
  }

  return (
    <form
      className={styles.form}
      noValidate
      aria-label={say('edit_of', { object: label(object.label) })}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.defaultPrevented) return
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          event.stopPropagation()
          void save()
        }
      }}
    >
      <div className={styles.body}>
        {isOverwritten && (
          <p className={styles.notice} role="status">
            {say('changed_meanwhile', { name: by?.name ?? say('somebody') })}
          </p>
        )}
        <FormFields groups={groups} form={form} object={object.name} record={record.id} preview={preview} formId={formId} focusFirst />
      </div>
      <div className={styles.bottom}>
        <Duplicates object={object} record={record.id} form={form} />
        <div className={styles.footer}>
          <Button type="primary" htmlType="submit" loading={saving.isSaving}>
            {say('save')}
          </Button>
          <Button type="text" onClick={cancel}>
            {say('cancel')}
          </Button>
          {Object.keys(form.changes).length > 0 && <span className={styles.count}>{say('changes_count', { count: Object.keys(form.changes).length })}</span>}
        </div>
      </div>
    </form>
  )
}
