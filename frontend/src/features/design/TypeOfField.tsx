/** The type of a field: what it is, that it becomes another one, and that it can have its earlier one back. */
import { Undo2 } from 'lucide-react'
import { useFieldTypes } from '@/api/design'
import type { FieldChanges, FieldTypeInfo } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOfType } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { daysLeft } from './days_left'
import type { DraftField } from './draft_view'
import styles from './forms.module.css'
import { useText } from './text'

/** Whether a field may become one of this type. */
export function mayBecome(type: FieldTypeInfo): boolean {
  return type.is_convertible && !kindOfType(type.name).isReadOnly
}

export interface TypeOfFieldProps {
  field: DraftField
  /** Another type is to be chosen. */
  onChange: () => void
  onPut: (changes: { [Name in keyof FieldChanges]: FieldChanges[Name] | undefined }) => void
}

export function TypeOfField({ field, onChange, onPut }: TypeOfFieldProps) {
  const say = useText()
  const locale = useLocale()
  const kind = kindOfType(field.type)
  const Icon = kind.icon
  const live = field.live
  const isComputed = field.formula !== null && field.formula !== undefined
  const type = useFieldTypes().data?.find((one) => one.name === field.type)
  const isStuck = field.system || field.retired_at !== null || !type || !type.is_convertible
  const earlier = live?.kept_type && live.kept_since ? { type: live.kept_type, days: daysLeft(live.kept_since) } : null
  const comesBack = field.values === 'before' && !isComputed
  const isOther = live !== null && field.type !== live.type
  const nameOf = (type: string) => labelText(kindOfType(type).label, locale)
  return (
    <div className={styles.form}>
      <div className={styles.chosenType}>
        <Icon size={16} aria-hidden /> {labelText(kind.label, locale)}
        {field.mark && <Chip hue={field.mark === 'retired' ? 'red' : field.mark === 'new' ? 'teal' : 'amber'}>{say(`mark_${field.mark}`)}</Chip>}
        {live && !isStuck && !isComputed && !comesBack && (
          <button type="button" onClick={onChange}>
            {say('changeType')}
          </button>
        )}
      </div>
      {isOther && <p className={styles.hint}>{say('becomesOther', { type: nameOf(live.type) })}</p>}
      {earlier && earlier.days > 0 && !isOther && !isComputed && (
        <div className={styles.hint}>
          <p>{comesBack ? say('typeComesBack', { type: nameOf(earlier.type) }) : say('earlierType', { type: nameOf(earlier.type), count: earlier.days })}</p>
          <Button size="small" icon={<Undo2 size={14} aria-hidden />} onClick={() => onPut({ values: comesBack ? undefined : 'before' })}>
            {comesBack ? say('keepType') : say('takeTypeBack', { type: nameOf(earlier.type) })}
          </Button>
        </div>
      )}
    </div>
  )
}
