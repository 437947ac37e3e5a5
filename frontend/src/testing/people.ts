/** Builders of what the server says about people and sessions. */
import type { Me, Person } from '@/api/types'

export function person(changes: Partial<Person> = {}): Person {
  return {
    id: 'p1',
    name: '方远',
    email: 'fangyuan@example.com',
    department: null,
    manager: null,
    roles: [],
    is_administrator: false,
    active: true,
    locale: 'zh-CN',
    last_seen_at: null,
    ...changes,
  }
}

export function me(changes: Partial<Me> = {}): Me {
  return {
    person: person(),
    csrf_token: 'csrf-1',
    workspace: { name: 'main', label: { 'zh-CN': '衡川仪器', en: 'Hengchuan' }, time_zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
    rights: { design: false, manage_people: false, manage_roles: false, import: false },
    preferences: {},
    design_version: 1,
    ...changes,
  }
}
