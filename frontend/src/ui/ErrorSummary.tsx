/** Everything that keeps a form from being saved, each with a link to its field. */
import { useEffect, useRef } from 'react'
import { CircleAlert } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import styles from './ErrorSummary.module.css'

const useText = defineMessages('error-summary', {
  'zh-CN': { title: '还有 {{count}} 处要改才能保存' },
  en: { title: '{{count}} things to settle before this can be saved', title_one: 'One thing to settle before this can be saved' },
})

export interface FormError {
  /** The id of the element to focus; none for what belongs to the whole form. */
  fieldId?: string | undefined
  label?: string | undefined
  message: string
}

export function ErrorSummary({ errors, title }: { errors: readonly FormError[]; title?: string }) {
  const say = useText()
  const box = useRef<HTMLDivElement>(null)
  const count = errors.length
  useEffect(() => {
    if (count > 0) box.current?.scrollIntoView?.({ block: 'nearest' })
  }, [count])
  if (count === 0) return null
  return (
    <div className={styles.box} role="alert" ref={box}>
      <CircleAlert size={16} aria-hidden />
      <div>
        <div className={styles.title}>{title ?? say('title', { count })}</div>
        <ul>
          {errors.map(({ fieldId, label, message }) => (
            <li key={`${fieldId ?? ''}:${message}`}>
              {fieldId ? (
                <button type="button" className={styles.link} onClick={() => document.getElementById(fieldId)?.focus()}>
                  {label ?? message}
                </button>
              ) : (
                label ?? message
              )}
              {label && ` · ${message}`}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
