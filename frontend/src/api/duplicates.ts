/** The records that what is typed may be already. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRested } from '@/lib/hooks'
import { send } from './client'
import { keys } from './keys'
import type { Values } from './types'

export interface Duplicate {
  object: string
  /** Null for a record one may not see; its name is masked then. */
  id: string | null
  name: string | null
  owner: string | null
  updated_at: string | null
  hidden: boolean
  /** The fields of the form that are alike. */
  fields: string[]
  score: number
  action: 'block' | 'warn'
}

/** So long nothing is typed before the server is asked. */
const restMs = 400
const none: readonly Duplicate[] = []

/** `values` as they would be sent; null while there is nothing to ask. */
export function useDuplicates(object: string, id: string | null, values: Values | null): readonly Duplicate[] {
  const typed = values === null ? null : JSON.stringify(values)
  const rested = useRested(typed, restMs)
  const answer = useQuery({
    queryKey: keys.duplicates(object, id, rested),
    queryFn: ({ signal }) =>
      send<{ duplicates: Duplicate[] }>('POST', `/records/${object}/duplicates`, { body: { ...(id === null ? {} : { id }), values: JSON.parse(rested ?? '{}') as Values }, signal }),
    enabled: rested !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  return typed === null ? none : (answer.data?.duplicates ?? none)
}
