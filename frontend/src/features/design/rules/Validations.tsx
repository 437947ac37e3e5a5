/** What must hold of every record of an object, and what is said when it does not. */
import { useId, useState } from 'react'
import { Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import type { DesignStep, ValidationText } from '@/api/design_types'
import type { Label } from '@/api/types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldLabel } from '@/ui/FieldLabel'
import { FormulaBox } from '@/ui/formula/FormulaBox'
import type { DraftObject } from '../draft_view'
import { isEmptyLabel, tidyLabel } from '../LabelInputs'
import { freeName } from './names'
import styles from './rules.module.css'
import { useText } from './text'

export interface ValidationsProps {
  object: DraftObject
  objects: readonly DraftObject[]
  isReadOnly: boolean
  onStep: (step: DesignStep) => void
}

export function Validations({ object, objects, isReadOnly, onStep }: ValidationsProps) {
  const say = useText()
  const [typed, setTyped] = useState<readonly ValidationText[]>(() => (object.validations ?? []) as readonly ValidationText[])

  /** What is not finished waits outside the draft. */
  function keep(next: readonly ValidationText[]): void {
    setTyped(next)
    onStep({ action: 'change_object', object: object.name, changes: { validations: next.filter(isWhole).map((one) => ({ ...one, message: tidyLabel(one.message) })) } })
  }
  const change = (place: number, changes: Partial<ValidationText>) => keep(typed.map((one, at) => (at === place ? { ...one, ...changes } : one)))

  return (
    <section className={styles.part} aria-labelledby={`${object.name}-validations`}>
      <h2 id={`${object.name}-validations`}>{say('tab')}</h2>
      <p className={styles.hint}>{say('validationsHint')}</p>
      {typed.length === 0 && isReadOnly && <p className={styles.hint}>{say('noValidations')}</p>}
      {typed.map((one, place) => (
        <OneValidation
          key={one.name}
          number={place + 1}
          object={object}
          objects={objects}
          validation={one}
          isReadOnly={isReadOnly}
          onChange={(changes) => change(place, changes)}
          onRemove={() => keep(typed.filter((_, at) => at !== place))}
        />
      ))}
      {!isReadOnly && (
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => setTyped([...typed, { name: freeName('validation', typed), condition: '', message: {}, field: null }])}>
          {say('addValidation')}
        </Button>
      )}
    </section>
  )
}

interface OneProps extends Pick<ValidationsProps, 'object' | 'objects' | 'isReadOnly'> {
  number: number
  validation: ValidationText
  onChange: (changes: Partial<ValidationText>) => void
  onRemove: () => void
}

function OneValidation({ number, object, objects, validation, isReadOnly, onChange, onRemove }: OneProps) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const [text, setText] = useState(validation.condition)
  const say_ = (language: 'zh-CN' | 'en', caption: string) => (
    <div>
      <FieldLabel htmlFor={id + language}>{caption}</FieldLabel>
      <Input
        id={id + language}
        lang={language}
        value={validation.message[language] ?? ''}
        maxLength={300}
        disabled={isReadOnly}
        onChange={(event) => onChange({ message: { ...validation.message, [language]: event.target.value } as Label })}
      />
    </div>
  )
  return (
    <section className={styles.card} aria-label={say('validation', { number })}>
      <header>
        <h3>{say('validation', { number })}</h3>
        {!isReadOnly && <Button type="text" icon={<Trash2 size={16} aria-hidden />} aria-label={say('removeValidation', { number })} onClick={onRemove} />}
      </header>
      <div>
        <FieldLabel>{say('condition')}</FieldLabel>
        <FormulaBox
          object={object}
          objects={objects}
          value={text}
          expects="boolean"
          label={say('condition')}
          lines={2}
          hasPalette={!isReadOnly}
          onChange={setText}
          onReading={({ text: read, typed, problem }) => {
            if (typed && !problem && read !== validation.condition && !isReadOnly) onChange({ condition: read })
          }}
        />
      </div>
      <div className={styles.pair}>
        {say_('zh-CN', say('messageZh'))}
        {say_('en', say('messageEn'))}
      </div>
      <div>
        <FieldLabel htmlFor={`${id}at`}>{say('shownAt')}</FieldLabel>
        <Select
          id={`${id}at`}
          value={validation.field ?? ''}
          disabled={isReadOnly}
          style={{ width: '100%' }}
          options={[
            { value: '', label: say('whole') },
            ...object.fields.filter((field) => field.retired_at === null && (!field.system || field.name === 'name')).map((field) => ({ value: field.name, label: labelText(field.label, locale) })),
          ]}
          onChange={(value: string) => onChange({ field: value || null })}
        />
      </div>
      {!isWhole(validation) && <p className={styles.hint}>{say('incomplete')}</p>}
    </section>
  )
}

function isWhole(one: ValidationText): boolean {
  return one.condition.trim() !== '' && !isEmptyLabel(one.message)
}
