/** Changes of definitions: preview, apply, history. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { DesignPlan, DesignStep, FieldTypeInfo } from './types'

export interface DesignBody {
  base_version: number
  steps: DesignStep[]
}

export const planDesign = (body: DesignBody) => send<DesignPlan>('POST', '/design/plan', { body })

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

export function useDesignHistory() {
  return useQuery({ queryKey: keys.designHistory, queryFn: () => send<Record<string, unknown>>('GET', '/design/history') })
}
