/** A sheet from below, for phones: menus, filters, choices. */
import { Suspense, lazy } from 'react'
import type { ReactNode } from 'react'
import type { DrawerProps } from 'antd'
import { X } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import styles from './Sheet.module.css'

const useText = defineMessages('sheet', { 'zh-CN': { close: '关闭' }, en: { close: 'Close' } })

export const fetchSheet = () => import('./SheetFrame')

const SheetFrame = lazy(async () => ({ default: (await fetchSheet()).SheetFrame }))

/** Slides in from an edge; its frame is fetched apart from the first page. */
export function EdgeSheet(props: DrawerProps) {
  return (
    <Suspense>
      <SheetFrame {...props} />
    </Suspense>
  )
}

export interface SheetProps {
  title?: ReactNode
  onClose: () => void
  footer?: ReactNode
  children: ReactNode
}

export function Sheet({ title, onClose, footer, children }: SheetProps) {
  const say = useText()
  return (
    <EdgeSheet open placement="bottom" size="auto" closable={false} onClose={onClose} styles={{ body: { padding: 0 } }}>
      <div className={styles.sheet} data-blocks-keys>
        <div className={styles.header}>
          <h2>{title}</h2>
          <button type="button" className={styles.close} aria-label={say('close')} onClick={onClose}>
            <X size={20} aria-hidden />
          </button>
        </div>
        <div className={styles.body}>{children}</div>
        {footer && <div className={styles.footer}>{footer}</div>}
      </div>
    </EdgeSheet>
  )
}
