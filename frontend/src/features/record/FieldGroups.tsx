/** All facts of a record in their groups, each editable where it stands. */
import type { Field, FullRecord } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { useWidth } from '@/ui/width'
import { FieldRow } from './FieldRow'
import type { SaveField } from './FieldRow'
import type { FormGroup } from './form'
import { mayWrite } from './layout'
import { LinesView } from './lines'
import type { RuleState } from '@/ui/rules/rule_state'
import styles from './FieldGroups.module.css'

export interface FieldsProps {
  /** The name of the object. */
  of: string
  record: FullRecord
  fresh: ReadonlySet<string>
  rules: RuleState
  onSave: SaveField
}

export function FieldGroups({ groups, ...rest }: FieldsProps & { groups: readonly FormGroup[] }) {
  const label = useLabel()
  const { isPhone } = useWidth()
  return (
    <div className={styles.groups}>
      {groups.map((group, index) => (
        <section key={index} hidden={group.fields.every((field) => rest.rules.hidden.has(field.name))}>
          {group.label && <h3>{label(group.label)}</h3>}
          <div className={styles.grid}>
            <Rows fields={group.fields} look={isPhone ? 'line' : 'stack'} {...rest} />
          </div>
        </section>
      ))}
    </div>
  )
}

export function FieldLines({ fields, ...rest }: FieldsProps & { fields: readonly Field[] }) {
  return (
    <div className={styles.lines}>
      <Rows fields={fields} look="line" {...rest} />
    </div>
  )
}

function Rows({ fields, look, of, record, fresh, rules, onSave }: FieldsProps & { fields: readonly Field[]; look: 'line' | 'stack' }) {
  const label = useLabel()
  return fields.filter((field) => !rules.hidden.has(field.name)).map((field) => field.lines ? (
    <div key={`${record.id}.${field.name}`} className={styles.wide} data-field={field.name}>
      <div className={styles.label}>{label(field.label)}</div>
      <LinesView of={of} record={record.id} field={field} />
    </div>
  ) : (
    <FieldRow
      key={`${record.id}.${field.name}`}
      field={field}
      value={record[field.name] ?? null}
      within={{ object: of, id: record.id, values: record, notOffered: rules.notOffered }}
      mayWrite={mayWrite(record, field) && !rules.locked.has(field.name)}
      isRequired={rules.required.has(field.name)}
      look={look}
      isFresh={fresh.has(field.name)}
      onSave={onSave}
    />
  ))
}
