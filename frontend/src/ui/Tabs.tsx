/** A row of tabs under a header. Arrow keys walk, the chosen one is underlined. */
import { useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './Tabs.module.css'

export interface Tab {
  key: string
  label: ReactNode
  icon?: ReactNode
  count?: number | undefined
}

export interface TabsProps {
  items: readonly Tab[]
  active: string
  onChange: (key: string) => void
  label: string
  extra?: ReactNode
}

export function Tabs({ items, active, onChange, label, extra }: TabsProps) {
  const row = useRef<HTMLDivElement>(null)

  function walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const at = items.findIndex((item) => item.key === active)
    const next = items[(at + step + items.length) % items.length]
    if (!next) return
    onChange(next.key)
    row.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.key)}"]`)?.focus()
  }

  return (
    <div className={styles.row}>
      <div role="tablist" aria-label={label} className={styles.list} ref={row} onKeyDown={walk}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            data-tab={item.key}
            aria-selected={item.key === active}
            tabIndex={item.key === active ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(item.key)}
          >
            {item.icon}
            <span>{item.label}</span>
            {item.count !== undefined && <span className={styles.count}>{item.count}</span>}
          </button>
        ))}
      </div>
      {extra}
    </div>
  )
}
