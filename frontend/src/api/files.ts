/** Files that fields of records hold. */
import { upload } from './client'

/** What a field says of a file. */
export interface StoredFile {
  id: string
  name: string
  /** IANA media type. */
  type: string
  /** Bytes. */
  size: number
  /** Whether there is a small picture of it. */
  thumbnail: boolean
}

export function uploadFile(file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<StoredFile> {
  const form = new FormData()
  form.set('file', file)
  return upload('/files', form, onProgress, signal)
}

export const fileAddress = (id: string, download = false) => `/api/v1/files/${id}${download ? '?download=true' : ''}`
export const thumbnailAddress = (id: string) => `/api/v1/files/${id}/thumbnail`
