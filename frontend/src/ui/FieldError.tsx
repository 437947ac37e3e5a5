/** What is wrong with one field, under it. */
import type { ReactNode } from 'react'
import { CircleAlert } from 'lucide-react'
import styles from './FieldError.module.css'

export function FieldError({ id, children }: { id?: string | undefined; children: ReactNode }) {
  if (!children) return null
  return (
    <div className={styles.error} id={id} role="alert">
      <CircleAlert size={14} aria-hidden />
      <span>{children}</span>
    </div>
  )
}
