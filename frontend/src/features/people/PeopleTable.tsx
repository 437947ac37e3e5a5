/** The list of people: who, where, whose, with which roles. */
import type { Person } from '@/api/types'
import { proseMoment } from '@/lib/format'
import { defineMessages, useLabel, useLocale } from '@/lib/i18n'
import { PersonAvatar } from '@/ui/Avatar'
import { Chip } from '@/ui/Chip'
import { useWidth } from '@/ui/width'
import styles from './PeopleTable.module.css'

const useText = defineMessages('people-table', {
  'zh-CN': { name: '姓名', email: '邮箱', department: '部门', manager: '主管', roles: '角色', seen: '最近在线', never: '从未', list: '人员列表' },
  en: { name: 'Name', email: 'E-mail', department: 'Department', manager: 'Manager', roles: 'Roles', seen: 'Last seen', never: 'Never', list: 'List of people' },
})

export interface PeopleTableProps {
  people: readonly Person[]
  opened: string | null
  onOpen: (id: string) => void
}

export function PeopleTable({ people, opened, onOpen }: PeopleTableProps) {
  const say = useText()
  const locale = useLocale()
  const { isPhone } = useWidth()
  if (isPhone) return <PeopleCards people={people} onOpen={onOpen} />
  return (
    <table className={styles.table} aria-label={say('list')}>
      <thead>
        <tr>
          {(['name', 'email', 'department', 'manager', 'roles', 'seen'] as const).map((column) => (
            <th key={column} scope="col">
              {say(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id} aria-selected={person.id === opened} onClick={() => onOpen(person.id)}>
            <td>
              <button type="button" className={styles.name} onClick={() => onOpen(person.id)}>
                <PersonAvatar id={person.id} name={person.name} />
                <span>{person.name}</span>
              </button>
            </td>
            <td className={styles.quiet}>{person.email}</td>
            <td>{person.department?.name ?? <span className={styles.none}>—</span>}</td>
            <td>
              {person.manager ? (
                <span className={styles.person}>
                  <PersonAvatar id={person.manager.id} name={person.manager.name} />
                  {person.manager.name}
                </span>
              ) : (
                <span className={styles.none}>—</span>
              )}
            </td>
            <td>
              <Roles person={person} />
            </td>
            <td className={styles.quiet}>{person.last_seen_at ? <time dateTime={person.last_seen_at}>{proseMoment(person.last_seen_at, locale)}</time> : say('never')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Roles({ person }: { person: Person }) {
  const label = useLabel()
  return (
    <span className={styles.roles}>
      {person.roles.map((role) => (
        <Chip key={role.id}>{label(role.name)}</Chip>
      ))}
    </span>
  )
}

function PeopleCards({ people, onOpen }: Omit<PeopleTableProps, 'opened'>) {
  const say = useText()
  return (
    <ul className={styles.cards} aria-label={say('list')}>
      {people.map((person) => (
        <li key={person.id}>
          <button type="button" className={styles.card} onClick={() => onOpen(person.id)}>
            <PersonAvatar id={person.id} name={person.name} size={36} />
            <span className={styles.words}>
              <span>{person.name}</span>
              <span className={styles.second}>{[person.department?.name, person.email].filter(Boolean).join(' · ')}</span>
            </span>
            <Roles person={person} />
          </button>
        </li>
      ))}
    </ul>
  )
}
