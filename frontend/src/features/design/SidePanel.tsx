/** The right side of a designer: settings of the selection, or proof. */
import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import styles from './SidePanel.module.css'
import { useText } from './text'

export interface SidePanelProps {
  title: ReactNode
  icon?: ReactNode
  onClose: () => void
  footer?: ReactNode
  children: ReactNode
}

export function SidePanel({ title, icon, onClose, footer, children }: SidePanelProps) {
  const say = useText()
  return (
    <aside className={styles.panel} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onClose()}>
      <header>
        {icon}
        <h2>{title}</h2>
        <button type="button" aria-label={say('close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer>{footer}</footer>}
    </aside>
  )
}
