/** A button of the toolbar with a small sheet behind it; a sheet from below on phones. */
import type { ReactNode } from 'react'
import { Popover } from 'antd'
import { Button } from '@/ui/Button'
import { Sheet } from '@/ui/Sheet'
import { useWidth } from '@/ui/width'
import { useText } from './messages'
import styles from './list.module.css'

export interface ToolPopoverProps {
  icon: ReactNode
  label: ReactNode
  title: string
  /** `hides`: records are hidden by it; `set`: only something is chosen. */
  look: 'plain' | 'set' | 'hides'
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  width: number
  children: ReactNode
}

export function ToolPopover({ icon, label, title, look, isOpen, onOpen, width, children }: ToolPopoverProps) {
  const say = useText()
  const { isPhone } = useWidth()
  const button = (
    <Button type="text" className={styles.tool ?? ''} data-look={look} icon={icon} aria-haspopup="dialog" aria-expanded={isOpen} {...(isPhone ? { onClick: () => onOpen(true) } : {})}>
      {label}
    </Button>
  )
  if (isPhone) {
    return (
      <>
        {button}
        {isOpen && (
          <Sheet title={title} onClose={() => onOpen(false)} footer={<Button type="primary" block onClick={() => onOpen(false)}>{say('done')}</Button>}>
            <div className={styles.sheet}>{children}</div>
          </Sheet>
        )}
      </>
    )
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={onOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
      content={
        <div className={styles.popover} style={{ width }} role="dialog" aria-label={title} data-blocks-keys>
          {children}
        </div>
      }
    >
      {button}
    </Popover>
  )
}
