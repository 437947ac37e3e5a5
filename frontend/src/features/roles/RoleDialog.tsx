/** Names a role: a new one, a copy, or one that is called otherwise from now on. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Modal } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { problemText } from '@/api/problem'
import { changeRole, createRole } from '@/api/people'
import type { Role } from '@/api/types'
import { defineMessages, useLocale } from '@/lib/i18n'
import type { Label, Locale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import styles from './RoleDialog.module.css'

const useText = defineMessages('role-dialog', {
  'zh-CN': {
    new: '添加角色',
    rename: '名称和说明',
    copy: '复制为新角色',
    nameMine: '名称',
    nameOther: '英文名称',
    description: '说明',
    descriptionHelp: '一句话说清给谁用、能做什么。',
    missing: '请填写角色名称。',
    copyOf: '{{name}}（副本）',
    cancel: '取消',
    doNew: '添加',
    doRename: '保存',
    doCopy: '复制',
  },
  en: {
    new: 'Add role',
    rename: 'Name and description',
    copy: 'Copy as a new role',
    nameMine: 'Name',
    nameOther: 'Name in Chinese',
    description: 'Description',
    descriptionHelp: 'One sentence: for whom, and what they may do.',
    missing: 'Enter a name.',
    copyOf: '{{name}} (copy)',
    cancel: 'Cancel',
    doNew: 'Add',
    doRename: 'Save',
    doCopy: 'Copy',
  },
})
const verbs = { new: 'doNew', rename: 'doRename', copy: 'doCopy' } as const

export type RoleWish = { kind: 'new' } | { kind: 'rename' | 'copy'; role: Role }

/** Leaves out the languages nothing was written in. */
function written(label: Label): Label {
  return Object.fromEntries(Object.entries(label).flatMap(([locale, text]) => (text.trim() ? [[locale, text.trim()]] : [])))
}

export function RoleDialog({ wish, onSaved, onClose }: { wish: RoleWish; onSaved: (role: Role) => void; onClose: () => void }) {
  const say = useText()
  const mine = useLocale()
  const other: Locale = mine === 'en' ? 'zh-CN' : 'en'
  const known = wish.kind === 'new' ? null : wish.role
  const [name, setName] = useState<Label>(() => {
    if (!known || wish.kind === 'rename') return known?.name ?? {}
    return Object.fromEntries(Object.entries(known.name).map(([locale, text]) => [locale, say('copyOf', { name: text })]))
  })
  const [description, setDescription] = useState<Label>(known?.description ?? {})
  const [missing, setMissing] = useState(false)
  const save = useMutation({
    mutationFn: () => {
      const body = { name: written(name), description: Object.keys(written(description)).length > 0 ? written(description) : null }
      if (wish.kind === 'rename') return changeRole(wish.role.id, body)
      return createRole({ ...body, rights: known?.rights ?? [], grants: known?.grants ?? [] })
    },
    onSuccess: onSaved,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (Object.keys(written(name)).length === 0) {
      setMissing(true)
      document.getElementById('role-name')?.focus()
      return
    }
    save.mutate()
  }
  const error = missing ? say('missing') : save.error ? problemText(save.error) : null

  return (
    <Modal open centered width={520} title={say(wish.kind)} footer={null} onCancel={onClose}>
      <form className={styles.form} onSubmit={submit} data-blocks-keys noValidate>
        <div>
          <FieldLabel htmlFor="role-name" required>
            {say('nameMine')}
          </FieldLabel>
          <Input
            id="role-name"
            autoFocus
            value={name[mine] ?? ''}
            status={error ? 'error' : ''}
            aria-describedby="role-name-error"
            onChange={(event) => {
              setName({ ...name, [mine]: event.target.value })
              setMissing(false)
            }}
          />
          <FieldError id="role-name-error">{error}</FieldError>
        </div>
        <div>
          <FieldLabel htmlFor="role-name-other" optional>
            {say('nameOther')}
          </FieldLabel>
          <Input id="role-name-other" value={name[other] ?? ''} onChange={(event) => setName({ ...name, [other]: event.target.value })} />
        </div>
        <div>
          <FieldLabel htmlFor="role-description" optional help={say('descriptionHelp')}>
            {say('description')}
          </FieldLabel>
          <Input.TextArea
            id="role-description"
            autoSize={{ minRows: 2, maxRows: 5 }}
            value={description[mine] ?? ''}
            onChange={(event) => setDescription({ ...description, [mine]: event.target.value })}
          />
        </div>
        <div className={styles.buttons}>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {say(verbs[wish.kind])}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
