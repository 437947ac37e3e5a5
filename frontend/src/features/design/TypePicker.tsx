/** Chooses what a new field holds, each type with a sentence for what it is good. */
import { useId, useState } from 'react'
import { Search } from 'lucide-react'
import { Input } from 'antd'
import { useFieldTypes } from '@/api/design'
import type { FieldTypeInfo } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOfType } from '@/registry/registry'
import { Failed, LoadingRows } from '@/ui/faces'
import styles from './forms.module.css'
import { useText } from './text'

const families = ['words', 'figures', 'choices', 'time', 'relations', 'codes', 'files'] as const

export interface TypePickerProps {
  onPick: (type: string) => void
  /** Those to choose from; all unless said. */
  offers?: (type: FieldTypeInfo) => boolean
}

export function TypePicker({ onPick, offers = () => true }: TypePickerProps) {
  const say = useText()
  const locale = useLocale()
  const types = useFieldTypes()
  const [typed, setTyped] = useState('')
  const id = useId()
  if (types.isError) return <Failed problem={types.error} onRetry={() => void types.refetch()} />
  if (!types.data) return <LoadingRows rows={6} columns={2} />
  const wanted = typed.trim().toLowerCase()
  const fitting = types.data.filter((type) => offers(type) && `${Object.values(type.label).join(' ')} ${labelText(type.description, locale)} ${type.name}`.toLowerCase().includes(wanted))
  return (
    <div className={styles.form}>
      <Input prefix={<Search size={14} aria-hidden />} placeholder={say('findType')} aria-label={say('findType')} value={typed} autoFocus onChange={(event) => setTyped(event.target.value)} />
      {families
        .filter((family) => fitting.some((type) => type.family === family))
        .map((family) => (
          <section key={family} aria-labelledby={`${id}-${family}`}>
            <h3 id={`${id}-${family}`} className={styles.family}>
              {say(family)}
            </h3>
            <div className={styles.types}>
              {fitting
                .filter((type) => type.family === family)
                .map((type) => {
                  const Icon = kindOfType(type.name).icon
                  return (
                    <button key={type.name} type="button" className={styles.type} data-type={type.name} onClick={() => onPick(type.name)}>
                      <Icon size={16} aria-hidden />
                      <span>
                        <strong>{labelText(type.label, locale)}</strong>
                        <span>{labelText(type.description, locale)}</span>
                      </span>
                    </button>
                  )
                })}
            </div>
          </section>
        ))}
      {fitting.length === 0 && <p className={styles.hint}>{say('noType')}</p>}
    </div>
  )
}
