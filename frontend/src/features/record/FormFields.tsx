/** The fields of a form, group by group, each with its label above and what is wrong beneath. */
import { useId, useMemo } from 'react'
import { LoaderCircle, Sigma } from 'lucide-react'
import type { Field } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'
import { ErrorSummary } from '@/ui/ErrorSummary'
import type { FormError } from '@/ui/ErrorSummary'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { useText as useRuleText } from '@/ui/rules/messages'
import { fieldsOf, sortProblem } from './form'
import type { FormGroup } from './form'
import { LinesField, LinesView } from './lines'
import type { PreviewedLines } from './lines/LinesField'
import { useText } from './messages'
import { useMisfit } from './misfit'
import type { Preview } from './preview'
import type { RecordForm } from './use_record_form'
import styles from './FormFields.module.css'

export interface FormFieldsProps {
  groups: readonly FormGroup[]
  form: RecordForm
  object: string
  /** The record; null for a new one. */
  record: string | null
  /** What computed fields come to. */
  preview: Preview
  /** Makes element ids unique, and lets the page move the focus. */
  formId: string
  focusFirst?: boolean
}

export function elementId(formId: string, field: string): string {
  return `${formId}-${field}`
}

/** Moves the focus to the first field that keeps the form from being saved. */
export function focusFirstError(formId: string, fields: readonly Field[], errors: Record<string, string>): void {
  const first = fields.find((field) => errors[field.name])
  if (first) document.getElementById(elementId(formId, first.name))?.focus()
}

