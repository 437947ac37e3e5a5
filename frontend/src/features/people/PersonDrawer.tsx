/** A person's card: new, or to be changed, disabled, given a new password. */
import { useState } from 'react'
import { Copy, UserX } from 'lucide-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemText } from '@/api/problem'
import { changePerson, createPerson, usePeople } from '@/api/people'
import type { PersonBody } from '@/api/people'
import { useMe } from '@/api/session'
import type { Person } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { confirm } from '@/ui/confirm'
import { Failed, LoadingRows, NothingMatches } from '@/ui/faces'
import { SideDrawer } from '@/ui/SideDrawer'
import { toast } from '@/ui/toast'
import { PersonForm } from './PersonForm'
import styles from './PersonDrawer.module.css'

const useText = defineMessages('person-drawer', {
  'zh-CN': {
    add: '添加人员',
    create: '添加',
    save: '保存',
    cancel: '取消',
    saved: '已保存',
    disable: '停用',
    disableAsk: '停用 {{name}}？',
    disableText: '{{name}} 会立刻退出登录，不能再进入。其名下的记录保持不变，可以随时恢复。',
    disabled: '{{name}} 已停用',
    keep: '保留',
    enable: '恢复使用',
    enabled: '{{name}} 已恢复',
    gone: '没有这个人',
    passwordTitle: '{{name}} 可以登录了',
    passwordText: '把初始密码交给本人，登录后请其在“我的设置”里修改。关闭后不再显示。',
    copy: '复制',
    copied: '密码已复制',
    done: '好的',
  },
  en: {
    add: 'Add person',
    create: 'Add',
    save: 'Save',
    cancel: 'Cancel',
    saved: 'Saved',
    disable: 'Disable',
    disableAsk: 'Disable {{name}}?',
    disableText: '{{name}} is signed out at once and cannot come back in. Their records stay as they are. This can be undone at any time.',
    disabled: '{{name}} is disabled',
    keep: 'Keep',
    enable: 'Enable again',
    enabled: '{{name}} can sign in again',
    gone: 'There is no such person',
    passwordTitle: '{{name}} can sign in now',
    passwordText: 'Hand over this initial password; it can be changed under “My settings”. It will not be shown again.',
    copy: 'Copy',
    copied: 'Password copied',
    done: 'Done',
  },
})
const formId = 'person-form'

export interface PersonDrawerProps {
  /** Null for somebody new. */
  id: string | null
  onClose: () => void
}

export function PersonDrawer({ id, onClose }: PersonDrawerProps) {
  const say = useText()
  // Managers and the person may be among the disabled, so everybody is asked for.
  const everybody = usePeople({})
  const person = everybody.data?.find((each) => each.id === id)
  if (id === null) return <NewPerson onClose={onClose} />
  if (person) return <KnownPerson person={person} onClose={onClose} />
  return (
    <SideDrawer title="" width={480} onClose={onClose}>
      {everybody.error ? (
        <Failed problem={everybody.error} onRetry={() => void everybody.refetch()} />
      ) : everybody.isPending ? (
        <LoadingRows columns={1} />
      ) : (
        <NothingMatches title={say('gone')} />
      )}
    </SideDrawer>
  )
}

function useRefresh(): () => void {
  const client = useQueryClient()
  return () => {
    for (const queryKey of [['people'], ['departments'], ['roles']]) void client.invalidateQueries({ queryKey })
  }
}

function NewPerson({ onClose }: { onClose: () => void }) {
  const say = useText()
  const refresh = useRefresh()
  const [created, setCreated] = useState<{ name: string; password: string } | null>(null)
  const create = useMutation({
    mutationFn: createPerson,
    onSuccess: (person) => {
      refresh()
      if (person.initial_password) setCreated({ name: person.name, password: person.initial_password })
      else onClose()
    },
  })
  if (created) {
    return (
      <SideDrawer
        title={say('passwordTitle', { name: created.name })}
        width={480}
        onClose={onClose}
        footer={
          <Button type="primary" onClick={onClose}>
            {say('done')}
          </Button>
        }
      >
        <div className={styles.password} role="status">
          <code>{created.password}</code>
          <Button
            icon={<Copy size={14} />}
            onClick={() => void navigator.clipboard?.writeText(created.password).then(() => toast.show({ text: say('copied') }))}
          >
            {say('copy')}
          </Button>
        </div>
        <p className={styles.text}>{say('passwordText')}</p>
      </SideDrawer>
    )
  }
  return (
    <SideDrawer
      title={say('add')}
      width={480}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" htmlType="submit" form={formId} loading={create.isPending}>
            {say('create')}
          </Button>
        </>
      }
    >
      <PersonForm formId={formId} person={null} problem={create.error} onSubmit={(body) => create.mutate(body)} />
    </SideDrawer>
  )
}

function KnownPerson({ person, onClose }: { person: Person; onClose: () => void }) {
  const say = useText()
  const refresh = useRefresh()
  const client = useQueryClient()
  const me = useMe().data
  const change = useMutation({
    mutationFn: (body: PersonBody) => changePerson(person.id, body),
    onSuccess: (changed) => {
      refresh()
      if (changed.id === me?.person.id) void client.invalidateQueries({ queryKey: ['me'] })
    },
  })

  function setActive(active: boolean): void {
    change.mutate(
      { active },
      {
        onSuccess: () =>
          toast.show({
            text: say(active ? 'enabled' : 'disabled', { name: person.name }),
            ...(active ? {} : { undo: () => setActive(true) }),
          }),
        onError: (problem) => toast.show({ text: problemText(problem), tone: 'danger' }),
      },
    )
  }
  async function disable(): Promise<void> {
    const { name } = person
    if (await confirm({ title: say('disableAsk', { name }), body: say('disableText', { name }), verb: say('disable'), keep: say('keep'), danger: true })) setActive(false)
  }

  return (
    <SideDrawer
      title={person.name}
      width={480}
      onClose={onClose}
      headerActions={
        person.active ? (
          person.id !== me?.person.id && (
            <Button type="text" icon={<UserX size={16} />} onClick={() => void disable()}>
              {say('disable')}
            </Button>
          )
        ) : (
          <Button onClick={() => setActive(true)}>{say('enable')}</Button>
        )
      }
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" htmlType="submit" form={formId} loading={change.isPending}>
            {say('save')}
          </Button>
        </>
      }
    >
      <PersonForm
        formId={formId}
        person={person}
        problem={change.error}
        onSubmit={(body) =>
          change.mutate(body, {
            onSuccess: () => {
              toast.show({ text: say('saved'), tone: 'success' })
              onClose()
            },
          })
        }
      />
    </SideDrawer>
  )
}
