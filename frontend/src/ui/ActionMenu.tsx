/** A menu of deeds behind a button; a sheet from below on phones. */
import { cloneElement, useState } from 'react'
import type { MouseEvent, ReactElement, ReactNode } from 'react'
import { Dropdown } from 'antd'
import type { MenuProps } from 'antd'
import { Check } from 'lucide-react'
import { Kbd } from './Kbd'
import { Sheet } from './Sheet'
import { useWidth } from './width'
import styles from './ActionMenu.module.css'

export interface ActionItem {
  key: string
  label: ReactNode
  icon?: ReactNode
  /** The key that does the same. */
  keys?: string
  danger?: boolean
  disabled?: boolean
  /** Under the label: what for, or why not. */
  note?: ReactNode
  /** A tick at the end. */
  checked?: boolean
  onSelect: () => void
}
export type MenuEntry = ActionItem | { key: string; divider: true } | { key: string; heading: ReactNode }

export interface ActionMenuProps {
  items: readonly MenuEntry[]
  /** The button that opens it. */
  children: ReactElement<{ onClick?: (event: MouseEvent) => void }>
  /** The name of the menu, said on the sheet. */
  title?: ReactNode
  placement?: 'bottomLeft' | 'bottomRight' | 'topLeft' | 'topRight'
}

const isAction = (entry: MenuEntry): entry is ActionItem => 'onSelect' in entry

function Line({ item }: { item: ActionItem }) {
  return (
    <span className={styles.line}>
      <span className={styles.words}>
        <span>{item.label}</span>
        {item.note && <span className={styles.note}>{item.note}</span>}
      </span>
      {item.checked && <Check size={14} className={styles.tick} aria-hidden />}
      {item.keys && <Kbd>{item.keys}</Kbd>}
    </span>
  )
}

function menuItems(items: readonly MenuEntry[]): NonNullable<MenuProps['items']> {
  return items.map((entry) => {
    if ('divider' in entry) return { key: entry.key, type: 'divider' as const }
    if ('heading' in entry) return { key: entry.key, type: 'group' as const, label: entry.heading }
    return {
      key: entry.key,
      icon: entry.icon,
      danger: entry.danger ?? false,
      disabled: entry.disabled ?? false,
      label: <Line item={entry} />,
      onClick: ({ domEvent }: { domEvent: { stopPropagation: () => void } }) => {
        domEvent.stopPropagation()
        entry.onSelect()
      },
    }
  })
}

export function ActionMenu({ items, children, title, placement = 'bottomRight' }: ActionMenuProps) {
  const { isPhone } = useWidth()
  const [isOpen, setIsOpen] = useState(false)
  if (!isPhone) {
    return (
      <Dropdown menu={{ items: menuItems(items) }} trigger={['click']} placement={placement}>
        {children}
      </Dropdown>
    )
  }
  return (
    <>
      {cloneElement(children, {
        onClick: (event) => {
          event.stopPropagation()
          setIsOpen(true)
        },
      })}
      {isOpen && (
        <Sheet title={title} onClose={() => setIsOpen(false)}>
          <div role="menu">
            {items.map((entry) => {
              if ('divider' in entry) return <hr key={entry.key} className={styles.divider} />
              if (!isAction(entry)) return <div key={entry.key} className={styles.heading}>{entry.heading}</div>
              return (
                <button
                  key={entry.key}
                  type="button"
                  role="menuitem"
                  className={styles.sheetItem}
                  data-danger={entry.danger || undefined}
                  disabled={entry.disabled}
                  onClick={() => {
                    setIsOpen(false)
                    entry.onSelect()
                  }}
                >
                  {entry.icon}
                  <Line item={entry} />
                </button>
              )
            })}
          </div>
        </Sheet>
      )}
    </>
  )
}
