/** Everything around a page: navigation, palette, keys, the form for a new record, the tabs of a phone. */
import { Suspense, useMemo, useState } from 'react'
import { Menu } from 'lucide-react'
import { Outlet, useNavigate } from 'react-router'
import { useChangeMe } from '@/api/session'
import type { Me, Values } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { Offline } from '@/ui/faces'
import { PanelLeadContext } from '@/ui/Panel'
import { EdgeSheet } from '@/ui/Sheet'
import { useWidth } from '@/ui/width'
import { BottomTabs } from './BottomTabs'
import { Navigation } from './navigation/Navigation'
import { useNotedRecent } from './palette/recent'
import { CreateDrawer, KeysDialog } from './pages'
import { Palette } from './palette/Palette'
import { usePrefetch } from './prefetch'
import { ShellContext } from './shell_context'
import type { ShellDeeds } from './shell_context'
import { useShellKeys } from './useShellKeys'
import styles from './Shell.module.css'

const useText = defineMessages('shell', {
  'zh-CN': { skip: '跳到内容', navigation: '打开导航', all: '全部' },
  en: { skip: 'Skip to content', navigation: 'Open navigation', all: 'All' },
})

type Opened = 'palette' | 'keys' | 'navigation' | null

export function Shell({ me }: { me: Me }) {
  const say = useText()
  const navigate = useNavigate()
  const changeMe = useChangeMe()
  const { isPhone, isNarrow, isWide } = useWidth()
  const [opened, setOpened] = useState<Opened>(null)
  const [creating, setCreating] = useState<{ object: string; values?: Values } | null>(null)
  const deeds = useMemo<ShellDeeds>(
    () => ({
      openPalette: () => setOpened('palette'),
      openKeys: () => setOpened('keys'),
      openNavigation: () => setOpened('navigation'),
      create: (object, values) => setCreating({ object, ...(values ? { values } : {}) }),
    }),
    [],
  )
  const close = () => setOpened(null)
  const isCollapsed = me.preferences.navigation_collapsed ?? !isWide
  useShellKeys(me, deeds)
  useNotedRecent()
  usePrefetch()

  const lead =
    isNarrow && !isPhone ? (
      <button type="button" className={styles.menu} aria-label={say('navigation')} onClick={deeds.openNavigation}>
        <Menu size={18} aria-hidden />
      </button>
    ) : null

  return (
    <ShellContext value={deeds}>
      <a className={styles.skip} href="#content">
        {say('skip')}
      </a>
      <div className={styles.shell}>
        {!isNarrow && (
          <Navigation
            me={me}
            isCollapsed={isCollapsed}
            onCollapse={() => changeMe.mutate({ preferences: { navigation_collapsed: !isCollapsed } })}
          />
        )}
        <main id="content" className={styles.main} tabIndex={-1}>
          <Offline />
          <div className={styles.page}>
            <PanelLeadContext value={lead}>
              <Outlet />
            </PanelLeadContext>
          </div>
        </main>
        {isPhone && <BottomTabs />}
      </div>
      {opened === 'navigation' && (
        <EdgeSheet
          open
          placement="left"
          size={isPhone ? '100%' : 300}
          closable={isPhone}
          title={isPhone ? say('all') : undefined}
          onClose={close}
          styles={{ body: { padding: 0 } }}
        >
          <Navigation me={me} isCollapsed={false} onGone={close} />
        </EdgeSheet>
      )}
      {opened === 'palette' && <Palette me={me} onClose={close} />}
      {opened === 'keys' && (
        <Suspense>
          <KeysDialog onClose={close} />
        </Suspense>
      )}
      {creating && (
        <Suspense>
          <CreateDrawer
            {...creating}
            onClose={() => setCreating(null)}
            onCreated={(record) => {
              setCreating(null)
              void navigate(isPhone ? `/o/${creating.object}/${record.id}` : `/o/${creating.object}?record=${record.id}`)
            }}
          />
        </Suspense>
      )}
    </ShellContext>
  )
}
