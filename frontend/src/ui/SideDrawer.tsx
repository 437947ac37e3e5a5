/** A sheet at the right that leaves the list alive: no scrim, Esc closes, a page on phones. A second one takes the place of the first, with a way back. */
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { ArrowLeft, ChevronsRight } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { useDrawerStack } from './drawer_stack'
import { useWidth } from './width'
import styles from './SideDrawer.module.css'

const useText = defineMessages('side-drawer', { 'zh-CN': { close: '关闭', back: '返回' }, en: { close: 'Close', back: 'Back' } })

export interface SideDrawerProps {
  title: ReactNode
  /** 720 for records, 480 for quick forms. */
  width?: number
  onClose: () => void
  headerActions?: ReactNode
  footer?: ReactNode
  children: ReactNode
  /** Set for the parts that bring their own insets. */
  flush?: boolean
  /** Set for forms: keys of the page behind must not lead away from what was typed. */
  blocksKeys?: boolean
}

/** Something above the drawer has the first word on Esc. */
function isBelowDialog(sheet: HTMLElement | null): boolean {
  const above = document.querySelectorAll('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open, [data-blocks-keys]')
  return [...above].some((each) => each !== sheet)
}

export function SideDrawer({ title, width = 720, onClose, headerActions, footer, children, flush = false, blocksKeys = false }: SideDrawerProps) {
  const say = useText()
  const { isPhone } = useWidth()
  const titleId = useId()
  const { isCovered, covers } = useDrawerStack()
  const isBack = isPhone || covers
  const sheet = useRef<HTMLElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })

  useEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null
    if (!sheet.current?.contains(document.activeElement)) sheet.current?.focus({ preventScroll: true })
    function listen(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || sheet.current?.hidden || isBelowDialog(sheet.current)) return
      event.preventDefault()
      close.current()
    }
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', listen)
      if (before?.isConnected) before.focus({ preventScroll: true })
    }
  }, [])

  useEffect(() => {
    if (!isCovered && document.activeElement === document.body) sheet.current?.focus({ preventScroll: true })
  }, [isCovered])

  return createPortal(
    <section ref={sheet} className={styles.sheet} style={isPhone ? undefined : { width }} role="dialog" aria-labelledby={titleId} tabIndex={-1} hidden={isCovered} data-blocks-keys={(blocksKeys && !isCovered) || undefined}>
      <header className={styles.header}>
        <button type="button" className={styles.close} aria-label={say(isBack ? 'back' : 'close')} onClick={onClose}>
          {isBack ? <ArrowLeft size={isPhone ? 20 : 16} aria-hidden /> : <ChevronsRight size={16} aria-hidden />}
        </button>
        <h2 className={styles.title} id={titleId}>
          {title}
        </h2>
        {headerActions && <div className={styles.actions}>{headerActions}</div>}
      </header>
      <div className={flush ? styles.flush : styles.body}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </section>,
    document.body,
  )
}
