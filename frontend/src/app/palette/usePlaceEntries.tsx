/** Pages one can go to: lists of objects, and the pages that care for the workspace. */
import { useNavigate } from 'react-router'
import { useObjects } from '@/api/objects'
import type { Me, ObjectDefinition } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { managePlaces, ownPlace, usePlaceText } from '../navigation/places'
import { matches } from './entries'
import type { Entry } from './entries'

const useText = defineMessages('palette-places', { 'zh-CN': { list: '列表', page: '页面' }, en: { list: 'List', page: 'Page' } })

export function usePlaceEntries(me: Me, question: string, narrowed: ObjectDefinition | null): Entry[] {
  const say = useText()
  const place = usePlaceText()
  const label = useLabel()
  const navigate = useNavigate()
  const objects = useObjects().filter((object) => object.rights.see && (!narrowed || object.name === narrowed.name))
  const lists = objects
    .filter((object) => matches(question, ...Object.values(object.label), ...Object.values(object.plural_label), object.name))
    .map((object) => ({
      key: `list:${object.name}`,
      icon: <ObjectIcon icon={object.icon} />,
      name: label(object.plural_label),
      note: say('list'),
      object,
      open: () => void navigate(`/o/${object.name}`),
    }))
  if (narrowed) return lists
  const pages = [...managePlaces(me), ownPlace]
    .filter(({ name }) => matches(question, place(name), name))
    .map(({ name, to, icon: Icon }) => ({
      key: `page:${name}`,
      icon: <Icon size={16} aria-hidden />,
      name: place(name),
      note: say('page'),
      open: () => void navigate(to),
    }))
  return [...lists, ...pages]
}
