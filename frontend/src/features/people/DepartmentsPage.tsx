/** The tree of departments: added, renamed, moved, and deleted when nobody is in them. */
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Building2, ChevronDown, ChevronRight, Ellipsis, FolderInput, Network, Pencil, Plus, Trash2 } from 'lucide-react'
import { Link } from 'react-router'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { changeDepartment, createDepartment, deleteDepartment, useDepartments } from '@/api/people'
import { useMe } from '@/api/session'
import type { Department } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { confirm } from '@/ui/confirm'
import { Failed, FirstUse, LoadingRows, NoAccess } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import { useWidth } from '@/ui/width'
import { branches } from './department_tree'
import type { Branch } from './department_tree'
import { DepartmentDialog } from './DepartmentDialog'
import type { Editing } from './DepartmentDialog'
import styles from './DepartmentsPage.module.css'

const useText = defineMessages('departments', {
  'zh-CN': {
    title: '部门',
    add: '添加部门',
    addBelow: '添加下级部门',
    rename: '改名',
    move: '移动到…',
    delete: '删除',
    deleteAsk: '删除部门“{{name}}”？',
    deleteText: '里面没有人员和下级部门时才能删除。',
    keep: '保留',
    deleted: '已删除“{{name}}”',
    people: '{{count}} 人',
    below: '含下级 {{count}} 人',
    open: '展开 {{name}}',
    close: '收起 {{name}}',
    more: '{{name}} 的操作',
    first: '还没有部门',
    firstHelp: '部门决定谁能看“本部门”和“本部门及下级”的记录。',
    see: '看这个部门的人员',
  },
  en: {
    title: 'Departments',
    add: 'Add department',
    addBelow: 'Add department below',
    rename: 'Rename',
    move: 'Move to…',
    delete: 'Delete',
    deleteAsk: 'Delete the department “{{name}}”?',
    deleteText: 'Only a department without people and departments below can be deleted.',
    keep: 'Keep',
    deleted: '“{{name}}” deleted',
    people: '{{count}} people',
    people_one: 'One person',
    below: '{{count}} with all below',
    open: 'Open {{name}}',
    close: 'Close {{name}}',
    more: 'Actions on {{name}}',
    first: 'No departments yet',
    firstHelp: 'Departments decide who may see the records of “the department” and “the department and below”.',
    see: 'See the people of this department',
  },
})

export function DepartmentsPage() {
  const say = useText()
  const { isPhone } = useWidth()
  const mayManage = useMe().data?.rights.manage_people ?? false
  const departments = useDepartments()
  const client = useQueryClient()
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<Editing | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: keys.departments })
  const save = useMutation({
    mutationFn: (wish: { id: string | null; body: Partial<Pick<Department, 'name' | 'parent'>> }) =>
      wish.id === null ? createDepartment(wish.body) : changeDepartment(wish.id, wish.body),
    onSuccess: () => {
      setEditing(null)
      void refresh()
      void client.invalidateQueries({ queryKey: ['people'] })
    },
  })
  const remove = useMutation({
    mutationFn: (department: Department) => deleteDepartment(department.id),
    onSuccess: (_nothing, { name }) => {
      toast.show({ text: say('deleted', { name }) })
      void refresh()
    },
    onError: (problem) => toast.show({ text: problemText(problem), tone: 'danger' }),
  })

  function edit(next: Editing | null): void {
    save.reset()
    setEditing(next)
  }
  async function ask(department: Department): Promise<void> {
    const { name } = department
    if (await confirm({ title: say('deleteAsk', { name }), body: say('deleteText'), verb: say('delete'), keep: say('keep'), danger: true })) remove.mutate(department)
  }
  function toggle(id: string): void {
    setClosed((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }

  const add = (
    <Button type="primary" icon={<Plus size={16} />} aria-label={say('add')} onClick={() => edit({ kind: 'add', parent: null })}>
      {!isPhone && say('add')}
    </Button>
  )
  const all = branches(departments.data ?? [])
  const shown = all.filter((branch) => !isHidden(branch, all, closed))
  return (
    <Panel title={say('title')} icon={<Network size={16} />} actions={mayManage && add}>
      {!mayManage ? (
        <NoAccess />
      ) : departments.error ? (
        <Failed problem={departments.error} onRetry={() => void departments.refetch()} />
      ) : departments.isPending ? (
        <LoadingRows columns={2} />
      ) : all.length === 0 ? (
        <FirstUse icon={<Network size={20} />} title={say('first')} text={say('firstHelp')} actions={add} />
      ) : (
        <ul className={styles.tree} aria-label={say('title')}>
          {shown.map((branch) => (
            <BranchLine
              key={branch.department.id}
              branch={branch}
              isClosed={closed.has(branch.department.id)}
              onToggle={() => toggle(branch.department.id)}
              onEdit={edit}
              onDelete={() => void ask(branch.department)}
            />
          ))}
        </ul>
      )}
      {editing && (
        <DepartmentDialog
          editing={editing}
          departments={departments.data ?? []}
          problem={save.error}
          isSaving={save.isPending}
          onSave={(body) => save.mutate({ id: editing.kind === 'add' ? null : editing.department.id, body })}
          onClose={() => edit(null)}
        />
      )}
    </Panel>
  )
}

/** Somewhere above it a branch is closed. */
function isHidden(branch: Branch, all: readonly Branch[], closed: ReadonlySet<string>): boolean {
  const { parent } = branch.department
  if (parent === null) return false
  const above = all.find((each) => each.department.id === parent)
  return above !== undefined && (closed.has(parent) || isHidden(above, all, closed))
}

interface BranchLineProps {
  branch: Branch
  isClosed: boolean
  onToggle: () => void
  onEdit: (editing: Editing) => void
  onDelete: () => void
}

function BranchLine({ branch: { department, depth, total, hasChildren }, isClosed, onToggle, onEdit, onDelete }: BranchLineProps) {
  const say = useText()
  const { name, people } = department
  return (
    <li className={styles.branch} style={{ paddingLeft: 12 + depth * 24 }}>
      {hasChildren ? (
        <button type="button" className={styles.toggle} aria-expanded={!isClosed} aria-label={say(isClosed ? 'open' : 'close', { name })} onClick={onToggle}>
          {isClosed ? <ChevronRight size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        </button>
      ) : (
        <span className={styles.toggle} />
      )}
      <Building2 size={16} aria-hidden />
      <span className={styles.name}>{name}</span>
      <Link className={styles.people} to={`/settings/people?department=${department.id}`} title={say('see')}>
        {say('people', { count: people })}
        {hasChildren && ` · ${say('below', { count: total })}`}
      </Link>
      <ActionMenu
        title={name}
        items={[
          { key: 'add', label: say('addBelow'), icon: <Plus size={16} />, onSelect: () => onEdit({ kind: 'add', parent: department.id }) },
          { key: 'rename', label: say('rename'), icon: <Pencil size={16} />, onSelect: () => onEdit({ kind: 'rename', department }) },
          { key: 'move', label: say('move'), icon: <FolderInput size={16} />, onSelect: () => onEdit({ kind: 'move', department }) },
          { key: 'line', divider: true },
          { key: 'delete', label: say('delete'), icon: <Trash2 size={16} />, danger: true, onSelect: onDelete },
        ]}
      >
        <Button type="text" icon={<Ellipsis size={16} />} aria-label={say('more', { name })} />
      </ActionMenu>
    </li>
  )
}
