/** The head of a record: what it is, how much, how far; on phones the deeds under the thumb. */
import { Globe, Mail, Pencil, Phone } from 'lucide-react'
import type { Field, FullRecord, ObjectDefinition, Reference } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { CompanyAvatar, PersonAvatar } from '@/ui/Avatar'
import { FavouriteStar } from '@/ui/FavouriteStar'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { StagePath } from './StagePath'
import { highlightFields, mayWrite, partyField } from './layout'
import { useText } from './messages'
import styles from './RecordHead.module.css'

export interface RecordHeadProps {
  object: ObjectDefinition
  record: FullRecord
  isPhone: boolean
  daysInStage: number | null
  onMoveStage: (field: Field, stage: string) => void
  onEdit: () => void
}

export function RecordHead({ object, record, isPhone, daysInStage, onMoveStage, onEdit }: RecordHeadProps) {
  const say = useText()
  const label = useLabel()
  const stage = object.fields.find((field) => field.name === object.stage_field)
  const owner = record['owner'] as Reference | null | undefined
  const highlights = highlightFields(object)
  const party = partyField(object)
  return (
    <div className={styles.head}>
      <div className={styles.first}>
        <ObjectIcon icon={object.icon} color={object.color} size={44} />
        <div className={styles.who}>
          <div className={styles.title}>
            <h2>{record.name || say('unnamed')}</h2>
            <FavouriteStar favourite={{ kind: 'record', object: object.name, id: record.id, name: record.name ?? '' }} />
          </div>
          <div className={styles.sub}>
            {party && !kindOf(party).isEmpty(record[party.name]) ? <Party field={party} value={record[party.name]} /> : <span>{label(object.label)}</span>}
            {owner?.name && (
              <span className={styles.owner}>
                {say('owner')}
                <PersonAvatar id={owner.id} name={owner.name} size={20} />
                {owner.name}
              </span>
            )}
          </div>
        </div>
        {highlights.length > 0 && (
          <dl className={styles.highlights}>
            {highlights.map((field) => (
              <div key={field.name}>
                <dt>{label(field.label)}</dt>
                <dd>
                  <Figure field={field} value={record[field.name]} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {isPhone && <PhoneDeeds object={object} record={record} onEdit={onEdit} />}
      {stage && (
        <StagePath
          field={stage}
          value={(record[stage.name] as string | null | undefined) ?? null}
          days={daysInStage}
          mayMove={mayWrite(record, stage)}
          onMove={(to) => onMoveStage(stage, to)}
        />
      )}
    </div>
  )
}

function Party({ field, value }: { field: Field; value: unknown }) {
  const { Cell } = kindOf(field)
  return (
    <span className={styles.owner}>
      <CompanyAvatar name={(value as Reference).name} size={20} />
      <Cell value={value} field={field} place="page" />
    </span>
  )
}

function Figure({ field, value }: { field: Field; value: unknown }) {
  const { Cell, isEmpty } = kindOf(field)
  return isEmpty(value) ? <span className={styles.none}>—</span> : <Cell value={value} field={field} place="card" />
}

function WayIcon({ href }: { href: string }) {
  const Icon = href.startsWith('tel:') ? Phone : href.startsWith('mailto:') ? Mail : Globe
  return <Icon size={20} aria-hidden />
}

/** Everyone who can be reached by a tap, then the edit form. */
function PhoneDeeds({ object, record, onEdit }: { object: ObjectDefinition; record: FullRecord; onEdit: () => void }) {
  const say = useText()
  const label = useLabel()
  const ways = object.fields.flatMap((field) => {
    const { reach, isEmpty } = kindOf(field)
    const value = record[field.name]
    return reach && !isEmpty(value) ? [{ ...reach(value), name: field.name }] : []
  })
  const canEdit = record._rights.write.length > 0
  if (ways.length === 0 && !canEdit) return null
  return (
    <div className={styles.deeds}>
      {ways.slice(0, 3).map((way) => (
        <a key={way.name} href={way.href}>
          <WayIcon href={way.href} />
          {label(way.verb)}
        </a>
      ))}
      {canEdit && (
        <button type="button" onClick={onEdit}>
          <Pencil size={20} aria-hidden />
          {say('edit')}
        </button>
      )}
    </div>
  )
}
