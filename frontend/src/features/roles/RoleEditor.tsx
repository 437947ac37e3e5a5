/** One role: its rights on the workspace and on each kind of data. Changes wait until they are saved together. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy, Ellipsis, Eye, Pencil, ShieldCheck, Trash2 } from 'lucide-react'
import { useBlocker, useNavigate } from 'react-router'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { changeRole, deleteRole } from '@/api/people'
import type { Grant, Role } from '@/api/types'
import { sameJson } from '@/lib/equal'
import { countLeaves } from '@/lib/filter'
import { useLabel } from '@/lib/i18n'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { confirm } from '@/ui/confirm'
import { ErrorSummary } from '@/ui/ErrorSummary'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import { useWidth } from '@/ui/width'
import { GrantTable } from './GrantTable'
import { changedObjects } from './grants'
import { useRoleText } from './messages'
import { WorkspaceRights } from './WorkspaceRights'
import styles from './RolesPage.module.css'

export interface RoleEditorProps {
  role: Role
  list: ReactNode
  lead: ReactNode
  onRename: () => void
  onCopy: () => void
  onGone: () => void
}

export function RoleEditor({ role, list, lead, onRename, onCopy, onGone }: RoleEditorProps) {
  const say = useRoleText()
  const label = useLabel()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { isPhone } = useWidth()
  const [grants, setGrants] = useState<Grant[]>(role.grants)
  const [rights, setRights] = useState(role.rights)
  const [missing, setMissing] = useState(false)
  const name = label(role.name)
  const changes = changedObjects(role.grants, grants).size + (sameJson([...role.rights].sort(), [...rights].sort()) ? 0 : 1)

  const save = useMutation({
    mutationFn: () => changeRole(role.id, { grants, rights }),
    onSuccess: (saved) => {
      client.setQueryData<Role[]>(keys.roles, (roles) => roles?.map((each) => (each.id === saved.id ? saved : each)))
      setGrants(saved.grants)
      setRights(saved.rights)
      toast.show({ text: say('saved', { name }), tone: 'success' })
    },
  })
  const remove = useMutation({
    mutationFn: () => deleteRole(role.id),
    onSuccess: onGone,
    onError: (problem) => toast.show({ text: problemText(problem), tone: 'danger' }),
  })
  useLeavingAsked(changes > 0, name)

  function submit(): void {
    const isEmpty = grants.some(({ rows }) => rows.scope === 'condition' && countLeaves(rows.condition ?? null) === 0)
    setMissing(isEmpty)
    if (!isEmpty) save.mutate()
  }
  function discard(): void {
    setGrants(role.grants)
    setRights(role.rights)
    setMissing(false)
    save.reset()
  }
  async function askDelete(): Promise<void> {
    if (await confirm({ title: say('deleteAsk', { name }), body: say('deleteText'), verb: say('delete'), keep: say('keep'), danger: true })) remove.mutate()
  }
  const refusals = missing ? [{ message: say('conditionMissing') }] : save.error ? [{ message: problemText(save.error) }] : []

  return (
    <Panel
      still
      title={name}
      icon={lead || <ShieldCheck size={16} />}
      mark={!isPhone && <Chip>{role.system ? say('system') : say('people', { count: role.people })}</Chip>}
      presence={changes > 0 && !isPhone && <span className={styles.unsaved}>{say('changed', { count: changes })}</span>}
      actions={
        <>
          {changes > 0 && !isPhone && <Button onClick={discard}>{say('discard')}</Button>}
          <ActionMenu
            title={name}
            items={[
              { key: 'access', label: say('whoSees'), icon: <Eye size={16} />, onSelect: () => void navigate('/settings/access') },
              { key: 'rename', label: say('rename'), icon: <Pencil size={16} />, onSelect: onRename },
              { key: 'copy', label: say('copy'), icon: <Copy size={16} />, onSelect: onCopy },
              ...(role.system ? [] : [{ key: 'delete', label: say('delete'), icon: <Trash2 size={16} />, danger: true, onSelect: () => void askDelete() }]),
            ]}
          >
            <Button type="text" icon={<Ellipsis size={16} />} aria-label={say('more')} />
          </ActionMenu>
          {!role.is_administrator && (
            <Button type="primary" disabled={changes === 0} loading={save.isPending} onClick={submit}>
              {say('save')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.editor}>
        {list && <div className={styles.aside}>{list}</div>}
        <div className={styles.main}>
          <ErrorSummary errors={refusals} />
          {role.description && <p className={styles.about}>{label(role.description)}</p>}
          {role.is_administrator ? (
            <p className={styles.about}>{say('administrator')}</p>
          ) : (
            <>
              <GrantTable roleName={name} grants={grants} onChange={setGrants} />
              <WorkspaceRights rights={rights} onChange={setRights} />
            </>
          )}
        </div>
      </div>
    </Panel>
  )
}

/** Leaving with unsaved changes asks first. */
function useLeavingAsked(isDirty: boolean, name: string): void {
  const say = useRoleText()
  const blocker = useBlocker(isDirty)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    void confirm({ title: say('leave'), body: say('leaveText', { name }), verb: say('leaveVerb'), keep: say('stay'), danger: true }).then((agreed) =>
      agreed ? blocker.proceed() : blocker.reset(),
    )
  }, [blocker, say, name])
  useEffect(() => {
    if (!isDirty) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
}
