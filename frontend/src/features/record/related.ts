/** The records that point to this one. */
import { useObjects } from '@/api/objects'
import { useCounts } from '@/api/records'
import type { Filter, Label, ObjectDefinition, Values } from '@/api/types'

export interface Related {
  /** Names the list; an object may point here by several links. */
  key: string
  object: ObjectDefinition
  field: string
  /** Whether they point to several, this one among them. */
  isListed: boolean
  label: Label
  filter: Filter
  count: number | undefined
  isCapped: boolean
}

export function useRelated(object: ObjectDefinition, id: string): Related[] {
  const objects = useObjects()
  const lists = object.related.flatMap((related) => {
    const target = objects.find((candidate) => candidate.name === related.object)
    if (!target) return []
    const filter: Filter = related.listed ? { field: related.field, op: 'has_any', value: [id] } : { field: related.field, op: 'eq', value: id }
    return [{ key: `${related.object}.${related.field}`, object: target, field: related.field, isListed: related.listed ?? false, label: related.label, filter }]
  })
  const counts = useCounts(lists.map((list) => ({ object: list.object.name, query: { filter: list.filter } })))
  return lists.map((list, index) => ({ ...list, count: counts[index]?.count, isCapped: counts[index]?.capped ?? false }))
}

/** What a new record of the list holds: that it points to this one. */
export function pointingTo(list: Related, record: { id: string; name?: string | null }): Values {
  const reference = { id: record.id, name: record.name ?? null }
  return { [list.field]: list.isListed ? [reference] : reference }
}

/** What one most likely adds to a record: something with stages, else the first list of another object. */
export function likeliestToCreate(lists: readonly Related[], object: ObjectDefinition): Related | undefined {
  const others = lists.filter((list) => list.object.rights.create && list.object.name !== object.name)
  return others.find((list) => list.object.stage_field !== null) ?? others[0]
}

/** `1,000+` where counting stopped. */
export function countText({ count, isCapped }: Related): string {
  if (count === undefined) return ''
  return isCapped ? `${count.toLocaleString('en-US')}+` : count.toLocaleString('en-US')
}
