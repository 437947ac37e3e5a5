/** Says what a value of the file means: one of the options, a record, a colleague, or nothing. */
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { Check } from 'lucide-react'
import { useDepartments, usePeople, useRoles } from '@/api/people'
import { fetchRecords } from '@/api/records'
import type { ImportColumn } from '@/api/import_types'
import { useRested } from '@/lib/hooks'
import { labelText, useLocale } from '@/lib/i18n'
import { Chip } from '@/ui/Chip'
import type { Target, ValueRow } from './mapping'
import styles from './ColumnPanel.module.css'
import { useText } from './text'

const nothing = '\u0000nothing'
const undecided = '\u0000undecided'

interface Meaning {
  value: string
  label: React.ReactNode
  text: string
}

export interface MeaningSelectProps {
  row: ValueRow
  column: ImportColumn
  target: Target
  size?: 'large' | 'medium'
  onSettle: (meaning: string | null | undefined) => void
}

export function MeaningSelect({ row, column, target, size = 'medium', onSettle }: MeaningSelectProps) {
  const say = useText()
  const locale = useLocale()
  const [typed, setTyped] = useState('')
  const [isOpened, setOpened] = useState(false)
  const asked = useRested(typed)
  const { meanings, isSearchedThere, isLoading } = useMeanings(target, column, isOpened, asked)
  const what = labelText(target.label, locale)
  /** A suggestion may come as the label of an option; it is the same option all the same. */
  const own = (value: string) => meanings.find((one) => one.value === value) ?? meanings.find((one) => one.text === value)
  const suggestion = row.suggestion === null ? undefined : (own(row.suggestion.value)?.value ?? row.suggestion.value)
  const suggested = suggestion === undefined ? undefined : (own(suggestion)?.text ?? suggestion)
  const meant = typeof row.meaning === 'string' ? (own(row.meaning)?.value ?? row.meaning) : row.meaning
  const options = [
    ...(suggestion === undefined ? [] : [{ value: suggestion, text: suggestion, label: say('suggestion', { value: suggested ?? suggestion }) }]),
    ...(typeof meant === 'string' && meant !== suggestion && !own(meant) ? [plain(meant)] : []),
    ...meanings.filter((one) => one.value !== suggestion),
    { value: nothing, label: <span className={styles.muted}>{say('leaveEmpty')}</span>, text: say('leaveEmpty') },
    ...(meant === undefined ? [] : [{ value: undecided, label: <span className={styles.muted}>{say('asWritten')}</span>, text: say('asWritten') }]),
  ]
  const choice = (
    <Select
      className={(meant === undefined ? styles.open : styles.settled) ?? ''}
      size={size}
      aria-label={`${row.value} → ${what}`}
      value={meant === undefined ? null : (meant ?? nothing)}
      placeholder={suggested === undefined ? say('pickMeaning', { what }) : say('suggestionMark', { value: suggested })}
      options={options}
      loading={isLoading}
      showSearch={isSearchedThere ? { filterOption: false, onSearch: setTyped } : { optionFilterProp: 'text' }}
      notFoundContent={isLoading ? say('searching') : say('nothingFound')}
      popupMatchSelectWidth={240}
      labelRender={({ value, label }) => (value === suggestion ? (own(suggestion)?.label ?? suggestion) : label)}
      onOpenChange={setOpened}
      onChange={(value: string | null) => onSettle(value === null || value === undecided ? undefined : value === nothing ? null : value)}
    />
  )
  return (
    <span className={styles.meaning}>
      {choice}
      {suggestion !== undefined && meant === undefined && (
        <button type="button" className={styles.accept} aria-label={say('accept', { value: row.value, meaning: suggested ?? suggestion })} onClick={() => onSettle(suggestion)}>
          <Check size={16} aria-hidden />
        </button>
      )}
    </span>
  )
}

interface Meanings {
  meanings: Meaning[]
  /** Too many to hold here; the server is asked for those that fit what is typed. */
  isSearchedThere: boolean
  isLoading: boolean
}

function plain(value: string): Meaning {
  return { value, label: value, text: value }
}

function useMeanings(target: Target, column: ImportColumn, isOpened: boolean, q: string): Meanings {
  const locale = useLocale()
  const matchBy = column.link?.match_by ?? 'name'
  const isPerson = target.linksTo === 'person'
  const isDepartment = target.linksTo === 'department'
  const isRole = target.field === null && target.name === 'role'
  const people = usePeople({ q }, isOpened && isPerson)
  const departments = useDepartments(isDepartment)
  const roles = useRoles(isRole)
  const isRecord = target.linksTo !== null && !isPerson && !isDepartment
  const records = useQuery({
    queryKey: ['import-meanings', target.linksTo, matchBy, q],
    queryFn: ({ signal }) => fetchRecords(target.linksTo ?? '', { q, fields: ['name', ...(matchBy === 'name' ? [] : [matchBy])], sort: ['name'], limit: 30 }, signal),
    enabled: isOpened && isRecord,
    placeholderData: (previous) => previous,
  })
  if (isPerson) {
    const meanings = (people.data ?? []).map((one) => ({ value: matchBy === 'email' ? one.email : one.name, label: one.name, text: one.name }))
    return { meanings, isSearchedThere: true, isLoading: people.isFetching }
  }
  if (isDepartment) return { meanings: (departments.data ?? []).map((one) => plain(one.name)), isSearchedThere: false, isLoading: departments.isLoading }
  if (isRole) return { meanings: (roles.data ?? []).map((one) => plain(labelText(one.name, locale))), isSearchedThere: false, isLoading: roles.isLoading }
  if (isRecord) {
    const meanings = (records.data?.records ?? []).flatMap((one) => {
      const key = one[matchBy]
      return typeof key === 'string' && key ? [{ value: key, label: String(one['name'] ?? key), text: key }] : []
    })
    return { meanings, isSearchedThere: true, isLoading: records.isFetching }
  }
  const choices = (target.field?.options.choices ?? []).filter((choice) => !choice.retired)
  const meanings = choices.map((choice) => {
    const text = labelText(choice.label, locale)
    return { value: choice.value, label: <Chip hue={choice.color}>{text}</Chip>, text }
  })
  return { meanings, isSearchedThere: false, isLoading: false }
}
