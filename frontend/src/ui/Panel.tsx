/** The sheet a page lies on: header, view tabs, toolbar, content, side column, footer. */
import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { usePageTitle } from './page_title'
import styles from './Panel.module.css'

/** What the shell puts in front of every title: the way to the navigation where it is not on the screen. */
export const PanelLeadContext = createContext<ReactNode>(null)

export interface PanelProps {
  title: ReactNode
  /** The name of the browser's tab, where the title is more than text. */
  pageTitle?: string | undefined
  icon?: ReactNode
  /** Beside the title: a star, a state, a count. */
  mark?: ReactNode
  /** Who is here. */
  presence?: ReactNode
  /** The primary action stands last. */
  actions?: ReactNode
  tabs?: ReactNode
  toolbar?: ReactNode
  footer?: ReactNode
  /** A side column; below the content on narrow screens. */
  side?: ReactNode
  /** Lets the content scroll inside itself (a grid), instead of the panel. */
  still?: boolean
  children: ReactNode
}

export function Panel({ title, pageTitle, icon, mark, presence, actions, tabs, toolbar, footer, side, still = false, children }: PanelProps) {
  const lead = useContext(PanelLeadContext)
  usePageTitle(pageTitle ?? (typeof title === 'string' ? title : undefined))
  return (
    <section className={styles.panel}>
      <header className={styles.header}>
        {lead}
        {icon && <span className={styles.icon}>{icon}</span>}
        <h1 className={styles.title}>{title}</h1>
        {mark}
        <div className={styles.presence}>{presence}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {tabs && <div className={styles.tabs}>{tabs}</div>}
      {toolbar && <div className={styles.toolbar}>{toolbar}</div>}
      <div className={styles.body}>
        <div className={still ? styles.still : styles.content}>{children}</div>
        {side && <aside className={styles.side}>{side}</aside>}
      </div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </section>
  )
}
