/** Who answers for a record, and who made and last changed it. */
import type { Field, FullRecord, ObjectDefinition, Reference } from '@/api/types'
import { proseMoment } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { PersonAvatar } from '@/ui/Avatar'
import { FieldLines } from './FieldGroups'
import type { FieldsProps } from './FieldGroups'
import { useText } from './messages'
import styles from './PeopleFacts.module.css'

const team = ['owner', 'department']

export function PeopleFacts({ object, ...fields }: FieldsProps & { object: ObjectDefinition }) {
  const say = useText()
  const shown = team.map((name) => object.fields.find((field) => field.name === name)).filter((field): field is Field => field !== undefined)
  return (
    <section className={styles.people}>
      <h3>{say('team')}</h3>
      <FieldLines fields={shown} {...fields} />
      <dl>
        <Moment title={say('created_at')} by={fields.record['created_by']} at={fields.record['created_at']} />
        <Moment title={say('updated_at')} by={fields.record['updated_by']} at={fields.record['updated_at']} />
      </dl>
    </section>
  )
}

function Moment({ title, by, at }: { title: string; by: FullRecord[string]; at: unknown }) {
  const locale = useLocale()
  const person = by as Reference | null | undefined
  if (typeof at !== 'string') return null
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {person?.name && (
          <>
            <PersonAvatar id={person.id} name={person.name} size={20} />
            {person.name}
          </>
        )}
        <time dateTime={at}>{proseMoment(at, locale)}</time>
      </dd>
    </div>
  )
}
