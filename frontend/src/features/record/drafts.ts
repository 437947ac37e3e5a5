/** Keeps what was typed into a form until it is saved or given up, for as long as the browser tab lives. */
import type { Values } from '@/api/types'

const prefix = 'guanxi.draft.'

export function draftKey(object: string, id: string | null): string {
  return `${prefix}${object}.${id ?? 'new'}`
}

export function readDraft(key: string): Values | null {
  const kept = sessionStorage.getItem(key)
  if (kept === null) return null
  try {
    const values: unknown = JSON.parse(kept)
    return typeof values === 'object' && values !== null && !Array.isArray(values) ? (values as Values) : null
  } catch {
    // Somebody else wrote under our name; a form starts without it.
    return null
  }
}

export function keepDraft(key: string, values: Values): void {
  if (Object.keys(values).length === 0) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, JSON.stringify(values))
}

export function dropDraft(key: string): void {
  sessionStorage.removeItem(key)
}
