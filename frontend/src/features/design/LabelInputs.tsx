/** A name or a help text in both languages, side by side. */
import { useId } from 'react'
import { Input } from 'antd'
import type { Label } from '@/api/types'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import styles from './forms.module.css'
import { useText } from './text'

const languages = ['zh-CN', 'en'] as const

export interface LabelInputsProps {
  value: Label
  onChange: (label: Label) => void
  /** A name must be there in at least one language; a help text need not. */
  kind?: 'label' | 'help'
  error?: string | null
  autoFocus?: boolean
}

/** Without languages that say nothing. */
export function tidyLabel(label: Label): Label {
  return Object.fromEntries(languages.flatMap((language) => (label[language]?.trim() ? [[language, label[language].trim()]] : [])))
}

export function isEmptyLabel(label: Label): boolean {
  return Object.keys(tidyLabel(label)).length === 0
}

export function LabelInputs({ value, onChange, kind = 'label', error, autoFocus }: LabelInputsProps) {
  const say = useText()
  const id = useId()
  return (
    <div>
      <div className={styles.pair}>
        {languages.map((language) => {
          const isChinese = language === 'zh-CN'
          const caption = kind === 'label' ? say(isChinese ? 'labelZh' : 'labelEn') : say(isChinese ? 'helpZh' : 'helpEn')
          return (
            <div key={language}>
              <FieldLabel htmlFor={id + language}>{caption}</FieldLabel>
              <Input
                id={id + language}
                lang={language}
                value={value[language] ?? ''}
                maxLength={100}
                autoFocus={(autoFocus ?? false) && isChinese}
                aria-invalid={Boolean(error)}
                status={error ? 'error' : ''}
                onChange={(event) => onChange({ ...value, [language]: event.target.value })}
              />
            </div>
          )
        })}
      </div>
      {error && <FieldError>{error}</FieldError>}
    </div>
  )
}
