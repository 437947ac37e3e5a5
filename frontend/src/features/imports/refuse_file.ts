/** Files that need not travel to be refused. */
import type { Say } from '@/lib/i18n'

export const limitMegabytes = 200

type Words = 'wrongType' | 'oldExcel' | 'tooLarge' | 'emptyFile'

/** What to tell about a file that cannot be imported; null when it may be tried. */
export function refuseFile(file: Pick<File, 'name' | 'size'>, say: Say<Words>): string | null {
  const { name, size } = file
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (ending === 'xls') return say('oldExcel', { name })
  if (!['csv', 'tsv', 'txt', 'xlsx'].includes(ending)) return say('wrongType', { name })
  if (size === 0) return say('emptyFile', { name })
  if (size > limitMegabytes * 1024 * 1024) return say('tooLarge', { name, size: Math.ceil(size / 1024 / 1024), limit: limitMegabytes })
  return null
}
