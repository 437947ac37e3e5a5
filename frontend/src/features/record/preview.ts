/** What computed fields would come to if the form were saved now: those that hang on other records, the server is asked for. */
import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { isProblem } from '@/api/problem'
import type { Problem } from '@/api/problem'
import { send } from '@/api/client'
import { keys } from '@/api/keys'
import type { ObjectDefinition, Values } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { isComputedHere, looksElsewhere } from '@/ui/rules/rule_state'

/** So long nothing is typed before the server is asked. */
const restMs = 350

const refusedStatus = 422

export interface Preview {
  /** By field; null while nothing is known. */
  values: Values | null
  /** What is shown belongs to what was typed a moment ago. */
  isBehind: boolean
  /** Why it could not be saved like this; null while nothing is known against it. */
  refused: Problem | null
}

interface Told {
  values: Values | null
  refused: Problem | null
}

/** `values` as they would be sent, null while there is nothing to ask. */
export function usePreview(object: ObjectDefinition, id: string | null, values: Values | null): Preview {
  const isNeeded = object.fields.some((field) => field.computed && field.retired_at === null && !isComputedHere(field)) || looksElsewhere(object)
  const typed = isNeeded && values !== null ? JSON.stringify(values) : null
  const rested = useRested(typed, restMs)
  const [last, setLast] = useState<Values | null>(null)
  const answer = useQuery({
    queryKey: [...keys.preview(object.name, id), rested],
    queryFn: ({ signal }) => ask(object.name, { ...(id === null ? {} : { id }), values: JSON.parse(rested ?? '{}') as Values }, signal),
    enabled: rested !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const told = typed !== null && !answer.isError ? answer.data : undefined
  // While it would be refused, what was known before stays in sight.
  if (told?.values && told.values !== last) setLast(told.values)
  const isBehind = told !== undefined && (typed !== rested || answer.isPlaceholderData)
  return { values: told ? (told.values ?? last) : null, isBehind: isBehind || told?.values === null, refused: isBehind ? null : (told?.refused ?? null) }
}

async function ask(object: string, body: { id?: string; values: Values }, signal: AbortSignal): Promise<Told> {
  try {
    return { values: await send<Values>('POST', `/records/${object}/preview`, { body, signal }), refused: null }
  } catch (error) {
    if (isProblem(error) && error.status === refusedStatus) return { values: null, refused: error }
    throw error
  }
}
