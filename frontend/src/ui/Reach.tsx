/** A value that reaches somebody: calls, writes, opens a page. It does not open the row it stands in. */
import type { ReactNode } from 'react'
import styles from './Reach.module.css'

export interface ReachProps {
  href: string
  isOutside?: boolean
  /** False in grids, which move by arrow keys. */
  isTabStop?: boolean
  children: ReactNode
}

export function Reach({ href, isOutside = false, isTabStop = true, children }: ReachProps) {
  return (
    <a className={styles.reach} href={href} tabIndex={isTabStop ? undefined : -1} onClick={(event) => event.stopPropagation()} {...(isOutside ? { target: '_blank', rel: 'noreferrer noopener' } : {})}>
      {children}
    </a>
  )
}
