/** Who is signed in, with the way to one's own settings and out. */
import { Keyboard, LogOut, Settings, SunMoon } from 'lucide-react'
import { useNavigate } from 'react-router'
import { problemText } from '@/api/problem'
import { useChangeMe, useSignOut } from '@/api/session'
import type { Me } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { ActionMenu } from '@/ui/ActionMenu'
import { PersonAvatar } from '@/ui/Avatar'
import { useAppearance } from '@/ui/appearance'
import { toast } from '@/ui/toast'
import { useShell } from '../shell_context'
import styles from './PersonMenu.module.css'

const useText = defineMessages('person-menu', {
  'zh-CN': { settings: '我的设置', keys: '快捷键', dark: '切换到深色', light: '切换到浅色', signOut: '退出登录', menu: '{{name}} 的菜单' },
  en: { settings: 'My settings', keys: 'Keyboard shortcuts', dark: 'Switch to dark', light: 'Switch to light', signOut: 'Sign out', menu: 'Menu of {{name}}' },
})

export function PersonMenu({ me, isCollapsed, onGone }: { me: Me; isCollapsed: boolean; onGone?: (() => void) | undefined }) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const changeMe = useChangeMe()
  const { theme } = useAppearance()
  const { openKeys } = useShell()
  const { name, id } = me.person

  function leave(): void {
    signOut.mutate(undefined, {
      onSuccess: () => void navigate('/sign-in', { replace: true }),
      onError: (error) => toast.show({ text: problemText(error), tone: 'danger' }),
    })
  }

  return (
    <ActionMenu
      title={name}
      placement="topLeft"
      items={[
        {
          key: 'settings',
          label: say('settings'),
          note: me.person.email,
          icon: <Settings size={16} />,
          onSelect: () => {
            onGone?.()
            void navigate('/settings/me')
          },
        },
        {
          key: 'theme',
          label: say(theme === 'dark' ? 'light' : 'dark'),
          icon: <SunMoon size={16} />,
          onSelect: () => changeMe.mutate({ preferences: { theme: theme === 'dark' ? 'light' : 'dark' } }),
        },
        { key: 'keys', label: say('keys'), keys: '?', icon: <Keyboard size={16} />, onSelect: openKeys },
        { key: 'line', divider: true },
        { key: 'out', label: say('signOut'), icon: <LogOut size={16} />, onSelect: leave },
      ]}
    >
      <button type="button" className={styles.person} aria-label={say('menu', { name })}>
        <PersonAvatar id={id} name={name} size={24} />
        {!isCollapsed && (
          <>
            <span className={styles.words}>
              <span className={styles.name}>{name}</span>
              <span className={styles.workspace}> · {label(me.workspace.label)}</span>
            </span>
            <Settings size={16} aria-hidden />
          </>
        )}
      </button>
    </ActionMenu>
  )
}
