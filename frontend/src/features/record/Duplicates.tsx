/** Which records the one in the form may be already, and why; one can look at them, or use one instead. */
import { Copy } from 'lucide-react'
import { Link } from 'react-router'
import { mergeAddress } from '@/api/merges'
import { useDuplicates } from '@/api/duplicates'
import type { Duplicate } from '@/api/duplicates'
import { useObject } from '@/api/objects'
import type { Field, ObjectDefinition, Reference } from '@/api/types'
import { proseMoment } from '@/lib/format'
import { currentLocale, defineMessages, useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { wireValues } from './form'
import type { RecordForm } from './use_record_form'
import styles from './Duplicates.module.css'

const useText = defineMessages('duplicates', {
  'zh-CN': {
    title: '可能已经有了（{{count}}）',
    blocked: '已经有了，不能再保存一条（{{count}}）',
    alike: '{{fields}}相同或相近',
    owner: '负责人 {{name}}',
    changed: '{{date}} 更新',
    hidden: '你看不到这条记录，可以问它的负责人',
    open: '查看',
    use: '用这条',
    merge: '合并…',
    new_tab: '{{name}}，在新标签页打开',
  },
  en: {
    title: 'It may be there already ({{count}})',
    blocked: 'It is there already and cannot be saved twice ({{count}})',
    alike: 'the same or a similar {{fields}}',
    owner: 'Owner {{name}}',
    changed: 'changed {{date}}',
    hidden: 'You do not see this record; ask its owner',
    open: 'Look',
    use: 'Use this one',
    merge: 'Merge…',
    new_tab: '{{name}}, opens in a new tab',
  },
})

export interface DuplicatesProps {
  object: ObjectDefinition
  /** The record; null for a new one. */
  record: string | null
  form: RecordForm
  /** What to do with a record that is used instead; none where the form is of a record of its own. */
  onUse?: ((record: Reference) => void) | undefined
}

export function Duplicates({ object, record, form, onUse }: DuplicatesProps) {
  const say = useText()
  const asked = object.fields.filter((field) => (object.duplicates_by ?? []).includes(field.name))
  const touched = record === null ? asked.some((field) => !isEmpty(field, form)) : asked.some((field) => field.name in form.changes)
  const found = useDuplicates(object.name, record, touched ? wireValues(asked, Object.fromEntries(asked.map((field) => [field.name, form.values[field.name] ?? null]))) : null)
  if (found.length === 0) return null
  const blocks = found.some((one) => one.action === 'block')
  return (
    <section className={styles.box} data-blocks={blocks || undefined} role="status" aria-label={say(blocks ? 'blocked' : 'title', { count: found.length })}>
      <h3 className={styles.title}>
        <Copy size={14} aria-hidden /> {say(blocks ? 'blocked' : 'title', { count: found.length })}
      </h3>
      <ul className={styles.list}>
        {found.map((one, index) => (
          <One key={one.id ?? index} one={one} record={object.rights.delete ? record : null} fields={object.fields} own={object.name} onUse={onUse} />
        ))}
      </ul>
    </section>
  )
}

function One({ one, record, fields, own, onUse }: { one: Duplicate; record: string | null; fields: readonly Field[]; own: string; onUse?: ((record: Reference) => void) | undefined }) {
  const say = useText()
  const label = useLabel()
  const object = useObject(one.object)
  const alike = fields.filter((field) => one.fields.includes(field.name)).map((field) => label(field.label))
  const facts = [
    one.object === own ? null : label(object?.label),
    say('alike', { fields: alike.join(label({ 'zh-CN': '、', en: ', ' })) }),
    one.owner ? say('owner', { name: one.owner }) : null,
    one.updated_at ? say('changed', { date: proseMoment(one.updated_at, currentLocale()) }) : null,
    one.hidden ? say('hidden') : null,
  ]
  const { id, name } = one
  return (
    <li className={styles.one}>
      <div className={styles.what}>
        <div className={styles.name}>{name ?? '…'}</div>
        <div className={styles.facts}>{facts.filter(Boolean).join(' · ')}</div>
      </div>
      {id !== null && (
        <a className={styles.deed} href={`/o/${one.object}/${id}`} target="_blank" rel="noreferrer" aria-label={say('new_tab', { name: name ?? '' })}>
          {say('open')}
        </a>
      )}
      {id !== null && record !== null && one.object === own && (
        <Link className={styles.deed} to={mergeAddress(own, [record, id])}>
          {say('merge')}
        </Link>
      )}
      {id !== null && onUse && one.object === own && (
        <button type="button" className={styles.deed} onClick={() => onUse({ id, name })}>
          {say('use')}
        </button>
      )}
    </li>
  )
}

function isEmpty(field: Field, form: RecordForm): boolean {
  return kindOf(field).isEmpty(form.values[field.name] ?? null)
}
