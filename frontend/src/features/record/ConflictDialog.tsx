/** Two people changed the same field: both values side by side, and the person chooses field by field. */
import { useEffect, useState } from 'react'
import { Modal } from 'antd'
import type { Field, Reference } from '@/api/types'
import { proseMoment } from '@/lib/format'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { useText } from './messages'
import type { Conflict, Saving } from './saving'
import styles from './ConflictDialog.module.css'

export function ConflictDialog({ saving }: { saving: Saving }) {
  if (!saving.conflict) return null
  return <Choosing conflict={saving.conflict} answer={saving.answer} />
}

function Choosing({ conflict, answer }: { conflict: Conflict; answer: Saving['answer'] }) {
  const say = useText()
  const label = useLabel()
  const locale = useLocale()
  const [keepsMine, setKeepsMine] = useState<Record<string, boolean>>({})
  useEffect(() => setKeepsMine({}), [conflict])
  const { current, clashes } = conflict
  const other = (current['updated_by'] as Reference | null)?.name ?? say('somebody')
  const moment = typeof current['updated_at'] === 'string' ? proseMoment(current['updated_at'], locale) : ''
  return (
    <Modal
      open
      width={640}
      closable={false}
      title={say('conflict_title', { name: other })}
      onCancel={() => answer(null)}
      footer={
        <>
          <Button onClick={() => answer(null)}>{say('conflict_theirs')}</Button>
          <Button type="primary" onClick={() => answer(keepsMine)}>
            {say('conflict_save')}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{say('conflict_lead', { name: other, moment })}</p>
      {clashes.map(({ field, mine, theirs }) => (
        <div key={field.name} role="radiogroup" aria-label={label(field.label)} className={styles.clash}>
          <div className={styles.name}>{label(field.label)}</div>
          <Side field={field} value={theirs} title={other} isChosen={!keepsMine[field.name]} onChoose={() => setKeepsMine((known) => ({ ...known, [field.name]: false }))} />
          <Side field={field} value={mine} title={say('mine')} isChosen={keepsMine[field.name] ?? false} onChoose={() => setKeepsMine((known) => ({ ...known, [field.name]: true }))} />
        </div>
      ))}
    </Modal>
  )
}

interface SideProps {
  field: Field
  value: unknown
  title: string
  isChosen: boolean
  onChoose: () => void
}

function Side({ field, value, title, isChosen, onChoose }: SideProps) {
  const kind = kindOf(field)
  const locale = useLocale()
  return (
    <label className={isChosen ? `${styles.side} ${styles.chosen}` : styles.side}>
      <input type="radio" checked={isChosen} onChange={onChoose} />
      <span>
        <span className={styles.who}>{title}</span>
        <span className={styles.value}>{kind.isEmpty(value) ? '—' : kind.format(value, field, locale)}</span>
      </span>
    </label>
  )
}
