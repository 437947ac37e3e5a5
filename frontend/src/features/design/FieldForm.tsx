/** The settings of one field, whether it is being made or is there already. */
import { useId } from 'react'
import type { ReactNode } from 'react'
import { Checkbox, Input } from 'antd'
import { useFieldTypes } from '@/api/design'
import type { DesignedField } from '@/api/design_types'
import type { Field, FieldOptions, Label } from '@/api/types'
import { kindOfType } from '@/registry/registry'
import { FieldLabel } from '@/ui/FieldLabel'
import type { DraftObject } from './draft_view'
import { FilledBy } from './FilledBy'
import type { Values } from './FilledBy'
import { FormulaSection } from './FormulaSection'
import { LabelInputs } from './LabelInputs'
import styles from './forms.module.css'
import { useText } from './text'

export interface FieldDraft {
  name: string | undefined
  label: Label
  type: string
  options: FieldOptions
  required: boolean
  unique: boolean
  help: Label | null
  default: unknown
  /** The text of a computed field's formula; null for a field people fill in. */
  formula: string | null
  values?: Values
}

export interface FieldFormProps {
  field: FieldDraft
  onChange: (changes: Partial<FieldDraft>) => void
  /** The name is fixed once the field is live. */
  isLive: boolean
  isSystem?: boolean
  /** The field as it is live; null while it is only in the draft. */
  live?: DesignedField | null
  labelError?: string | null
  object: DraftObject
  objects: readonly DraftObject[]
  /** A formula as it is typed, and whether it can be used yet. */
  onFormula: (text: string | null, isRight: boolean, values?: Values) => void
  /** What else there is to set, above what developers look for. */
  children?: ReactNode
}

/** A field as kinds want it, though it is not there yet. */
export function asField(draft: FieldDraft): Field {
  return {
    ...draft,
    name: draft.name ?? 'new',
    indexed: false,
    system: false,
    access: 'write',
    operators: [],
    aggregates: [],
    sortable: false,
    groupable: false,
    searchable: false,
    retired_at: null,
  }
}

export function FieldForm({ field, onChange, isLive, isSystem = false, live = null, labelError = null, object, objects, onFormula, children }: FieldFormProps) {
  const say = useText()
  const id = useId()
  const types = useFieldTypes()
  const kind = kindOfType(field.type)
  const type = types.data?.find((one) => one.name === field.type)
  const Settings = kind.Settings
  const isComputed = field.formula !== null
  const mayBeRequired = !kind.isReadOnly && !kind.togglesInPlace && !isComputed
  const mayBeUnique = type?.can_be_unique && !isComputed
  const mayBeDefault = !kind.isReadOnly && !field.unique && !isSystem && !isComputed
  return (
    <div className={styles.form}>
      <LabelInputs value={field.label} onChange={(label) => onChange({ label })} autoFocus={!isLive} error={labelError} />
      {type?.can_be_computed && (!isSystem || field.name === 'name') && <FilledBy isComputed={isComputed} live={live} values={field.values ?? 'present'} onChange={(by, values) => onFormula(by === 'formula' ? '' : null, false, values)} />}
      {field.formula !== null && <FormulaSection object={object} objects={objects} field={asField(field)} value={field.formula} onChange={onFormula} />}
      {Settings && !isSystem && (
        <div data-testid="field-settings">
          <Settings options={field.options} onChange={(options) => onChange({ options })} />
        </div>
      )}
      {!isSystem && (mayBeRequired || mayBeUnique) && (
        <div className={styles.rules} role="group" aria-label={say('rules')}>
          {mayBeRequired && (
            <Checkbox checked={field.required} onChange={(event) => onChange({ required: event.target.checked })}>
              {say('required')}
              <span className={styles.ruleHint}>{say('requiredHint')}</span>
            </Checkbox>
          )}
          {mayBeUnique && (
            <Checkbox checked={field.unique} onChange={(event) => onChange({ unique: event.target.checked, ...(event.target.checked ? { default: null } : {}) })}>
              {say('unique')}
              <span className={styles.ruleHint}>{say('uniqueHint')}</span>
            </Checkbox>
          )}
        </div>
      )}
      {mayBeDefault && (
        <div>
          <FieldLabel id={`${id}default`} optional help={say('defaultHint')}>
            {say('defaultValue')}
          </FieldLabel>
          <kind.Input
            value={field.default ?? null}
            field={asField(field)}
            place="form"
            aria-labelledby={`${id}default`}
            onChange={(value) => onChange({ default: kind.isEmpty(value) ? null : kind.toWire(value) })}
          />
        </div>
      )}
      <LabelInputs kind="help" value={field.help ?? {}} onChange={(help) => onChange({ help })} />
      {children}
      <details className={styles.developers}>
        <summary>{say('forDevelopers')}</summary>
        {isLive ? (
          <p>
            {say('apiName')}: <code>{field.name}</code>
          </p>
        ) : (
          <>
            <FieldLabel htmlFor={`${id}name`} help={say('apiNameHint')}>
              {say('apiName')}
            </FieldLabel>
            <Input
              id={`${id}name`}
              value={field.name ?? ''}
              maxLength={40}
              placeholder={say('apiNameLater')}
              onChange={(event) => onChange({ name: event.target.value || undefined })}
            />
          </>
        )}
      </details>
    </div>
  )
}