export function FormFields({ groups, form, object, record, preview, formId, focusFirst = false }: FormFieldsProps) {
  const say = useText()
  const label = useLabel()
  const fields = useMemo(() => fieldsOf(groups), [groups])
  const { values } = form
  const { notOffered } = form.rules
  const within = useMemo<Within>(() => ({ object, id: record, values, notOffered }), [object, record, values, notOffered])
  const first = fields[0]?.name
  const mostRequired = fields.filter((field) => form.rules.required.has(field.name)).length > fields.length / 2
  const told = useMemo(() => (preview.refused ? sortProblem(preview.refused, fields) : null), [preview.refused, fields])
  const listed: FormError[] = form.hasTried
    ? [
        ...(form.refusal ? [{ message: form.refusal }] : []),
        ...fields
          .filter((field) => form.errors[field.name])
          .map((field) => ({ fieldId: elementId(formId, field.name), label: label(field.label), message: form.errors[field.name] ?? '' })),
      ]
    : told?.rest
      ? [{ message: told.rest }]
      : []
  return (
    <div className={styles.form}>
      <ErrorSummary errors={listed} />
      {form.hasDraft && (
        <div className={styles.draft} role="status">
          <span>{say('draft_restored')}</span>
          <button type="button" className={styles.link} onClick={() => form.restart()}>
            {say('draft_drop')}
          </button>
        </div>
      )}
      {groups.map((group, index) => (
        <fieldset key={index} className={styles.group} hidden={group.fields.every((field) => form.rules.hidden.has(field.name))}>
          {group.label && <legend>{label(group.label)}</legend>}
          <div className={styles.grid}>
            {group.fields.map((field) => field.lines ? <LinesOfForm key={field.name} field={field} form={form} object={object} record={record} preview={preview} formId={formId} /> : field.computed ? <ComputedLine key={field.name} field={field} form={form} preview={preview} /> : (
              <FormField key={field.name} field={field} form={form} told={told?.errors[field.name] ?? null} within={within} formId={formId} marksOptional={mostRequired} autoFocus={focusFirst && field.name === first} />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  )
}

interface LinesOfFormProps extends Pick<FormFieldsProps, 'form' | 'object' | 'record' | 'preview' | 'formId'> {
  field: Field
}

/** The lines of a record stand across the whole form. */
function LinesOfForm({ field, form, object, record, preview, formId }: LinesOfFormProps) {
  const label = useLabel()
  const labelId = useId()
  const told = preview.values?.['_lines'] as Record<string, PreviewedLines> | undefined
  const mayWrite = field.lines?.access === 'write'
  return (
    <div className={styles.wide} data-lines data-field={field.name} data-hidden={form.rules.hidden.has(field.name) || undefined}>
      <FieldLabel id={labelId}>{label(field.label)}</FieldLabel>
      {mayWrite ? (
        <LinesField
          of={object}
          record={record}
          field={field}
          value={form.values[field.name]}
          before={form.before[field.name] ?? null}
          onChange={(value) => form.set(field, value)}
          problem={form.problem ?? preview.refused}
          preview={told?.[field.name] ?? null}
          isBehind={preview.isBehind}
          id={elementId(formId, field.name)}
          aria-labelledby={labelId}
        />
      ) : record === null ? null : (
        <LinesView of={object} record={record} field={field} />
      )}
      {field.help && <div className={styles.help}>{label(field.help)}</div>}
    </div>
  )
}

/** What a formula makes of what is typed; the save comes to the same. */
function ComputedLine({ field, form, preview }: Pick<FormFieldProps, 'field' | 'form'> & { preview: Preview }) {
  const say = useText()
  const label = useLabel()
  const labelId = useId()
  const { Cell, isEmpty } = kindOf(field)
  const isLive = form.isNew || Object.keys(form.changes).length > 0
  const sign = say(preview.isBehind ? 'computing_now' : isLive ? 'computed_now' : 'computed_saved')
  const value = (preview.values ?? form.values)[field.name] ?? null
  return (
    <div className={styles.field} data-field={field.name} data-hidden={form.rules.hidden.has(field.name) || undefined}>
      <FieldLabel id={labelId}>{label(field.label)}</FieldLabel>
      <output className={styles.computed} data-behind={preview.isBehind || undefined} aria-labelledby={labelId}>
        {isEmpty(value) ? '—' : <Cell value={value} field={field} place="page" />}
        <span className={styles.sign} data-live={isLive || undefined} title={sign}>
          {preview.isBehind ? <LoaderCircle size={14} className={styles.turning} aria-hidden /> : <Sigma size={14} aria-hidden />}
          <span className="visually-hidden">{sign}</span>
        </span>
      </output>
    </div>
  )
}

interface FormFieldProps {
  field: Field
  form: RecordForm
  /** What the server would refuse, found while typing. */
  told: string | null
  within: Within
  formId: string
  marksOptional: boolean
  autoFocus: boolean
}

function FormField({ field, form, told, within, formId, marksOptional, autoFocus }: FormFieldProps) {
  const label = useLabel()
  const labelId = useId()
  const errorId = useId()
  const helpId = useId()
  const lockedId = useId()
  const sayRule = useRuleText()
  const { Input, hasManyLines } = kindOf(field)
  const misfit = useMisfit(field, form.before, within)
  const error = form.errors[field.name] ?? misfit ?? told
  const isRequired = form.rules.required.has(field.name)
  const isLocked = form.rules.locked.has(field.name)
  const described = [isLocked ? lockedId : null, field.help ? helpId : null, error ? errorId : null].filter(Boolean).join(' ')
  return (
    <div
      className={hasManyLines ? styles.wide : styles.field}
      data-field={field.name}
      data-hidden={form.rules.hidden.has(field.name) || undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) form.leave(field)
      }}
    >
      <FieldLabel
        id={labelId}
        htmlFor={elementId(formId, field.name)}
        required={isRequired && !marksOptional}
        optional={!isRequired && marksOptional && !isLocked}
      >
        {label(field.label)}
      </FieldLabel>
      <Input
        value={form.values[field.name] ?? null}
        field={field}
        within={within}
        place="form"
        id={elementId(formId, field.name)}
        autoFocus={autoFocus}
        invalid={Boolean(error)}
        disabled={isLocked}
        onChange={(value) => form.set(field, value)}
        aria-labelledby={labelId}
        aria-describedby={described || undefined}
      />
      {isLocked && (
        <div id={lockedId} className={styles.help}>
          {sayRule('locked', { field: label(field.label) })}
        </div>
      )}
      {field.help && (
        <div id={helpId} className={styles.help}>
          {label(field.help)}
        </div>
      )}
      <FieldError id={errorId}>{error}</FieldError>
    </div>
  )
}
