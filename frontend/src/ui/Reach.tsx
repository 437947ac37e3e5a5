/** A value that reaches somebody: calls, writes, opens a page. It does not open the row it stands in. */
import type { ReactNode } from 'react'
import styles from './Reach.module.css'

export function Reach({ href, isOutside = false, children }: { href: string; isOutside?: boolean; children: ReactNode }) {
  return (
    <a className={styles.reach} href={href} onClick={(event) => event.stopPropagation()} {...(isOutside ? { target: '_blank', rel: 'noreferrer noopener' } : {})}>
      {children}
    </a>
  )
}
