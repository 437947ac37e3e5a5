/** Imports of files. */
import { useQuery } from '@tanstack/react-query'
import { send, upload } from './client'
import { keys } from './keys'
import type { Import, ImportDuplicates, ImportMapping, ImportPeople } from './import_types'

export function useImports(object?: string) {
  return useQuery({
    queryKey: keys.imports(object),
    queryFn: async () => (await send<{ imports: Import[] }>('GET', '/imports', { query: { object } })).imports,
    refetchInterval: (query) => (query.state.data?.some((one) => atWork.has(one.status)) ? 3000 : false),
  })
}

export const atWork: ReadonlySet<string> = new Set(['checking', 'running', 'undoing'])

/** One import; asked again while it works, besides what live events tell. */
export function useImport(id: string | null) {
  return useQuery({
    queryKey: keys.import(id ?? ''),
    queryFn: () => send<Import>('GET', `/imports/${id ?? ''}`),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && atWork.has(query.state.data.status) ? 1500 : false),
  })
}

export function uploadImport(object: string, file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<Import> {
  const form = new FormData()
  form.set('object', object)
  form.set('file', file)
  return upload('/imports', form, onProgress, signal)
}

export interface ImportFileWish {
  encoding?: string
  delimiter?: string
  sheet?: string
  header_row?: number
}

export interface ImportChanges {
  mapping?: ImportMapping[]
  duplicates?: ImportDuplicates
  people?: ImportPeople
  file?: ImportFileWish
}
export const changeImport = (id: string, body: ImportChanges) => send<Import>('PATCH', `/imports/${id}`, { body })
export const checkImport = (id: string) => send<Import>('POST', `/imports/${id}/check`)
export const runImport = (id: string) => send<Import>('POST', `/imports/${id}/run`)
export const undoImport = (id: string) => send<Import>('POST', `/imports/${id}/undo`)
export const cancelImport = (id: string) => send<void>('DELETE', `/imports/${id}`)
export const importErrorsAddress = (id: string) => `/api/v1/imports/${id}/errors.csv`
