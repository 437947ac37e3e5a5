/** What the rules of an object say of records while they are filled in, as far as only the server can tell. */
import { send } from './client'
import type { Values } from './types'

export interface ToldRules {
  /** Null for a new record. */
  id: string | null
  hidden: readonly string[]
  required: readonly string[]
  read_only: readonly string[]
  /** Options that are not offered, by field. */
  not_offered: Readonly<Record<string, readonly string[]>>
}

/** A record as it is filled in: values as they are sent, over what is saved. */
export interface FilledIn {
  id?: string
  values: Values
}

export const mostAsked = 1000

/** Records one may not change are left out of the answer. */
export async function tellRules(object: string, records: readonly FilledIn[], signal?: AbortSignal): Promise<readonly ToldRules[]> {
  const { records: told } = await send<{ records: ToldRules[] }>('POST', `/records/${object}/rules`, { body: { records }, ...(signal ? { signal } : {}) })
  return told
}
