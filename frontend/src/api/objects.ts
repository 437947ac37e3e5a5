/** The applications and objects the person may see. */
import { useQuery } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { App, ComputingMark, Field, ObjectDefinition } from './types'

export interface Catalog {
  design_version: number
  objects: ObjectDefinition[]
}

export function useCatalog() {
  return useQuery({ queryKey: keys.objects, queryFn: () => send<Catalog>('GET', '/objects'), staleTime: 5 * 60_000 })
}

export function useObjects(): ObjectDefinition[] {
  return useCatalog().data?.objects ?? []
}

/** The object of that name; undefined while loading and when it may not be seen. */
export function useObject(name: string | null | undefined): ObjectDefinition | undefined {
  return useCatalog().data?.objects.find((object) => object.name === name)
}

const lookingAgain = 2000

/** Which computed fields of the object are not up to date; asked again until none is. */
export function useComputing(object: ObjectDefinition) {
  return useQuery({
    queryKey: keys.computing(object.name),
    queryFn: async () => (await send<{ computing: ComputingMark[] }>('GET', `/objects/${object.name}/computing`)).computing,
    enabled: object.fields.some((field) => field.computed),
    refetchInterval: (query) => (query.state.data?.some((mark) => !mark.failed) ? lookingAgain : false),
  })
}

export function useApps() {
  return useQuery({ queryKey: keys.apps, queryFn: async () => (await send<{ apps: App[] }>('GET', '/apps')).apps, staleTime: 5 * 60_000 })
}

export function fieldOf(object: ObjectDefinition, name: string): Field | undefined {
  return object.fields.find((field) => field.name === name)
}

/** The field at the end of a dotted path such as `account.industry`, with the fields on the way. */
export function fieldAtPath(objects: readonly ObjectDefinition[], object: ObjectDefinition, path: string): Field[] | null {
  const steps: Field[] = []
  let here: ObjectDefinition | undefined = object
  for (const name of path.split('.')) {
    const field: Field | undefined = here?.fields.find((candidate) => candidate.name === name)
    if (!field) return null
    steps.push(field)
    here = objects.find((candidate) => candidate.name === field.options.target)
  }
  return steps
}

export function activeFields(object: ObjectDefinition): Field[] {
  return object.fields.filter((field) => field.retired_at === null)
}
