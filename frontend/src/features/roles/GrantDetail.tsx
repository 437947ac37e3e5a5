/** One rule in words, its condition, and what it lets people do with each field. */
import { useState } from 'react'
import { Checkbox, Select } from 'antd'
import { EyeOff, Plus, X } from 'lucide-react'
import { activeFields } from '@/api/objects'
import type { Field, FieldAccess, Grant, ObjectDefinition } from '@/api/types'
import { useLabel, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { ConditionEditor } from '@/ui/condition/ConditionEditor'
import { fieldAccess, withDefaultAccess, withFieldAccess } from './grants'
import { actionWords } from './action_words'
import { useRoleText } from './messages'
import styles from './RolesPage.module.css'

/** Every record shows its id and version to whoever sees it. */
const alwaysSeen = new Set(['id', 'version'])

export interface GrantDetailProps {
  roleName: string
  object: ObjectDefinition
  grant: Grant
  /** Which of several rules for this object; null for the only one. */
  number: number | null
  onChange: (grant: Grant) => void
  onAddRule: () => void
  onRemove: () => void
}

export function GrantDetail({ roleName, object, grant, number, onChange, onAddRule, onRemove }: GrantDetailProps) {
  const say = useRoleText()
  const label = useLabel()
  const locale = useLocale()
  const words = grant.actions.map((action) => say(actionWords[action]).toLowerCase())
  const listed = words.length > 0 ? new Intl.ListFormat(locale, { type: 'conjunction' }).format(words) : say('nothing')
  return (
    <section className={styles.card} aria-label={label(object.label)}>
      <div className={styles.cardHead}>
        {number !== null && <h3>{say('rule', { number })}</h3>}
        <span>
          {say('sentence', { role: roleName, object: label(object.label), scope: say(grant.rows.scope), actions: listed })}
        </span>
        <span className={styles.gap} />
        {number !== null && (
          <Button type="text" icon={<X size={16} />} onClick={onRemove}>
            {say('removeRule')}
          </Button>
        )}
        <Button type="text" icon={<Plus size={16} />} title={say('addRuleHelp')} onClick={onAddRule}>
          {say('addRule')}
        </Button>
      </div>
      {grant.rows.scope === 'condition' && (
        <div className={styles.condition}>
          <ConditionEditor
            object={object}
            value={grant.rows.condition ?? null}
            onChange={(condition) => onChange({ ...grant, rows: { scope: 'condition', ...(condition ? { condition } : {}) } })}
          />
        </div>
      )}
      <FieldRights object={object} grant={grant} onChange={onChange} />
      <p className={`${styles.hint} ${styles.quiet}`}>{say('hiddenEverywhere')}</p>
    </section>
  )
}

function FieldRights({ object, grant, onChange }: { object: ObjectDefinition; grant: Grant; onChange: (grant: Grant) => void }) {
  const say = useRoleText()
  const label = useLabel()
  const [onlyLimited, setOnlyLimited] = useState(false)
  const fields = activeFields(object).filter((field) => !alwaysSeen.has(field.name))
  const shown = onlyLimited ? fields.filter((field) => fieldAccess(grant, field.name) !== 'write') : fields
  return (
    <>
      <div className={styles.cardHead}>
        <h3>{say('fields', { object: label(object.label) })}</h3>
        <span className={styles.quiet}>{say('fieldsCount', { count: fields.length })}</span>
        <span className={styles.gap} />
        <Checkbox checked={onlyLimited} onChange={(event) => setOnlyLimited(event.target.checked)}>
          {say('onlyLimited')}
        </Checkbox>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['field', 'maySee', 'mayEdit', 'shown'] as const).map((column) => (
                <th key={column} scope="col">
                  {say(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => (
              <FieldRow
                key={field.name}
                field={field}
                access={fieldAccess(grant, field.name)}
                onChange={(access) => onChange(withFieldAccess(grant, field.name, access))}
              />
            ))}
            <tr>
              <td className={styles.quiet}>{say('newFields')}</td>
              <td colSpan={3}>
                <Select<FieldAccess>
                  size="small"
                  aria-label={say('newFields')}
                  value={grant.fields.default}
                  onChange={(access) => onChange(withDefaultAccess(grant, access, fields.map((field) => field.name)))}
                  options={[
                    { value: 'write', label: say('write') },
                    { value: 'read', label: say('read') },
                    { value: 'none', label: say('never') },
                  ]}
                  popupMatchSelectWidth={false}
                />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </>
  )
}

function FieldRow({ field, access, onChange }: { field: Field; access: FieldAccess; onChange: (access: FieldAccess) => void }) {
  const say = useRoleText()
  const label = useLabel()
  const name = label(field.label)
  const isComputed = field.access === 'read'
  const maySee = access !== 'none'
  return (
    <tr>
      <td>{name}</td>
      <td>
        <Checkbox
          aria-label={`${name} · ${say('maySee')}`}
          checked={maySee}
          onChange={(event) => onChange(event.target.checked ? (isComputed ? 'write' : 'read') : 'none')}
        />
      </td>
      <td>
        {isComputed ? (
          <span className={styles.quiet}>—</span>
        ) : (
          <Checkbox
            aria-label={`${name} · ${say('mayEdit')}`}
            checked={access === 'write'}
            onChange={(event) => onChange(event.target.checked ? 'write' : 'read')}
          />
        )}
      </td>
      <td>
        {!maySee ? (
          <span className={styles.hiddenField}>
            <EyeOff size={14} aria-hidden />
            {say('hidden')}
          </span>
        ) : (
          <span className={styles.quiet}>{isComputed ? say('computed') : say(access === 'write' ? 'asIs' : 'readOnly')}</span>
        )}
      </td>
    </tr>
  )
}
