/** Every kind of data of the workspace, and the way to a new one. */
import { Plus, Undo2 } from 'lucide-react'
import { Link } from 'react-router'
import { useRoles } from '@/api/people'
import type { NewObject } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { daysLeft } from './days_left'
import type { DraftObject } from './draft_view'
import { Frame } from './Frame'
import type { Designing } from './Frame'
import { ObjectForm } from './ObjectForm'
import { useAppGroups } from './ObjectList'
import styles from './ObjectsPage.module.css'
import { useText } from './text'

export function ObjectsPage() {
  return <Frame side={(designing) => designing.panel === 'new' && <NewObjectForm designing={designing} />}>{(designing) => <Overview designing={designing} />}</Frame>
}

function NewObjectForm({ designing }: { designing: Designing }) {
  return (
    <ObjectForm
      onClose={() => designing.show(null)}
      onAdd={async (object: NewObject) => {
        await designing.addNamed({ action: 'add_object', object })
        designing.show('plan')
      }}
    />
  )
}

function Overview({ designing }: { designing: Designing }) {
  const say = useText()
  const inUse = designing.objects.filter((object) => object.retired_at === null || object.mark === 'retired')
  const retired = designing.objects.filter((object) => object.retired_at !== null && object.mark !== 'retired')
  const groups = useAppGroups(inUse)
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p>{say('dataHint')}</p>
        {!designing.isReadOnly && (
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => designing.show('new')}>
            {say('newObject')}
          </Button>
        )}
      </header>
      {groups.map((group) => (
        <section key={group.name ?? ''}>
          <h2>{group.label}</h2>
          <ul className={styles.cards}>
            {group.objects.map((object) => (
              <li key={object.name}>
                <Card object={object} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {retired.length > 0 && (
        <section>
          <h2>{say('retiredObjects')}</h2>
          <p className={styles.note}>{say('retiredNote')}</p>
          <ul className={styles.retired}>
            {retired.map((object) => (
              <Retired key={object.name} object={object} designing={designing} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Card({ object }: { object: DraftObject }) {
  const say = useText()
  const locale = useLocale()
  const roles = useRoles().data ?? []
  const fields = object.fields.filter((field) => !field.system && field.retired_at === null).length
  const seenBy = roles.filter((role) => !role.is_administrator && object.roles.includes(role.id)).map((role) => labelText(role.name, locale))
  return (
    <Link to={`/settings/objects/${object.name}`} className={styles.card} data-mark={object.mark ?? undefined}>
      <ObjectIcon icon={object.icon} color={object.color} size={32} />
      <span className={styles.words}>
        <span className={styles.title}>
          {labelText(object.label, locale)}
          {object.mark && <Chip hue={object.mark === 'retired' ? 'red' : object.mark === 'new' ? 'teal' : 'amber'}>{say(`mark_${object.mark}`)}</Chip>}
        </span>
        {object.description && <span className={styles.note}>{labelText(object.description, locale)}</span>}
        <span className={styles.note}>
          {say('fieldsCount', { count: fields })} · {say('roles')}: {seenBy.length > 0 ? seenBy.join(locale === 'zh-CN' ? '、' : ', ') : say('everyone')}
        </span>
      </span>
    </Link>
  )
}

function Retired({ object, designing }: { object: DraftObject; designing: Designing }) {
  const say = useText()
  const locale = useLocale()
  return (
    <li>
      <ObjectIcon icon={object.icon} />
      <span className={styles.title}>{labelText(object.label, locale)}</span>
      {object.retired_at && <Chip hue="amber">{say('daysLeft', { count: daysLeft(object.retired_at) })}</Chip>}
      {!designing.isReadOnly && (
        <Button
          size="small"
          icon={<Undo2 size={14} aria-hidden />}
          onClick={() => {
            designing.drafting.add({ action: 'restore_object', object: object.name })
            designing.show('plan')
          }}
        >
          {say('restore')}
        </Button>
      )}
    </li>
  )
}
