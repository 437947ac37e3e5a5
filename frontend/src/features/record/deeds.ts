/** What one can do with a record as a whole: delete and undo, bring it back, copy its address. */
import { useQueryClient } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { isProblem, problemText } from '@/api/problem'
import { restoreRecord, useDeleteRecord } from '@/api/records'
import type { FullRecord, ObjectDefinition } from '@/api/types'
import { toast } from '@/ui/toast'
import { useText } from './messages'

export interface Deeds {
  copyLink: () => void
  remove: () => void
  restore: () => Promise<boolean>
}

export function recordAddress(object: string, id: string): string {
  return `/o/${object}/${id}`
}

export function useDeeds(object: ObjectDefinition, record: Pick<FullRecord, 'id' | 'name' | 'version'>, onGone: () => void): Deeds {
  const say = useText()
  const client = useQueryClient()
  const deletion = useDeleteRecord(object.name)

  async function restore(): Promise<boolean> {
    try {
      await restoreRecord(object.name, record.id)
    } catch (error) {
      if (!isProblem(error)) throw error
      toast.show({ text: problemText(error), tone: 'danger' })
      return false
    }
    await client.invalidateQueries({ queryKey: keys.ofObject(object.name) })
    toast.show({ text: say('restored', { name: record.name ?? '' }) })
    return true
  }

  return {
    copyLink: () => {
      void navigator.clipboard.writeText(new URL(recordAddress(object.name, record.id), window.location.href).href).then(() => toast.show({ text: say('link_copied') }))
    },
    remove: () =>
      deletion.mutate(
        { id: record.id, version: record.version },
        {
          onSuccess: () => {
            toast.show({ text: say('deleted', { name: record.name ?? '' }), undo: () => void restore() })
            onGone()
          },
          onError: (error) => toast.show({ text: problemText(error), tone: 'danger' }),
        },
      ),
    restore,
  }
}
