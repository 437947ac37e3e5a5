/** Which share of its records has each field of an object filled. */
import { useQueries } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { fetchAggregate } from '@/api/records'
import type { AggregateQuery } from '@/api/types'
import type { DraftField, DraftObject } from './draft_view'

/** As many fields are counted by one question; the server takes twenty figures, one of which is the whole. */
const together = 19

/** The share from 0 to 1; null where it is not known or there is nothing to fill. */
export function useFilled(object: DraftObject): (field: DraftField) => number | null {
  const isThere = object.mark !== 'new' && object.retired_at === null
  const names = isThere
    ? object.fields.filter((field) => field.live?.retired_at === null && field.aggregates.includes('count_filled')).map((field) => field.name)
    : []
  const parts = Array.from({ length: Math.ceil(names.length / together) }, (_, place) => names.slice(place * together, (place + 1) * together))
  const answers = useQueries({
    queries: parts.map((part) => {
      const query: AggregateQuery = { group_by: [], measures: [{ op: 'count' }, ...part.map((field) => ({ op: 'count_filled' as const, field }))] }
      return { queryKey: keys.aggregate(object.name, query), queryFn: () => fetchAggregate(object.name, query), staleTime: 60_000 }
    }),
  })
  return (field) => {
    const place = names.indexOf(field.name)
    const [group] = answers[Math.floor(place / together)]?.data?.groups ?? []
    const total = Number(group?.values[0] ?? 0)
    if (place < 0 || !group || total === 0) return null
    return Number(group.values[(place % together) + 1] ?? 0) / total
  }
}
