/** Fields that were removed and can still come back. */
import { Undo2 } from 'lucide-react'
import type { DesignStep } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { daysLeft } from './days_left'
import type { DraftField, DraftObject } from './draft_view'
import styles from './ObjectPage.module.css'
import { useText } from './text'

export interface RetiredFieldsProps {
  object: DraftObject
  fields: readonly DraftField[]
  isReadOnly: boolean
  onStep: (step: DesignStep) => void
}

export function RetiredFields({ object, fields, isReadOnly, onStep }: RetiredFieldsProps) {
  const say = useText()
  const locale = useLocale()
  if (fields.length === 0) return null
  return (
    <section>
      <div className={styles.section}>
        <h2>{say('retiredFields')}</h2>
        <p className={styles.note}>{say('retiredNote')}</p>
      </div>
      <ul className={styles.list}>
        {fields.map((field) => {
          const Icon = kindOf(field).icon
          return (
            <li key={field.name}>
              <Icon size={16} aria-hidden />
              <span>{labelText(field.label, locale)}</span>
              {field.retired_at && <Chip hue="amber">{say('daysLeft', { count: daysLeft(field.retired_at) })}</Chip>}
              {!isReadOnly && (
                <Button size="small" icon={<Undo2 size={14} aria-hidden />} onClick={() => onStep({ action: 'restore_field', object: object.name, field: field.name })}>
                  {say('restore')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
