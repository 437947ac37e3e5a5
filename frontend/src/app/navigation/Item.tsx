/** A line of the navigation, and a group of them under a heading. */
import type { ReactNode } from 'react'
import { Tooltip } from 'antd'
import { Link, useLocation } from 'react-router'
import styles from './Item.module.css'

export function Group({ label, isCollapsed, children }: { label: string; isCollapsed: boolean; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={label}>
      {isCollapsed ? <hr className={styles.rule} /> : label && <h2 className={styles.heading}>{label}</h2>}
      <ul>{children}</ul>
    </section>
  )
}

export interface ItemProps {
  to: string
  icon: ReactNode
  label: string
  isCollapsed: boolean
  onGone?: (() => void) | undefined
}

/** The address with all its query is open, or a page below it. */
function useIsOpen(to: string): boolean {
  const { pathname, search } = useLocation()
  const [path = '', query] = to.split('?')
  if (query !== undefined) return pathname === path && search.slice(1).split('&').includes(query)
  return pathname === path || pathname.startsWith(`${path}/`)
}

export function Item({ to, icon, label, isCollapsed, onGone }: ItemProps) {
  const isOpen = useIsOpen(to)
  const link = (
    <Link
      to={to}
      className={styles.item}
      data-collapsed={isCollapsed || undefined}
      aria-label={isCollapsed ? label : undefined}
      aria-current={isOpen ? 'page' : undefined}
      onClick={onGone}
    >
      {icon}
      {!isCollapsed && <span className={styles.words}>{label}</span>}
    </Link>
  )
  return (
    <li>
      {isCollapsed ? (
        <Tooltip title={label} placement="right">
          {link}
        </Tooltip>
      ) : (
        link
      )}
    </li>
  )
}
