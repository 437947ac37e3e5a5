/** What the person starred: objects, views and records mixed. */
import { Columns3, FileText, Table2 } from 'lucide-react'
import { useObjects } from '@/api/objects'
import type { Favourite } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { Group, Item } from './Item'

const useText = defineMessages('favourites', { 'zh-CN': { title: '收藏' }, en: { title: 'Favourites' } })

export function favouriteAddress(favourite: Favourite): string {
  if (favourite.kind === 'record') return `/o/${favourite.object}/${favourite.id ?? ''}`
  return favourite.kind === 'view' ? `/o/${favourite.object}?view=${favourite.id ?? ''}` : `/o/${favourite.object}`
}

export function Favourites({ favourites, isCollapsed, onGone }: { favourites: readonly Favourite[]; isCollapsed: boolean; onGone?: (() => void) | undefined }) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  const known = favourites.flatMap((favourite) => {
    const object = objects.find((each) => each.name === favourite.object && each.rights.see)
    return object ? [{ favourite, object }] : []
  })
  if (known.length === 0) return null
  return (
    <Group label={say('title')} isCollapsed={isCollapsed}>
      {known.map(({ favourite, object }) => {
        const to = favouriteAddress(favourite)
        return (
          <Item
            key={to}
            to={to}
            icon={favourite.kind === 'view' ? <ViewIcon favourite={favourite} /> : favourite.kind === 'record' ? <FileText size={16} aria-hidden /> : <ObjectIcon icon={object.icon} />}
            label={label(favourite.name)}
            isCollapsed={isCollapsed}
            onGone={onGone}
          />
        )
      })}
    </Group>
  )
}

function ViewIcon({ favourite }: { favourite: Favourite }) {
  return favourite.view_kind === 'board' ? <Columns3 size={16} aria-hidden /> : <Table2 size={16} aria-hidden />
}
