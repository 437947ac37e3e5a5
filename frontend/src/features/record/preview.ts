/** What computed fields would come to if the form were saved now: those that hang on other records, the server is asked for. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { send } from '@/api/client'
import { keys } from '@/api/keys'
import type { ObjectDefinition, Values } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { isComputedHere } from './rule_state'

/** So long nothing is typed before the server is asked. */
const restMs = 350

export interface Preview {
  /** By field; null while nothing is known. */
  values: Values | null
  /** What is shown belongs to what was typed a moment ago. */
  isBehind: boolean
}

/** `values` as they would be sent, null while there is nothing to ask. */
export function usePreview(object: ObjectDefinition, id: string | null, values: Values | null): Preview {
  const isNeeded = object.fields.some((field) => field.computed && field.retired_at === null && !isComputedHere(field))
  const typed = isNeeded && values !== null ? JSON.stringify(values) : null
  const rested = useRested(typed, restMs)
  const answer = useQuery({
    queryKey: [...keys.preview(object.name, id), rested],
    queryFn: ({ signal }) =>
      send<Values>('POST', `/records/${object.name}/preview`, { body: { ...(id === null ? {} : { id }), values: JSON.parse(rested ?? '{}') as Values }, signal }),
    enabled: rested !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const isKnown = typed !== null && answer.data !== undefined && !answer.isError
  return { values: isKnown ? answer.data : null, isBehind: isKnown && (typed !== rested || answer.isPlaceholderData) }
}
