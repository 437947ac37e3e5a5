/** The label above a field: a red star when it must be filled, its help beneath. */
import type { ReactNode } from 'react'
import { defineMessages } from '@/lib/i18n'
import styles from './FieldLabel.module.css'

const useText = defineMessages('field-label', {
  'zh-CN': { required: '必填', optional: '选填' },
  en: { required: 'required', optional: 'optional' },
})

export interface FieldLabelProps {
  children: ReactNode
  htmlFor?: string | undefined
  id?: string | undefined
  required?: boolean | undefined
  /** Marks the few that may stay empty where most must be filled. */
  optional?: boolean | undefined
  help?: ReactNode
  helpId?: string | undefined
  /** At the far end of the line: a link, a count. */
  extra?: ReactNode
}

export function FieldLabel({ children, htmlFor, id, required, optional, help, helpId, extra }: FieldLabelProps) {
  const say = useText()
  return (
    <div className={styles.label}>
      <div className={styles.line}>
        <label htmlFor={htmlFor} id={id}>
          {children}
          {required && (
            <>
              <span className={styles.star} aria-hidden>
                *
              </span>
              <span className="visually-hidden">{say('required')}</span>
            </>
          )}
          {optional && <span className={styles.optional}>{say('optional')}</span>}
        </label>
        {extra && <span className={styles.extra}>{extra}</span>}
      </div>
      {help && (
        <div className={styles.help} id={helpId}>
          {help}
        </div>
      )}
    </div>
  )
}
