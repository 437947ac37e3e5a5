/** Pick a person, a kind of data and perhaps a record; the answer says in words why they may see it, or may not. */
import type { ReactNode } from 'react'
import { Select } from 'antd'
import { ArrowLeft, Eye, EyeOff, Pencil } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'
import { useObject, useObjects } from '@/api/objects'
import { useAccess, usePeople } from '@/api/people'
import { useRecord } from '@/api/records'
import { useMe } from '@/api/session'
import type { AccessAnswer, ObjectDefinition, Person, Reference } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { Chip } from '@/ui/Chip'
import { FieldLabel } from '@/ui/FieldLabel'
import { Failed, LoadingRows, NoAccess } from '@/ui/faces'
import { RecordBox } from '@/ui/inputs/RecordBox'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { Panel } from '@/ui/Panel'
import { plainPerson, verdictOf } from './verdict'
import styles from './AccessPage.module.css'
import { useText } from './text'

export function AccessPage() {
  const say = useText()
  const mayAsk = useMe().data?.rights.manage_roles ?? false
  const back = (
    <Link to="/settings/roles" className={styles.back} aria-label={say('openRole')}>
      <ArrowLeft size={18} aria-hidden />
    </Link>
  )
  return (
    <Panel title={say('title')} icon={mayAsk ? back : <Eye size={16} aria-hidden />}>
      {mayAsk ? <Question /> : <NoAccess />}
    </Panel>
  )
}

function Question() {
  const say = useText()
  const label = useLabel()
  const [address, setAddress] = useSearchParams()
  const objects = useObjects().filter((one) => one.rights.see && one.retired_at === null)
  const object = useObject(address.get('object') ?? '')
  const people = usePeople({})
  const person = people.data?.find((one) => one.id === address.get('person'))
  const recordId = address.get('record')
  const record = useRecord(object?.name ?? '', recordId)
  const shown: Reference | null = recordId && record.data ? { id: recordId, name: record.data.name ?? null } : null

  function set(changes: Record<string, string | null>): void {
    const next = new URLSearchParams(address)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name)
      else next.set(name, value)
    }
    setAddress(next, { replace: true })
  }

  return (
    <div className={styles.page}>
      <p className={styles.intro}>{say('intro')}</p>
      <div className={styles.question}>
        <div>
          <FieldLabel id="access-person">{say('person')}</FieldLabel>
          <RecordBox
            aria-labelledby="access-person"
            place="form"
            target="person"
            field={{ required: true }}
            value={person ? plainPerson(person) : null}
            onChange={(next) => set({ person: next?.id ?? null })}
          />
        </div>
        <div>
          <FieldLabel id="access-object">{say('object')}</FieldLabel>
          <Select<string>
            aria-labelledby="access-object"
            className={styles.select ?? ''}
            value={object?.name ?? null}
            onChange={(name) => set({ object: name, record: null })}
            showSearch={{ optionFilterProp: 'title' }}
            options={objects.map((one) => ({
              value: one.name,
              title: label(one.label),
              label: (
                <span className={styles.option}>
                  <ObjectIcon icon={one.icon} /> {label(one.label)}
                </span>
              ),
            }))}
          />
        </div>
        {object && (
          <div>
            <FieldLabel id="access-record">{say('record')}</FieldLabel>
            <RecordBox
              key={object.name}
              aria-labelledby="access-record"
              place="form"
              target={object.name}
              field={{ required: false }}
              value={shown}
              onChange={(next) => set({ record: next?.id ?? null })}
            />
          </div>
        )}
      </div>
      {person && object ? (
        <Answer person={person} object={object} recordId={recordId} recordName={record.data?.name ?? null} />
      ) : (
        <p className={styles.hint}>{say('choose')}</p>
      )}
    </div>
  )
}

function Answer({ person, object, recordId, recordName }: { person: Person; object: ObjectDefinition; recordId: string | null; recordName: string | null }) {
  const say = useText()
  const label = useLabel()
  const access = useAccess(person.id, object.name, recordId)
  if (access.isError) return <Failed problem={access.error} onRetry={() => void access.refetch()} />
  if (!access.data) return <LoadingRows rows={3} columns={1} />
  const verdict = verdictOf(access.data)
  const what = recordId ? (recordName ?? '…') : label(object.plural_label)
  const Icon = { edit: Pencil, see: Eye, none: EyeOff }[verdict]
  return (
    <section className={styles.answer} aria-live="polite">
      <h2 className={styles.verdict} data-verdict={verdict}>
        <Icon size={20} aria-hidden />
        {say(`${recordId ? 'record' : 'object'}_${verdict}`, { name: person.name, what })}
      </h2>
      <h3>{say('why')}</h3>
      <Reasons person={person} object={object} access={access.data} ofRecord={recordId !== null} />
      <Link to={`/settings/people?person=${person.id}`}>{say('openPerson')}</Link>
    </section>
  )
}

function Reasons({ person, object, access, ofRecord }: { person: Person; object: ObjectDefinition; access: AccessAnswer; ofRecord: boolean }) {
  const say = useText()
  const label = useLabel()
  const what = label(object.plural_label)
  const said = (text: ReactNode) => <p className={styles.hint}>{text}</p>
  if (!person.active) return said(say('inactive', { name: person.name }))
  if (person.roles.length === 0) return said(say('noRoles', { name: person.name }))
  if (access.reasons.length === 0) return said(say('noGrant', { name: person.name, what, roles: person.roles.map((role) => label(role.name)).join(', ') }))
  return (
    <>
      {ofRecord && access.reasons.every((one) => !one.matched) && said(say('noMatch', { what }))}
      <ul className={styles.reasons}>
        {access.reasons.map((one, place) => (
          <li key={place} data-matched={one.matched}>
            <Chip hue={one.matched ? 'green' : 'grey'} dot>
              {say(one.matched ? 'gives' : 'givesNot')}
            </Chip>
            <span className={styles.sentence}>{label(one.sentence)}</span>
            <Link to={`/settings/roles/${one.role}`}>{say('openRole')}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}
