/** The objects at the left of a designer, found by their own name or by a field. */
import { useState } from 'react'
import { Plus, Search } from 'lucide-react'
import { Input } from 'antd'
import { Link } from 'react-router'
import { useApps } from '@/api/objects'
import { labelText, useLocale } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import type { DraftObject } from './draft_view'
import styles from './ObjectList.module.css'
import { useText } from './text'

export interface AppGroup {
  name: string | null
  label: string
  objects: DraftObject[]
}

/** Objects by application; what belongs to none comes last. */
export function useAppGroups(objects: readonly DraftObject[]): AppGroup[] {
  const say = useText()
  const locale = useLocale()
  const apps = useApps().data ?? []
  const names = [...new Set(objects.map((object) => object.app))].sort((a, b) => Number(a === null) - Number(b === null))
  return names.map((name) => ({
    name,
    label: labelText(apps.find((app) => app.name === name)?.label, locale) || name || say('ownApp'),
    objects: objects.filter((object) => object.app === name),
  }))
}

function fits(object: DraftObject, wanted: string): boolean {
  if (!wanted) return true
  const words = [...Object.values(object.label), ...object.fields.flatMap((field) => Object.values(field.label))]
  return words.some((word) => word.toLowerCase().includes(wanted))
}

export function ObjectList({ objects, current }: { objects: readonly DraftObject[]; current: string }) {
  const say = useText()
  const locale = useLocale()
  const [typed, setTyped] = useState('')
  const shown = objects.filter((object) => (object.retired_at === null || object.mark === 'retired') && fits(object, typed.trim().toLowerCase()))
  const groups = useAppGroups(shown)
  return (
    <nav className={styles.list} aria-label={say('data')}>
      <Input prefix={<Search size={14} aria-hidden />} placeholder={say('findObject')} aria-label={say('findObject')} value={typed} allowClear onChange={(event) => setTyped(event.target.value)} />
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group.name ?? ''}>
            <h3>{group.label}</h3>
            {group.objects.map((object) => (
              <Link key={object.name} to={`/settings/objects/${object.name}`} className={styles.item} aria-current={object.name === current ? 'page' : undefined}>
                <ObjectIcon icon={object.icon} />
                <span className={styles.name}>{labelText(object.label, locale)}</span>
                {object.mark && <span className={styles.dot} title={say(`mark_${object.mark}`)} />}
                <span className={styles.count}>{object.fields.filter((field) => !field.system && field.retired_at === null).length}</span>
              </Link>
            ))}
          </section>
        ))}
      </div>
      <Link to="/settings/objects?panel=new" className={styles.add}>
        <Plus size={14} aria-hidden /> {say('newObject')}
      </Link>
    </nav>
  )
}
