/** Chooses several records, people or departments, searched for as one is. What is chosen stays in the order it was chosen in. */
import { Select } from 'antd'
import { useState } from 'react'
import { useCandidates } from '@/api/candidates'
import type { Candidate } from '@/api/candidates'
import type { Reference } from '@/api/types'
import { useRested } from '@/lib/hooks'
import type { InputProps } from '@/registry/field_kind'
import { CandidateOption, ReferenceName, useRecordWords } from './RecordBox'
import styles from './inputs.module.css'

interface RecordsBoxProps extends InputProps<Reference[]> {
  target: string
}

export function RecordsBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, target, field, ...aria }: RecordsBoxProps) {
  const say = useRecordWords()
  const [isOpen, setOpen] = useState(place === 'cell')
  const [q, setQ] = useState(typed ?? '')
  const rested = useRested(q.trim())
  const found = useCandidates(target, rested, isOpen)
  const chosen = value ?? []
  const candidates: Candidate[] = found.data ?? []
  const known = new Map<string, Reference>([...candidates, ...chosen].map((one) => [one.id, one]))
  const most = typeof field.options['most'] === 'number' ? field.options['most'] : undefined

  function choose(ids: string[]): void {
    const next = ids.map((one) => chosen.find((other) => other.id === one) ?? { id: one, name: known.get(one)?.name ?? null })
    setQ('')
    onChange(next.length === 0 ? null : next)
  }
  return (
    <Select<string[]>
      className={styles.full ?? ''}
      mode="multiple"
      value={chosen.map((one) => one.id)}
      options={candidates.map((one) => ({ value: one.id, label: one.name, candidate: one }))}
      labelRender={(label) => <ReferenceName reference={known.get(String(label.value)) ?? null} target={target} hidden={say('hidden')} />}
      optionRender={(option) => <CandidateOption candidate={(option.data as { candidate: Candidate }).candidate} target={target} />}
      showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
      notFoundContent={<div className={styles.note}>{found.isError ? say('failed') : found.isFetching || rested !== q.trim() ? say('searching') : say('nothing')}</div>}
      open={isOpen}
      onOpenChange={setOpen}
      onChange={choose}
      allowClear={!field.required}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      popupMatchSelectWidth={place === 'cell' ? 320 : true}
      {...(most === undefined ? {} : { maxCount: most })}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}
