/** What inputs, cells and pages of files share: sizes, what a browser shows by itself, values. */
import type { StoredFile } from '@/api/files'

const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'])

export function isShownByBrowsers(file: StoredFile): boolean {
  return shown.has(file.type)
}

/** `1.4 MB`; the same in every language. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const [figure, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kB'] : [bytes / 1024 / 1024, 'MB']
  return `${figure < 10 ? figure.toFixed(1) : figure.toFixed(0)} ${unit}`
}

/** While an upload is under way the value is this word, which no check lets through. */
export const UPLOADING = 'uploading'

export function filesIn(value: unknown): StoredFile[] {
  return Array.isArray(value) ? (value as StoredFile[]) : []
}

export function namesOf(value: unknown): string {
  return filesIn(value)
    .map((file) => file.name)
    .join('; ')
}

export const stillUploading = { 'zh-CN': '文件还在上传，请稍等。', en: 'A file is still being uploaded. Wait a moment.' }
export const uploadInstead = { 'zh-CN': '文件请在这里上传，不能用文字填写。', en: 'Upload files here; they cannot be written as text.' }
