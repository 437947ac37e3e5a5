/** Saved views of an object. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { View, ViewConfig } from './types'

export function useViews(object: string) {
  return useQuery({
    queryKey: keys.views(object),
    queryFn: async () => (await send<{ views: View[] }>('GET', '/views', { query: { object } })).views,
    staleTime: 60_000,
    enabled: object !== '',
  })
}

export interface NewView {
  object: string
  name: string
  kind: string
  shared: boolean
  config: ViewConfig
}

export function useCreateView(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewView) => send<View>('POST', '/views', { body }),
    onSuccess: (view) => client.setQueryData<View[]>(keys.views(object), (views) => [...(views ?? []), view]),
  })
}

export type ViewChanges = Partial<Pick<View, 'name' | 'shared' | 'position' | 'is_default' | 'config'>>

export function useChangeView(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ view, changes }: { view: View; changes: ViewChanges }) =>
      send<View>('PATCH', `/views/${view.id}`, { body: changes, ifMatch: view.version }),
    onSuccess: (changed) =>
      client.setQueryData<View[]>(keys.views(object), (views) => views?.map((view) => (view.id === changed.id ? changed : view)) ?? [changed]),
    onError: () => client.invalidateQueries({ queryKey: keys.views(object) }),
  })
}

export function useDeleteView(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (view: View) => send<void>('DELETE', `/views/${view.id}`, { ifMatch: view.version }),
    onSuccess: (_answer, gone) => client.setQueryData<View[]>(keys.views(object), (views) => views?.filter((view) => view.id !== gone.id) ?? []),
  })
}
