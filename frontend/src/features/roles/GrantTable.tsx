/** Every kind of data with what the role may do to it; the chosen rule opens beneath. */
import { useState } from 'react'
import { Checkbox, Select } from 'antd'
import { useObjects } from '@/api/objects'
import type { Grant, GrantAction, ObjectDefinition, Scope } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { actionWords } from './action_words'
import { GrantDetail } from './GrantDetail'
import { actions, grantsOf, limitedFields, newGrant, removeGrant, replaceGrant, scopes, withAction } from './grants'
import type { PlacedGrant } from './grants'
import { useRoleText } from './messages'
import styles from './RolesPage.module.css'

export interface GrantTableProps {
  roleName: string
  grants: Grant[]
  onChange: (grants: Grant[]) => void
}

export function GrantTable({ roleName, grants, onChange }: GrantTableProps) {
  const say = useRoleText()
  const objects = useObjects().filter((object) => object.retired_at === null)
  const [chosen, setChosen] = useState<{ object: string; index: number | null } | null>(null)
  const opened = objects.find((object) => object.name === (chosen?.object ?? objects[0]?.name))
  const ofOpened = opened ? grantsOf(grants, opened.name) : []
  const detail = ofOpened.find((each) => each.index === chosen?.index) ?? ofOpened[0]

  function add(object: string, scope: Scope): void {
    setChosen({ object, index: grants.length })
    onChange([...grants, newGrant(object, scope)])
  }
  function remove(index: number): void {
    setChosen(opened ? { object: opened.name, index: null } : null)
    onChange(removeGrant(grants, index))
  }

  return (
    <>
      <section className={styles.card} aria-label={say('access')}>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{say('data')}</th>
                <th scope="col">{say('which')}</th>
                {actions.map((action) => (
                  <th key={action} scope="col">
                    {say(actionWords[action])}
                  </th>
                ))}
                <th scope="col">{say('limits')}</th>
              </tr>
            </thead>
            <tbody>
              {objects.map((object) => {
                const rules = grantsOf(grants, object.name)
                const rows: (PlacedGrant | null)[] = rules.length > 0 ? rules : [null]
                return rows.map((placed, position) => (
                  <GrantRow
                    key={`${object.name}:${placed?.index ?? 'none'}`}
                    object={object}
                    grant={placed?.grant ?? null}
                    isFirst={position === 0}
                    isChosen={opened === object && (placed === null || placed.index === detail?.index)}
                    onChoose={() => setChosen({ object: object.name, index: placed?.index ?? null })}
                    onScope={(scope) => {
                      if (scope === null) {
                        if (placed) remove(placed.index)
                      } else if (placed) onChange(replaceGrant(grants, placed.index, { ...placed.grant, rows: { scope } }))
                      else add(object.name, scope)
                    }}
                    onAction={(action, isOn) => placed && onChange(replaceGrant(grants, placed.index, withAction(placed.grant, action, isOn)))}
                  />
                ))
              })}
            </tbody>
          </table>
        </div>
      </section>
      {opened && detail && (
        <GrantDetail
          roleName={roleName}
          object={opened}
          grant={detail.grant}
          number={ofOpened.length > 1 ? ofOpened.indexOf(detail) + 1 : null}
          onChange={(grant) => onChange(replaceGrant(grants, detail.index, grant))}
          onAddRule={() => add(opened.name, 'own')}
          onRemove={() => remove(detail.index)}
        />
      )}
    </>
  )
}

interface GrantRowProps {
  object: ObjectDefinition
  grant: Grant | null
  isFirst: boolean
  isChosen: boolean
  onChoose: () => void
  onScope: (scope: Scope | null) => void
  onAction: (action: GrantAction, isOn: boolean) => void
}

function GrantRow({ object, grant, isFirst, isChosen, onChoose, onScope, onAction }: GrantRowProps) {
  const say = useRoleText()
  const label = useLabel()
  const name = label(object.label)
  const limited = grant ? limitedFields(grant, object) : 0
  return (
    <tr aria-selected={isChosen} onClick={onChoose}>
      <td>
        {isFirst && (
          <button type="button" className={styles.object} onClick={onChoose}>
            <ObjectIcon icon={object.icon} />
            {name}
          </button>
        )}
      </td>
      <td>
        <Select<Scope | 'none'>
          size="small"
          aria-label={`${name} · ${say('which')}`}
          value={grant?.rows.scope ?? 'none'}
          onChange={(scope) => onScope(scope === 'none' ? null : scope)}
          options={(['none', ...scopes] as const).map((scope) => ({ value: scope, label: say(scope) }))}
          popupMatchSelectWidth={false}
          style={{ minWidth: 120 }}
        />
      </td>
      {actions.map((action) => (
        <td key={action}>
          {grant && (
            <Checkbox
              aria-label={`${name} · ${say(actionWords[action])}`}
              checked={grant.actions.includes(action)}
              onChange={(event) => onAction(action, event.target.checked)}
            />
          )}
        </td>
      ))}
      <td className={styles.quiet}>{limited > 0 && say('limited', { count: limited })}</td>
    </tr>
  )
}
