/** The navigation at the left: application, search, favourites, the application's groups, the person. */
import { PanelLeft, PanelLeftClose, Search } from 'lucide-react'
import { Tooltip } from 'antd'
import type { Me } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { Kbd } from '@/ui/Kbd'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { useShell } from '../shell_context'
import { AppSwitcher } from './AppSwitcher'
import { Favourites } from './Favourites'
import { Group, Item } from './Item'
import { PersonMenu } from './PersonMenu'
import { managePlaces, usePlaceText } from './places'
import { useNavigation } from './useNavigation'
import styles from './Navigation.module.css'

const useText = defineMessages('navigation', {
  'zh-CN': { navigation: '导航', search: '搜索或跳转', collapse: '收起导航', expand: '展开导航' },
  en: { navigation: 'Navigation', search: 'Search or go to', collapse: 'Collapse navigation', expand: 'Expand navigation' },
})

export interface NavigationProps {
  me: Me
  isCollapsed: boolean
  /** Absent where it cannot be collapsed: in the drawer. */
  onCollapse?: (() => void) | undefined
  /** A link was followed. */
  onGone?: (() => void) | undefined
}

export function Navigation({ me, isCollapsed, onCollapse, onGone }: NavigationProps) {
  const say = useText()
  const place = usePlaceText()
  const label = useLabel()
  const { openPalette } = useShell()
  const navigation = useNavigation()
  const managed = managePlaces(me)
  const collapseLabel = say(isCollapsed ? 'expand' : 'collapse')
  const collapse = onCollapse && (
    <Tooltip title={collapseLabel} placement="right">
      <button type="button" className={styles.square} aria-label={collapseLabel} aria-expanded={!isCollapsed} onClick={onCollapse}>
        {isCollapsed ? <PanelLeft size={16} aria-hidden /> : <PanelLeftClose size={16} aria-hidden />}
      </button>
    </Tooltip>
  )
  return (
    <nav className={styles.navigation} aria-label={say('navigation')} data-collapsed={isCollapsed || undefined}>
      <div className={styles.top}>
        <AppSwitcher {...navigation} workspace={label(me.workspace.label)} isCollapsed={isCollapsed} onGone={onGone} />
        {!isCollapsed && collapse}
      </div>
      {isCollapsed ? (
        <>
          {collapse}
          <Tooltip title={`${say('search')} · Ctrl K`} placement="right">
            <button type="button" className={styles.square} aria-label={say('search')} onClick={openPalette}>
              <Search size={16} aria-hidden />
            </button>
          </Tooltip>
        </>
      ) : (
        <button type="button" className={styles.search} onClick={openPalette}>
          <Search size={14} aria-hidden />
          <span>{say('search')}</span>
          <Kbd>Ctrl K</Kbd>
        </button>
      )}
      <div className={styles.scroll}>
        <Favourites favourites={me.preferences.favourites ?? []} isCollapsed={isCollapsed} onGone={onGone} />
        {navigation.groups.map((group) => (
          <Group key={label(group.label)} label={label(group.label)} isCollapsed={isCollapsed}>
            {group.objects.map((object) => (
              <Item
                key={object.name}
                to={`/o/${object.name}`}
                icon={<ObjectIcon icon={object.icon} />}
                label={label(object.plural_label ?? object.label)}
                isCollapsed={isCollapsed}
                onGone={onGone}
              />
            ))}
          </Group>
        ))}
        {managed.length > 0 && (
          <Group label={place('manage')} isCollapsed={isCollapsed}>
            {managed.map(({ name, to, icon: Icon }) => (
              <Item key={name} to={to} icon={<Icon size={16} aria-hidden />} label={place(name)} isCollapsed={isCollapsed} onGone={onGone} />
            ))}
          </Group>
        )}
      </div>
      <PersonMenu me={me} isCollapsed={isCollapsed} onGone={onGone} />
    </nav>
  )
}
