/** The right side while a field is made or changed. What is live is changed in the draft as one types. */
import { useState } from 'react'
import { Select } from 'antd'
import { Trash2, Undo2 } from 'lucide-react'
import type { DesignedField, DesignStep, FieldChanges, NewField } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOfType } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { ComputingState, useComputingOf } from './Computing'
import type { DraftField, DraftObject } from './draft_view'
import { FieldForm } from './FieldForm'
import type { FieldDraft } from './FieldForm'
import type { Values } from './FilledBy'
import { formulaText } from './FormulaSection'
import { isEmptyLabel, tidyLabel } from './LabelInputs'
import { takingBack } from './steps'
import { FieldRules } from './rules/FieldRules'
import { SidePanel } from './SidePanel'
import { mayBecome, TypeOfField } from './TypeOfField'
import { TypePicker } from './TypePicker'
import styles from './forms.module.css'
import { useText } from './text'

export interface NewFieldPanelProps {
  object: DraftObject
  objects: readonly DraftObject[]
  /** Rejects with why it cannot be added. */
  onAdd: (step: DesignStep) => Promise<void>
  onClose: () => void
}

export function NewFieldPanel({ object, objects, onAdd, onClose }: NewFieldPanelProps) {
  const say = useText()
  const locale = useLocale()
  const [field, setField] = useState<FieldDraft | null>(null)
  const [group, setGroup] = useState(Math.max(0, object.layout.groups.length - 1))
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  if (!field) {
    return (
      <SidePanel title={say('chooseType')} onClose={onClose}>
        <TypePicker onPick={(type) => setField({ name: undefined, label: {}, type, options: kindOfType(type).startsWith?.(object.name) ?? {}, required: false, unique: false, help: null, default: null, formula: null })} />
      </SidePanel>
    )
  }
  const kind = kindOfType(field.type)
  const Icon = kind.icon

  async function add(): Promise<void> {
    if (!field) return
    setTried(true)
    setRefusal(null)
    if (isEmptyLabel(field.label)) return
    if (field.formula?.trim() === '') {
      setRefusal(say('formulaNeeded'))
      return
    }
    setAsking(true)
    try {
      await onAdd({ action: 'add_field', object: object.name, field: asAddition(field, group) })
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
      setAsking(false)
    }
  }

  return (
    <SidePanel
      title={say('newField')}
      onClose={onClose}
      footer={
        <>
          <div className={styles.refusal}>
            <FieldError>{refusal}</FieldError>
          </div>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" loading={isAsking} onClick={() => void add()}>
            {say('addToDraft')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.chosenType}>
          <Icon size={16} aria-hidden /> {labelText(kind.label, locale)}
          <button type="button" onClick={() => setField(null)}>
            {say('changeType')}
          </button>
        </div>
        <FieldForm
          field={field}
          isLive={false}
          object={object}
          objects={objects}
          onFormula={(formula) => setField({ ...field, formula, ...(formula === null ? {} : { required: false, unique: false, default: null }) })}
          labelError={isTried && isEmptyLabel(field.label) ? say('labelNeeded') : null}
          onChange={(changes) => setField({ ...field, ...changes })}
        />
        {object.layout.groups.length > 1 && (
          <div>
            <FieldLabel>{say('group')}</FieldLabel>
            <Select
              aria-label={say('group')}
              value={group}
              options={object.layout.groups.map((one, place) => ({ value: place, label: labelText(one.label, locale) }))}
              style={{ width: '100%' }}
              onChange={setGroup}
            />
          </div>
        )}
      </div>
    </SidePanel>
  )
}

function asAddition(field: FieldDraft, group: number): NewField {
  const help = field.help ? tidyLabel(field.help) : {}
  return {
    ...(field.name ? { name: field.name } : {}),
    label: tidyLabel(field.label),
    type: field.type,
    options: field.options,
    ...(field.required ? { required: true } : {}),
    ...(field.unique ? { unique: true } : {}),
    ...(isEmptyLabel(help) ? {} : { help }),
    ...(field.default === null || field.default === undefined ? {} : { default: field.default }),
    ...(field.formula === null ? {} : { formula: field.formula }),
    group,
  }
}

/** Nothing of another type in the draft. */
const asLive = { type: undefined, options: undefined, unique: undefined, default: undefined, values: undefined }

/** What goes into the draft when a field is filled in another way; null while its formula cannot be used yet. */
function filling(live: DesignedField | null, formula: string | null, isRight: boolean, values: Values): FieldChanges | null {
  const wasComputed = live !== null && live.formula !== null && live.formula !== undefined
  if (formula !== null) {
    // Of what the platform keeps only how it is filled changes.
    if (isRight) return takingBack(live?.system ? { formula, values: undefined } : { formula, values: undefined, required: false, unique: false, default: null })
    // A formula that was there stays until another can be used.
    return wasComputed ? takingBack({ formula: undefined, values: undefined }) : null
  }
  if (!live) return { formula: null }
  const ofBefore = { required: undefined, unique: undefined, default: undefined }
  return takingBack(wasComputed ? { ...ofBefore, formula: null, values: values === 'before' ? values : undefined } : { ...ofBefore, formula: undefined })
}

export interface FieldPanelProps {
  object: DraftObject
  objects: readonly DraftObject[]
  field: DraftField
  onStep: (step: DesignStep) => void
  onClose: () => void
}

export function FieldPanel({ object, objects, field, onStep, onClose }: FieldPanelProps) {
  const say = useText()
  const locale = useLocale()
  // What is being typed may be empty for a moment; only a label that says something goes into the draft.
  const [typed, setTyped] = useState<Partial<FieldDraft>>({})
  const shown: FieldDraft = { ...field, formula: formulaText(field.formula, object, objects), ...typed }
  const isRetired = field.retired_at !== null
  const computingOf = useComputingOf(object.name)
  const [isPicking, setPicking] = useState(false)

  function change(changes: Partial<FieldDraft>): void {
    setTyped({ ...typed, ...changes })
    const { label, help, options, required, unique } = changes
    const wire: FieldChanges = {
      ...(label && !isEmptyLabel(label) ? { label: tidyLabel(label) } : {}),
      ...(help === undefined ? {} : { help: help && !isEmptyLabel(help) ? tidyLabel(help) : null }),
      ...(options === undefined ? {} : { options }),
      ...(required === undefined ? {} : { required }),
      ...(unique === undefined ? {} : { unique }),
      ...('default' in changes ? { default: changes.default } : {}),
    }
    if (Object.keys(wire).length > 0) onStep({ action: 'change_field', object: object.name, field: field.name, changes: wire })
  }

  function put(changes: { [Name in keyof FieldChanges]: FieldChanges[Name] | undefined }): void {
    // What was typed of the settings was for the type it had.
    setTyped(Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'options' && name !== 'unique' && name !== 'default')))
    onStep({ action: 'change_field', object: object.name, field: field.name, changes: takingBack(changes) })
  }

  if (isPicking) {
    return (
      <SidePanel title={say('chooseOtherType')} onClose={() => setPicking(false)}>
        <TypePicker
          offers={(type) => mayBecome(type) && type.name !== field.type}
          onPick={(type) => {
            put(type === field.live?.type ? asLive : { ...asLive, type, options: {} })
            setPicking(false)
          }}
        />
      </SidePanel>
    )
  }

  return (
    <SidePanel
      title={labelText(field.label, locale) || say('newField')}
      onClose={onClose}
      footer={
        field.system ? undefined : (
          <Button
            danger={!isRetired}
            icon={isRetired ? <Undo2 size={16} aria-hidden /> : <Trash2 size={16} aria-hidden />}
            onClick={() => {
              onStep({ action: isRetired ? 'restore_field' : 'retire_field', object: object.name, field: field.name })
              if (!isRetired) onClose()
            }}
          >
            {say(isRetired ? 'restore' : field.live ? 'retire' : 'remove')}
          </Button>
        )
      }
    >
      <div className={styles.form}>
        <TypeOfField field={field} onChange={() => setPicking(true)} onPut={put} />
        {field.system && <p className={styles.hint}>{say('systemField')}</p>}
        <ComputingState state={computingOf(field.name)} />
        <FieldForm
          field={shown}
          isLive={field.live !== null || field.system}
          object={object}
          objects={objects}
          live={field.live}
          onFormula={(formula, isRight, values = 'present') => {
            setTyped({ ...typed, formula, values })
            const changes = filling(field.live, formula, isRight, values)
            if (changes) onStep({ action: 'change_field', object: object.name, field: field.name, changes })
          }}
          isSystem={field.system}
          labelError={isEmptyLabel(shown.label) ? say('labelNeeded') : null}
          onChange={change}
        >
          {!isRetired && (
            <FieldRules object={object} objects={objects} field={field} onChange={(changes) => onStep({ action: 'change_field', object: object.name, field: field.name, changes })} />
          )}
        </FieldForm>
        {field.used_by.length > 0 && (
          <div>
            <FieldLabel>{say('usedBy')}</FieldLabel>
            <div className={styles.used}>
              {field.used_by.map((one) => (
                <Chip key={`${one.kind}${one.id}`}>{labelText(one.name, locale)}</Chip>
              ))}
            </div>
          </div>
        )}
      </div>
    </SidePanel>
  )
}
