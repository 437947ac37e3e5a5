/** Names a department, or moves it with all below it. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Modal } from 'antd'
import { problemText } from '@/api/problem'
import type { Department } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { withBelow } from './department_tree'
import { DepartmentSelect } from './DepartmentSelect'
import styles from './PersonDrawer.module.css'

const useText = defineMessages('department-dialog', {
  'zh-CN': {
    add: '添加部门',
    rename: '给部门改名',
    move: '移动“{{name}}”',
    moveText: '其下级部门和人员一起移动。',
    name: '名称',
    parent: '上级部门',
    top: '没有上级',
    nameMissing: '请填写部门名称。',
    cancel: '取消',
    doAdd: '添加',
    doRename: '改名',
    doMove: '移动',
  },
  en: {
    add: 'Add department',
    rename: 'Rename department',
    move: 'Move “{{name}}”',
    moveText: 'All departments and people below move with it.',
    name: 'Name',
    parent: 'Below',
    top: 'At the top',
    nameMissing: 'Enter a name.',
    cancel: 'Cancel',
    doAdd: 'Add',
    doRename: 'Rename',
    doMove: 'Move',
  },
})
const verbs = { add: 'doAdd', rename: 'doRename', move: 'doMove' } as const

export type Editing = { kind: 'add'; parent: string | null } | { kind: 'rename' | 'move'; department: Department }

export interface DepartmentDialogProps {
  editing: Editing
  departments: readonly Department[]
  problem: unknown
  isSaving: boolean
  onSave: (body: Partial<Pick<Department, 'name' | 'parent'>>) => void
  onClose: () => void
}

export function DepartmentDialog({ editing, departments, problem, isSaving, onSave, onClose }: DepartmentDialogProps) {
  const say = useText()
  const known = editing.kind === 'add' ? null : editing.department
  const [name, setName] = useState(known?.name ?? '')
  const [parent, setParent] = useState(editing.kind === 'add' ? editing.parent : editing.department.parent)
  const [missing, setMissing] = useState<string | null>(null)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (editing.kind === 'move') return onSave({ parent })
    if (name.trim() === '') {
      setMissing(say('nameMissing'))
      document.getElementById('department-name')?.focus()
      return
    }
    onSave(editing.kind === 'rename' ? { name: name.trim() } : { name: name.trim(), parent })
  }
  const error = missing ?? (problem ? problemText(problem) : null)

  return (
    <Modal open centered width={520} title={say(editing.kind, { name: known?.name ?? '' })} footer={null} onCancel={onClose}>
      <form className={styles.form} onSubmit={submit} data-blocks-keys noValidate>
        {editing.kind === 'move' && <p className={styles.text}>{say('moveText')}</p>}
        {editing.kind !== 'move' && (
          <div>
            <FieldLabel htmlFor="department-name">{say('name')}</FieldLabel>
            <Input
              id="department-name"
              autoFocus
              value={name}
              status={error ? 'error' : ''}
              onChange={(event) => {
                setName(event.target.value)
                setMissing(null)
              }}
            />
          </div>
        )}
        {editing.kind !== 'rename' && (
          <div>
            <FieldLabel htmlFor="department-parent">{say('parent')}</FieldLabel>
            <DepartmentSelect
              id="department-parent"
              placeholder={say('top')}
              value={parent}
              onChange={setParent}
              {...(known ? { without: withBelow(departments, known.id) } : {})}
            />
          </div>
        )}
        <FieldError>{error}</FieldError>
        <div className={styles.buttons}>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={isSaving}>
            {say(verbs[editing.kind])}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
