/** Imports of files. */
import { useQuery } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { Import, ImportMapping } from './types'

export function useImports(object?: string) {
  return useQuery({
    queryKey: keys.imports(object),
    queryFn: async () => (await send<{ imports: Import[] }>('GET', '/imports', { query: { object } })).imports,
  })
}

const atWork = new Set(['checking', 'running', 'undoing'])

/** One import; asked again while it works, besides what live events tell. */
export function useImport(id: string | null) {
  return useQuery({
    queryKey: keys.import(id ?? ''),
    queryFn: () => send<Import>('GET', `/imports/${id ?? ''}`),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && atWork.has(query.state.data.status) ? 1500 : false),
  })
}

export function uploadImport(object: string, file: File): Promise<Import> {
  const form = new FormData()
  form.set('object', object)
  form.set('file', file)
  return send('POST', '/imports', { form })
}

export interface ImportChanges {
  mapping?: ImportMapping[]
  duplicates?: Import['duplicates']
  file?: { encoding?: string; delimiter?: string; sheet?: string; header_row?: number }
}
export const changeImport = (id: string, body: ImportChanges) => send<Import>('PATCH', `/imports/${id}`, { body })
export const checkImport = (id: string) => send<Import>('POST', `/imports/${id}/check`)
export const runImport = (id: string) => send<Import>('POST', `/imports/${id}/run`)
export const undoImport = (id: string) => send<Import>('POST', `/imports/${id}/undo`)
export const cancelImport = (id: string) => send<void>('DELETE', `/imports/${id}`)
export const importErrorsAddress = (id: string) => `/api/v1/imports/${id}/errors.csv`
