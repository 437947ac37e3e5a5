/** What a role may do to the workspace itself. */
import { Switch } from 'antd'
import type { Role } from '@/api/types'
import { useRoleText } from './messages'
import styles from './RolesPage.module.css'

const all: Role['rights'] = ['design', 'manage_people', 'manage_roles']

export function WorkspaceRights({ rights, onChange }: { rights: Role['rights']; onChange: (rights: Role['rights']) => void }) {
  const say = useRoleText()
  return (
    <section className={styles.card} aria-labelledby="workspace-rights">
      <div className={styles.cardHead}>
        <h3 id="workspace-rights">{say('workspace')}</h3>
      </div>
      <div className={styles.rights}>
        {all.map((right) => (
          <label key={right} className={styles.right}>
            <Switch
              size="small"
              checked={rights.includes(right)}
              onChange={(isOn) => onChange(all.filter((each) => (each === right ? isOn : rights.includes(each))))}
            />
            <span>
              {say(right)}
              <span className={styles.quiet}>{say(`${right}Help`)}</span>
            </span>
          </label>
        ))}
      </div>
    </section>
  )
}
