/** What an import is about, in the reader's words: an object, or people. */
import { useCatalog } from '@/api/objects'
import type { Import } from '@/api/import_types'
import type { ObjectDefinition } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { labelText, useLocale } from '@/lib/i18n'
import { isPartlyWritten, person, personTargets, targetsOf } from './mapping'
import type { Target } from './mapping'
import { useText } from './text'

export interface What {
  name: string
  label: string
  icon: string
  color: string
  targets: readonly Target[]
  object: ObjectDefinition | undefined
}

/** Undefined while the objects are loading, and when the object may no longer be seen. */
export function useWhat(name: string | null): What | undefined {
  const say = useText()
  const locale = useLocale()
  const catalog = useCatalog()
  if (name === null) return undefined
  if (name === person) return { name, label: say('people'), icon: 'users', color: 'indigo', targets: personTargets, object: undefined }
  const object = catalog.data?.objects.find((one) => one.name === name)
  if (!object) return undefined
  return { name, label: labelText(object.label, locale), icon: object.icon, color: object.color, targets: targetsOf(object), object }
}

/** Which statuses can still be changed by the person. */
export function isOpen(import_: Import): boolean {
  return ['mapping', 'checking', 'checked', 'failed'].includes(import_.status) && !isPartlyWritten(import_)
}

/** Whether it has written records that can be taken back. People stay: they are deactivated one by one. */
export function canUndo(import_: Import): boolean {
  const { result } = import_
  if (import_.object === person || !['done', 'failed', 'cancelled'].includes(import_.status)) return false
  return (result?.created ?? 0) + (result?.updated ?? 0) > 0
}

/** Whether it broke off with some rows written, and can be run to its end. */
export function canGoOn(import_: Import): boolean {
  return isPartlyWritten(import_) && typeof import_.result?.removed !== 'number'
}

/** How much of its work an import has done, 0 to 100; null when it cannot be told. */
export function shareDone(import_: Import): number | null {
  const { progress } = import_
  if (!progress || progress.total === 0) return null
  return Math.min(100, Math.floor((progress.done / progress.total) * 100))
}

/** A count as sentences take it: small ones as numbers, so that the singular is found; large ones grouped. */
export function counted(count: number): number | string {
  return Math.abs(count) < 1000 ? count : formatNumber(count)
}
