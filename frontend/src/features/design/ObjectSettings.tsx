/** Name, icon and colour of an object, and its removal. */
import { useId, useState } from 'react'
import { Input } from 'antd'
import { Trash2, Undo2 } from 'lucide-react'
import type { DesignStep, ObjectChanges } from '@/api/design_types'
import type { Label } from '@/api/types'
import { Button } from '@/ui/Button'
import { FieldLabel } from '@/ui/FieldLabel'
import type { DraftObject } from './draft_view'
import forms from './forms.module.css'
import { isEmptyLabel, LabelInputs, tidyLabel } from './LabelInputs'
import { HueChoice, IconChoice } from './Looks'
import styles from './ObjectPage.module.css'
import { useText } from './text'

export function ObjectSettings({ object, onStep }: { object: DraftObject; onStep: (step: DesignStep) => void }) {
  const say = useText()
  const id = useId()
  // What is being typed may be empty for a moment; only what says something goes into the draft.
  const [typed, setTyped] = useState<{ label?: Label; plural_label?: Label; description?: Label }>({})
  const label = typed.label ?? object.label
  const plural = typed.plural_label ?? object.plural_label
  const isRetired = object.retired_at !== null
  const change = (changes: ObjectChanges) => onStep({ action: 'change_object', object: object.name, changes })

  function type(part: 'label' | 'plural_label' | 'description', value: Label): void {
    setTyped({ ...typed, [part]: value })
    if (!isEmptyLabel(value)) change({ [part]: tidyLabel(value) })
    else if (part === 'description') change({ description: null })
  }

  return (
    <div className={styles.settings}>
      <div className={forms.form}>
        <LabelInputs value={label} onChange={(value) => type('label', value)} error={isEmptyLabel(label) ? say('labelNeeded') : null} />
        <div>
          <FieldLabel htmlFor={id} help={say('pluralHint')}>
            {say('plural')}
          </FieldLabel>
          <Input id={id} lang="en" value={plural.en ?? ''} maxLength={100} onChange={(event) => type('plural_label', { ...plural, en: event.target.value })} />
        </div>
        <div>
          <FieldLabel>{say('icon')}</FieldLabel>
          <IconChoice value={object.icon} onChange={(icon) => change({ icon })} />
        </div>
        <div>
          <FieldLabel>{say('color')}</FieldLabel>
          <HueChoice value={object.color} onChange={(color) => change({ color })} />
        </div>
        <LabelInputs kind="help" value={typed.description ?? object.description ?? {}} onChange={(value) => type('description', value)} />
        <details className={forms.developers}>
          <summary>{say('forDevelopers')}</summary>
          <p>
            {say('apiName')}: <code>{object.name}</code>
          </p>
        </details>
        <div className={styles.danger}>
          <p>{say('retireObjectHint')}</p>
          <Button
            danger={!isRetired}
            icon={isRetired ? <Undo2 size={16} aria-hidden /> : <Trash2 size={16} aria-hidden />}
            onClick={() => onStep({ action: isRetired ? 'restore_object' : 'retire_object', object: object.name })}
          >
            {say(isRetired ? 'restore' : 'retireObject')}
          </Button>
        </div>
      </div>
    </div>
  )
}
