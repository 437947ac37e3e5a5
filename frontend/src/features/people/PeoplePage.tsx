/** Everybody who can sign in: found by name, added, changed, disabled. */
import { useState } from 'react'
import { Input, Segmented } from 'antd'
import { Plus, Search, Users } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { usePeople } from '@/api/people'
import { useMe } from '@/api/session'
import type { Person } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, FirstUse, LoadingRows, NoAccess, NothingMatches, Refreshing } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { useWidth } from '@/ui/width'
import { DepartmentSelect } from './DepartmentSelect'
import { PeopleTable } from './PeopleTable'
import { PersonDrawer } from './PersonDrawer'
import styles from './PeoplePage.module.css'

const useText = defineMessages('people', {
  'zh-CN': {
    title: '人员',
    add: '添加人员',
    find: '按姓名或邮箱查找',
    department: '全部部门',
    active: '在用',
    inactive: '已停用',
    count: '{{count}} 人',
    nobody: '没有符合的人员',
    nobodyHelp: '换个名字，或清空筛选。',
    clear: '清空筛选',
    first: '还没有其他人',
    firstHelp: '添加同事，给他们部门、主管和角色。也可以用命令从表格导入。',
    which: '显示哪些人员',
  },
  en: {
    title: 'People',
    add: 'Add person',
    find: 'Find by name or e-mail',
    department: 'All departments',
    active: 'Active',
    inactive: 'Disabled',
    count: '{{count}} people',
    count_one: 'One person',
    nobody: 'Nobody matches',
    nobodyHelp: 'Try another name, or clear the filters.',
    clear: 'Clear filters',
    first: 'Nobody else yet',
    firstHelp: 'Add colleagues and give them a department, a manager and roles. A spreadsheet can be imported by command.',
    which: 'Whom to show',
  },
})

export function PeoplePage() {
  const say = useText()
  const { isPhone } = useWidth()
  const mayManage = useMe().data?.rights.manage_people ?? false
  const [parameters, setParameters] = useSearchParams()
  const [q, setQ] = useState('')
  const department = parameters.get('department')
  const isActive = parameters.get('active') !== 'false'
  const opened = parameters.get('person')
  const rested = useRested(q.trim())
  const people = usePeople({ active: isActive, ...(rested ? { q: rested } : {}), ...(department ? { department } : {}) }, mayManage)

  function set(name: string, value: string | null): void {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === null) after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: name !== 'person' },
    )
  }
  function clear(): void {
    setQ('')
    setParameters({}, { replace: true })
  }

  if (!mayManage) return <Panel title={say('title')} icon={<Users size={16} />}><NoAccess /></Panel>

  const isNarrowed = rested !== '' || department !== null || !isActive
  return (
    <Panel
      title={say('title')}
      icon={<Users size={16} />}
      actions={
        <Button type="primary" icon={<Plus size={16} />} aria-label={say('add')} onClick={() => set('person', 'new')}>
          {!isPhone && say('add')}
        </Button>
      }
      toolbar={
        <>
          <Input
            className={styles.find}
            allowClear
            value={q}
            prefix={<Search size={14} aria-hidden />}
            placeholder={say('find')}
            aria-label={say('find')}
            onChange={(event) => setQ(event.target.value)}
          />
          <DepartmentSelect
            className={styles.department}
            label={say('department')}
            placeholder={say('department')}
            value={department}
            onChange={(id) => set('department', id)}
          />
          <Segmented
            aria-label={say('which')}
            value={isActive ? 'true' : 'false'}
            onChange={(value) => set('active', value === 'true' ? null : 'false')}
            options={[
              { value: 'true', label: say('active') },
              { value: 'false', label: say('inactive') },
            ]}
          />
        </>
      }
      footer={people.data && say('count', { count: people.data.length })}
    >
      <Refreshing isOn={people.isFetching && !people.isPending} />
      <PeopleList
        people={people.data}
        error={people.error}
        isNarrowed={isNarrowed}
        onRetry={() => void people.refetch()}
        onClear={clear}
        onAdd={() => set('person', 'new')}
        opened={opened}
        onOpen={(id) => set('person', id)}
      />
      {opened && <PersonDrawer key={opened} id={opened === 'new' ? null : opened} onClose={() => set('person', null)} />}
    </Panel>
  )
}

interface PeopleListProps {
  people: Person[] | undefined
  error: unknown
  isNarrowed: boolean
  onRetry: () => void
  onClear: () => void
  onAdd: () => void
  opened: string | null
  onOpen: (id: string) => void
}

function PeopleList({ people, error, isNarrowed, onRetry, onClear, onAdd, opened, onOpen }: PeopleListProps) {
  const say = useText()
  if (error) return <Failed problem={error} onRetry={onRetry} />
  if (!people) return <LoadingRows />
  if (people.length > 0) return <PeopleTable people={people} opened={opened} onOpen={onOpen} />
  if (isNarrowed) return <NothingMatches title={say('nobody')} text={say('nobodyHelp')} actions={<Button onClick={onClear}>{say('clear')}</Button>} />
  return (
    <FirstUse
      icon={<Users size={20} />}
      title={say('first')}
      text={say('firstHelp')}
      actions={
        <Button type="primary" icon={<Plus size={16} />} onClick={onAdd}>
          {say('add')}
        </Button>
      }
    />
  )
}
