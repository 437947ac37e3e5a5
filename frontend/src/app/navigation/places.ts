/** Where one can go from everywhere: the applications' objects, and the pages that care for the workspace. */
import type { LucideIcon } from 'lucide-react'
import { Boxes, Building2, CalendarDays, Network, ShieldCheck, Upload, UserRound, Users } from 'lucide-react'
import type { App, Me, ObjectDefinition } from '@/api/types'
import { defineMessages } from '@/lib/i18n'

export const usePlaceText = defineMessages('places', {
  'zh-CN': {
    manage: '管理',
    people: '人员',
    departments: '部门',
    roles: '角色与权限',
    objects: '数据与字段',
    calendar: '工作日历',
    imports: '导入',
    workspace: '工作区',
    own: '我的设置',
    other: '其他',
  },
  en: {
    manage: 'Manage',
    people: 'People',
    departments: 'Departments',
    roles: 'Roles and access',
    objects: 'Data and fields',
    calendar: 'Work calendar',
    imports: 'Imports',
    workspace: 'Workspace',
    own: 'My settings',
    other: 'Other',
  },
})

export type PageName = 'people' | 'departments' | 'roles' | 'objects' | 'calendar' | 'imports' | 'workspace' | 'own'

export interface Place {
  name: PageName
  to: string
  icon: LucideIcon
}

/** The pages this person may use, apart from records. */
export function managePlaces({ rights, person }: Pick<Me, 'rights'> & { person: Pick<Me['person'], 'is_administrator'> }): Place[] {
  const places: (Place & { isOpen: boolean })[] = [
    { name: 'imports', to: '/imports', icon: Upload, isOpen: rights.import },
    { name: 'people', to: '/settings/people', icon: Users, isOpen: rights.manage_people },
    { name: 'departments', to: '/settings/departments', icon: Network, isOpen: rights.manage_people },
    { name: 'roles', to: '/settings/roles', icon: ShieldCheck, isOpen: rights.manage_roles },
    { name: 'objects', to: '/settings/objects', icon: Boxes, isOpen: rights.design },
    { name: 'calendar', to: '/settings/calendar', icon: CalendarDays, isOpen: rights.design },
    { name: 'workspace', to: '/settings/workspace', icon: Building2, isOpen: person.is_administrator },
  ]
  return places.filter((place) => place.isOpen).map(({ name, to, icon }) => ({ name, to, icon }))
}

export const ownPlace: Place = { name: 'own', to: '/settings/me', icon: UserRound }

export interface ObjectGroup {
  label: App['label'] | null
  objects: ObjectDefinition[]
}

/** The groups of an application with the objects one may see; without an application, all objects in one group. */
export function objectGroups(app: App | undefined, objects: readonly ObjectDefinition[]): ObjectGroup[] {
  const open = objects.filter((object) => object.rights.see && object.retired_at === null)
  if (!app) return open.length > 0 ? [{ label: null, objects: open }] : []
  return app.navigation
    .map(({ label, items }) => ({
      label,
      objects: items.flatMap((item) => open.find((object) => object.name === item.object) ?? []),
    }))
    .filter((group) => group.objects.length > 0)
}

/** The application on the screen: that of the open object, else the one chosen last, else the first. */
export function currentApp(apps: readonly App[], openObject: ObjectDefinition | undefined, chosen: string | null): App | undefined {
  return apps.find((app) => app.name === openObject?.app) ?? apps.find((app) => app.name === chosen) ?? apps[0]
}
