/** Changes of definitions: preview, apply, history. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { ComputingField, DesignChange, DesignedObject, DesignPlan, DesignStep, FieldTypeInfo } from './design_types'

export interface DesignBody {
  base_version: number
  steps: DesignStep[]
}

export const planDesign = (body: DesignBody, signal?: AbortSignal) =>
  send<DesignPlan>('POST', '/design/plan', { body, ...(signal ? { signal } : {}) })

export interface Designs {
  design_version: number
  objects: DesignedObject[]
}

/** Every object as designers see it, retired ones included. */
export function useDesigns() {
  return useQuery({ queryKey: keys.designs, queryFn: () => send<Designs>('GET', '/design/objects') })
}

export function useApplyDesign() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: DesignBody) => send<{ design_version: number; steps: DesignPlan['steps'] }>('POST', '/design/apply', { body }),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useFieldTypes() {
  return useQuery({
    queryKey: keys.fieldTypes,
    queryFn: async () => (await send<{ types: FieldTypeInfo[] }>('GET', '/field-types')).types,
    staleTime: Infinity,
  })
}

const lookingAgain = 1500

/** The computed fields of all objects that are not up to date; asked again until none is. */
export function useDesignComputing() {
  return useQuery({
    queryKey: keys.designComputing,
    queryFn: async () => (await send<{ computing: ComputingField[] }>('GET', '/design/computing')).computing,
    refetchInterval: (query) => (query.state.data?.some((one) => !one.failed) ? lookingAgain : false),
  })
}

/** Computes what failed of an object, from where it stopped. */
export function useRetryComputing() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (object: string) => send<unknown>('POST', `/design/computing/${object}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.designComputing }),
  })
}

/** The step that takes one of the history back. Rejects with why it cannot be. */
export const undoOfStep = async (version: number, place: number) => (await send<{ step: DesignStep }>('GET', `/design/history/${version}/${place}/undo`)).step

export function useDesignHistory() {
  return useInfiniteQuery({
    queryKey: keys.designHistory,
    queryFn: ({ pageParam }) =>
      send<{ changes: DesignChange[]; next_cursor: string | null }>('GET', '/design/history', { query: { cursor: pageParam, limit: 30 } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}
