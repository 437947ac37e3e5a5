/** Which application one is in, and the way to the others. Keys 1–9 choose while it is open. */
import { useState } from 'react'
import { Popover } from 'antd'
import { Check, ChevronsUpDown, PencilRuler } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useMe } from '@/api/session'
import type { App, ObjectDefinition } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { useKeys } from '@/lib/keyboard'
import { Kbd } from '@/ui/Kbd'
import { Logo } from '@/ui/Logo'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { objectGroups } from './places'
import styles from './AppSwitcher.module.css'

const useText = defineMessages('app-switcher', {
  'zh-CN': { change: '切换应用', design: '设计{{app}}的数据' },
  en: { change: 'Change application', design: 'Design the data of {{app}}' },
})
const hues = ['teal', 'pink', 'orange', 'indigo', 'amber', 'cyan', 'green', 'violet', 'blue']

export interface AppSwitcherProps {
  apps: readonly App[]
  app: App | undefined
  objects: readonly ObjectDefinition[]
  chooseApp: (name: string) => void
  workspace: string
  isCollapsed: boolean
  onGone?: (() => void) | undefined
}

export function AppSwitcher({ apps, app, objects, chooseApp, workspace, isCollapsed, onGone }: AppSwitcherProps) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const mayDesign = useMe().data?.rights.design ?? false
  const [isOpen, setIsOpen] = useState(false)

  function go(to: string): void {
    setIsOpen(false)
    onGone?.()
    void navigate(to)
  }
  function choose(next: App | undefined): void {
    if (!next) return
    chooseApp(next.name)
    const first = objectGroups(next, objects)[0]?.objects[0]
    if (first) go(`/o/${first.name}`)
  }
  useKeys(Object.fromEntries(apps.slice(0, 9).map((each, index) => [String(index + 1), () => choose(each)])), isOpen)

  const name = app ? label(app.label) : workspace
  return (
    <Popover
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      styles={{ container: { padding: 6 } }}
      content={
        <div className={styles.list} role="menu" aria-label={say('change')}>
          {apps.map((each, index) => (
            <button key={each.name} type="button" role="menuitemradio" aria-checked={each === app} className={styles.app} onClick={() => choose(each)}>
              <ObjectIcon icon={each.icon} color={hues[index % hues.length] ?? 'teal'} size={30} />
              <span className={styles.words}>
                <span>{label(each.label)}</span>
                {each.description && <span className={styles.note}>{label(each.description)}</span>}
              </span>
              {each === app ? <Check size={16} aria-hidden className={styles.tick} /> : <Kbd>{index + 1}</Kbd>}
            </button>
          ))}
          {mayDesign && (
            <>
              <hr />
              <button type="button" role="menuitem" className={styles.deed} onClick={() => go('/settings/objects')}>
                <PencilRuler size={16} aria-hidden />
                {say('design', { app: name })}
              </button>
            </>
          )}
          <hr />
          <div className={styles.workspace}>{workspace}</div>
        </div>
      }
    >
      <button type="button" className={styles.switcher} aria-haspopup="menu" aria-expanded={isOpen} aria-label={isCollapsed ? name : undefined}>
        <Logo />
        {!isCollapsed && (
          <>
            <span className={styles.name}>{name}</span>
            <ChevronsUpDown size={14} aria-hidden />
          </>
        )}
      </button>
    </Popover>
  )
}
