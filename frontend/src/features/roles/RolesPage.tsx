/** All roles at the left, what the chosen one gives beside them. */
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { ArrowLeft, Eye, Plus, ShieldCheck } from 'lucide-react'
import { Link, useNavigate, useParams } from 'react-router'
import { keys } from '@/api/keys'
import { useRoles } from '@/api/people'
import { useMe } from '@/api/session'
import type { Role } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows, NoAccess } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { useWidth } from '@/ui/width'
import { useRoleText } from './messages'
import { RoleDialog } from './RoleDialog'
import type { RoleWish } from './RoleDialog'
import { RoleEditor } from './RoleEditor'
import styles from './RolesPage.module.css'

export function RolesPage() {
  const say = useRoleText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { isNarrow } = useWidth()
  const { role: chosen } = useParams()
  const mayManage = useMe().data?.rights.manage_roles ?? false
  const { data: roles, error, refetch } = useRoles()
  const [wish, setWish] = useState<RoleWish | null>(null)
  const role = roles?.find((each) => each.id === chosen) ?? (isNarrow || chosen ? undefined : roles?.[0])

  function finish(saved: Role | null): void {
    setWish(null)
    void client.invalidateQueries({ queryKey: keys.roles })
    void navigate(saved ? `/settings/roles/${saved.id}` : '/settings/roles')
  }

  const title = say('title')
  if (!mayManage) {
    return (
      <Panel title={title} icon={<ShieldCheck size={16} />}>
        <NoAccess />
      </Panel>
    )
  }
  return (
    <>
      {roles && role ? (
        <RoleEditor
          key={role.id}
          role={role}
          list={!isNarrow && <RoleList roles={roles} chosen={role.id} onAdd={() => setWish({ kind: 'new' })} />}
          lead={
            isNarrow && (
              <Link to="/settings/roles" aria-label={say('roles')} className={styles.back}>
                <ArrowLeft size={18} aria-hidden />
              </Link>
            )
          }
          onRename={() => setWish({ kind: 'rename', role })}
          onCopy={() => setWish({ kind: 'copy', role })}
          onGone={() => finish(null)}
        />
      ) : (
        <Panel
          title={title}
          icon={<ShieldCheck size={16} />}
          actions={
            <Button type="primary" icon={<Plus size={16} />} onClick={() => setWish({ kind: 'new' })}>
              {say('add')}
            </Button>
          }
        >
          {error ? <Failed problem={error} onRetry={() => void refetch()} /> : roles ? <RoleList roles={roles} chosen={null} /> : <LoadingRows columns={2} />}
        </Panel>
      )}
      {wish && <RoleDialog wish={wish} onSaved={finish} onClose={() => setWish(null)} />}
    </>
  )
}

function RoleList({ roles, chosen, onAdd }: { roles: readonly Role[]; chosen: string | null; onAdd?: () => void }) {
  const say = useRoleText()
  const label = useLabel()
  return (
    <nav className={styles.list} aria-label={say('roles')}>
      {onAdd && (
        <div className={styles.head}>
          <h2>{say('roles')}</h2>
          <Button type="text" icon={<Plus size={16} />} aria-label={say('add')} onClick={onAdd} />
        </div>
      )}
      <Link to="/settings/access" className={styles.access}>
        <Eye size={16} aria-hidden /> {say('whoSees')}
      </Link>
      <ul>
        {roles.map((role) => (
          <li key={role.id}>
            <Link to={`/settings/roles/${role.id}`} className={styles.role} aria-current={role.id === chosen ? 'page' : undefined}>
              <span className={styles.words}>
                <span>{label(role.name)}</span>
                {chosen === null && role.description && <span className={styles.note}>{label(role.description)}</span>}
              </span>
              <span className={styles.count}>{say('people', { count: role.people })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
