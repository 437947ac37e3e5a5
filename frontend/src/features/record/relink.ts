/** Where records point to several, this one among them: names a further one, takes one off. It is their field that changes. */
import { useQueryClient } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { fetchRecord, updateRecord } from '@/api/records'
import type { Reference } from '@/api/types'
import { toast } from '@/ui/toast'
import type { Related } from './related'

export interface Relinking {
  add: (other: string) => Promise<void>
  remove: (other: string) => Promise<void>
}

/** Null where the reader may not change what points here. */
export function useRelinking(related: Related, id: string): Relinking | null {
  const client = useQueryClient()
  const field = related.object.fields.find((one) => one.name === related.field)
  if (!related.isListed || !related.object.rights.edit || field?.access !== 'write') return null

  async function change(other: string, next: (ids: string[]) => string[]): Promise<void> {
    const { name } = related.object
    try {
      const record = await fetchRecord(name, other)
      const held = (record[related.field] as Reference[] | null) ?? []
      await updateRecord(name, { id: other, version: record.version, values: { [related.field]: next(held.map((one) => one.id)) } })
    } catch (error) {
      toast.show({ text: problemText(error), tone: 'danger' })
    }
    await client.invalidateQueries({ queryKey: keys.ofObject(name) })
  }
  return {
    add: (other) => change(other, (ids) => (ids.includes(id) ? ids : [...ids, id])),
    remove: (other) => change(other, (ids) => ids.filter((one) => one !== id)),
  }
}
