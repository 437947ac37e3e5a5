/** Chooses a record, a person or a department: searched by name, code, pinyin and initials, made in place where a form allows. */
import { Select } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useCandidates } from '@/api/candidates'
import type { Candidate } from '@/api/candidates'
import type { Field, Reference, Values } from '@/api/types'
import { useObject } from '@/api/objects'
import { useRested } from '@/lib/hooks'
import { defineMessages, useLabel } from '@/lib/i18n'
import { useCreateInPlace } from '@/registry/create_in_place'
import type { InputProps, Within } from '@/registry/field_kind'
import { PersonAvatar } from '../Avatar'
import { useNarrowing } from '../offers/use_narrowing'
import type { NarrowedField } from '../offers/use_narrowing'
import styles from './inputs.module.css'

export const useRecordWords = defineMessages('record-box', {
  'zh-CN': { searching: '正在查找…', nothing: '没有找到，换个词试试', nothing_fits: '没有符合本记录的可选记录', failed: '查找失败，请重试', create: '新建{{object}}“{{name}}”', hidden: '无权查看' },
  en: { searching: 'Searching…', nothing: 'Nothing found. Try another word', nothing_fits: 'Nothing fits this record as it is', failed: 'The search failed. Try again', create: 'New {{object}} “{{name}}”', hidden: 'Not for you to see' },
})

interface RecordBoxProps extends Omit<InputProps<Reference>, 'field'> {
  target: string
  field: Pick<Field, 'required'> & NarrowedField
}

export function RecordBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, target, field, within, onDone, ...aria }: RecordBoxProps) {
  const say = useRecordWords()
  const label = useLabel()
  const object = useObject(target)
  const createInPlace = useCreateInPlace()
  const [isOpen, setOpen] = useState(place === 'cell')
  const [q, setQ] = useState(typed ?? '')
  const rested = useRested(q.trim())
  const narrowing = useNarrowing(field, within)
  const found = useCandidates(target, rested, isOpen, narrowing)
  const candidates = found.data ?? []

  function choose(next: Reference | null): void {
    onChange(next)
    setOpen(false)
    onDone?.(next)
  }
  async function create(): Promise<void> {
    setOpen(false)
    const made = await createInPlace?.(target, q.trim(), startingWith(field, within))
    if (made) choose(made)
  }
  const mayCreate = createInPlace !== null && object?.rights.create === true && q.trim() !== ''

  return (
    <Select<string>
      className={styles.full ?? ''}
      value={value?.id ?? null}
      options={candidates.map((one) => ({ value: one.id, label: one.name, candidate: one }))}
      labelRender={() => <ReferenceName reference={value} target={target} hidden={say('hidden')} />}
      optionRender={(option) => <CandidateOption candidate={(option.data as { candidate: Candidate }).candidate} target={target} />}
      showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
      notFoundContent={<div className={styles.note}>{found.isError ? say('failed') : found.isFetching || rested !== q.trim() ? say('searching') : say(narrowing && rested === '' ? 'nothing_fits' : 'nothing')}</div>}
      popupRender={(menu: ReactNode) => (
        <>
          {menu}
          {mayCreate && (
            <button type="button" className={styles.create} onMouseDown={(event) => event.preventDefault()} onClick={() => void create()}>
              {say('create', { object: label(object.label), name: q.trim() })}
            </button>
          )}
        </>
      )}
      open={isOpen}
      onOpenChange={setOpen}
      onChange={(chosen: string | undefined) => {
        const candidate = candidates.find((one) => one.id === chosen)
        choose(candidate ? { id: candidate.id, name: candidate.name } : null)
      }}
      allowClear={!field.required}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      popupMatchSelectWidth={place === 'cell' ? 320 : true}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}

/** What ties a record made here to the one that is filled in. */
function startingWith({ candidates_give: given }: NarrowedField, within: Within | undefined): Values {
  const pairs = Object.entries(given ?? {}).map(([theirs, ours]) => [theirs, within?.values[ours] ?? null] as const)
  return Object.fromEntries(pairs.filter(([, value]) => value !== null))
}

export function ReferenceName({ reference, target, hidden }: { reference: Reference | null; target: string; hidden: string }) {
  if (!reference) return null
  return (
    <span className={styles.record}>
      {target === 'person' && <PersonAvatar id={reference.id} name={reference.name} />}
      <span className={styles.name}>{reference.name ?? hidden}</span>
    </span>
  )
}

export function CandidateOption({ candidate, target }: { candidate: Candidate; target: string }) {
  return (
    <span className={styles.record}>
      {target === 'person' && <PersonAvatar id={candidate.id} name={candidate.name} size={24} />}
      <span className={styles.names}>
        <span className={styles.name}>{candidate.name}</span>
        {candidate.telling !== '' && <span className={styles.telling}>{candidate.telling}</span>}
      </span>
    </span>
  )
}
