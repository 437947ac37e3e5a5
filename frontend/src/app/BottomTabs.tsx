/** The phone's tabs: two objects, New in the middle, search, and everything else. */
import { useState } from 'react'
import { Menu, Plus, Search } from 'lucide-react'
import { Link, useMatch } from 'react-router'
import type { ObjectDefinition } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { Sheet } from '@/ui/Sheet'
import { useNavigation } from './navigation/useNavigation'
import { useShell } from './shell_context'
import styles from './BottomTabs.module.css'

const useText = defineMessages('bottom-tabs', {
  'zh-CN': { tabs: '主导航', create: '新建', search: '搜索', all: '全部', nothing: '你的角色不能新建任何内容。' },
  en: { tabs: 'Main navigation', create: 'New', search: 'Search', all: 'All', nothing: 'None of your roles lets you create anything.' },
})

/** The objects a salesperson opens most: what comes first, and what moves through stages. */
export function tabObjects(objects: readonly ObjectDefinition[]): ObjectDefinition[] {
  const staged = objects.find((object) => object.stage_field !== null)
  const first = objects.find((object) => object !== staged)
  return [first, staged].filter((object) => object !== undefined)
}

export function BottomTabs() {
  const say = useText()
  const label = useLabel()
  const shell = useShell()
  const { groups } = useNavigation()
  const [isChoosing, setIsChoosing] = useState(false)
  const open = useMatch('/o/:object/*')?.params.object
  const objects = groups.flatMap((group) => group.objects)
  const creatable = objects.filter((object) => object.rights.create)
  const current = creatable.find((object) => object.name === open)

  function create(): void {
    if (current) shell.create(current.name)
    else setIsChoosing(true)
  }

  return (
    <nav className={styles.tabs} aria-label={say('tabs')}>
      {tabObjects(objects).map((object) => (
        <Link key={object.name} to={`/o/${object.name}`} className={styles.tab} aria-current={object.name === open ? 'page' : undefined}>
          <ObjectIcon icon={object.icon} size={22} />
          <span>{label(object.label)}</span>
        </Link>
      ))}
      <button type="button" className={styles.create} aria-label={say('create')} onClick={create}>
        <span>
          <Plus size={22} aria-hidden />
        </span>
      </button>
      <button type="button" className={styles.tab} onClick={shell.openPalette}>
        <Search size={22} aria-hidden />
        <span>{say('search')}</span>
      </button>
      <button type="button" className={styles.tab} onClick={shell.openNavigation}>
        <Menu size={22} aria-hidden />
        <span>{say('all')}</span>
      </button>
      {isChoosing && (
        <Sheet title={say('create')} onClose={() => setIsChoosing(false)}>
          {creatable.length === 0 && <p className={styles.nothing}>{say('nothing')}</p>}
          {creatable.map((object) => (
            <button
              key={object.name}
              type="button"
              className={styles.choice}
              onClick={() => {
                setIsChoosing(false)
                shell.create(object.name)
              }}
            >
              <ObjectIcon icon={object.icon} color={object.color} size={28} />
              {label(object.label)}
            </button>
          ))}
        </Sheet>
      )}
    </nav>
  )
}
