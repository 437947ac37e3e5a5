/** Records of the search, best objects first, and the records opened last when nothing was typed. */
import { useNavigate } from 'react-router'
import { fieldOf, useObjects } from '@/api/objects'
import { useSearch } from '@/api/search'
import type { Field, ObjectDefinition, SearchAnswer } from '@/api/types'
import { labelText, useLabel, useLocale } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { ObjectIcon } from '@/ui/ObjectIcon'
import type { Entry } from './entries'
import { Highlighted } from './Highlighted'
import { recentRecords } from './recent'

type Found = SearchAnswer['groups'][number]['records'][number]

/** The first fact is told in words; the state, else the second fact, stands at the far end as its kind draws it. */
function describe(object: ObjectDefinition, found: Found, question: string, locale: Locale): Pick<Entry, 'note' | 'end'> {
  const facts = found.summary.flatMap(({ field: name, value }) => {
    const field = fieldOf(object, name)
    return field && !kindOf(field).isEmpty(value) ? [{ field, value }] : []
  })
  const stage = facts.find(({ field }) => field.name === object.stage_field)
  const [first, second] = facts.filter((fact) => fact !== stage)
  const end = stage ?? second
  const words = [labelText(object.label, locale), found.matched?.text, first && kindOf(first.field).format(first.value, first.field, locale)]
  return {
    note: <Highlighted text={words.filter(Boolean).join(' · ')} question={question} />,
    end: end && <Fact {...end} />,
  }
}

function Fact({ field, value }: { field: Field; value: unknown }) {
  const { Cell } = kindOf(field)
  return <Cell value={value} field={field} place="card" />
}

export function useRecordEntries(question: string, narrowed: ObjectDefinition | null, isOff: boolean): { entries: Entry[]; isSearching: boolean } {
  const navigate = useNavigate()
  const locale = useLocale()
  const label = useLabel()
  const objects = useObjects()
  const search = useSearch(isOff ? '' : question)

  function entry(object: ObjectDefinition, id: string, name: string, more: Pick<Entry, 'note' | 'end'>): Entry {
    return {
      key: `${object.name}:${id}`,
      icon: <ObjectIcon icon={object.icon} color={object.color} size={22} />,
      name,
      object,
      ...more,
      open: () => void navigate(`/o/${object.name}/${id}`),
      openInDrawer: () => void navigate(`/o/${object.name}?record=${id}`),
    }
  }
  const isWanted = (object: ObjectDefinition | undefined): object is ObjectDefinition => object !== undefined && (!narrowed || object.name === narrowed.name)

  if (isOff) return { entries: [], isSearching: false }
  if (question === '') {
    const entries = recentRecords().flatMap(({ object: name, id, name: title }) => {
      const object = objects.find((each) => each.name === name && each.rights.see)
      return isWanted(object) ? [entry(object, id, title, { note: label(object.label) })] : []
    })
    return { entries, isSearching: false }
  }
  const entries = (search.data?.groups ?? []).flatMap((group) => {
    const object = objects.find((each) => each.name === group.object)
    if (!isWanted(object)) return []
    return group.records.slice(0, narrowed ? 8 : 4).map((found) => entry(object, found.id, found.name, describe(object, found, question, locale)))
  })
  return { entries, isSearching: search.isFetching }
}
