/** On a phone the title is the open view, and a tap chooses another one. */
import { ChevronDown } from 'lucide-react'
import { useLabel } from '@/lib/i18n'
import { viewKind } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import type { MenuEntry } from '@/ui/ActionMenu'
import { useViewMenu } from './ViewTabs'
import { useText } from './messages'
import type { List } from './use_list'
import styles from './list.module.css'

export function PhoneTitle({ list }: { list: List }) {
  const say = useText()
  const label = useLabel()
  const menu = useViewMenu(list)
  const { object, views, view } = list
  const name = list.isTrash ? say('trash_title') : view ? label(view.name) : say('all', { object: label(object.plural_label) })
  const items: MenuEntry[] = [
    ...views.map((each) => {
      const Icon = viewKind(each.kind)?.icon
      return { key: each.id, label: label(each.name), icon: Icon && <Icon size={16} />, checked: each === view && !list.isTrash, onSelect: () => list.choose(each) }
    }),
    ...(list.isChanged
      ? [
          { key: 'line', divider: true as const },
          ...(view?.may_edit ? [{ key: 'save', label: say('save'), onSelect: menu.deeds.save }] : []),
          { key: 'save_as', label: say('save_own'), onSelect: () => menu.openDialog({ deed: 'save_as' }) },
          { key: 'reset', label: say('reset'), onSelect: list.reset },
        ]
      : []),
  ]
  return (
    <>
      <ActionMenu items={items} title={say('views')}>
        <button type="button" className={styles.phoneTitle}>
          <span>{name}</span>
          <ChevronDown size={18} aria-hidden />
        </button>
      </ActionMenu>
      {menu.dialog}
    </>
  )
}
