/** What can be done with a whole import: undo, cancel. Both ask first. */
import { useQueryClient } from '@tanstack/react-query'
import { cancelImport, runImport, undoImport } from '@/api/imports'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import type { Import } from '@/api/import_types'
import { formatNumber } from '@/lib/format'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import { useText } from './text'

export interface ImportDeeds {
  undo: (import_: Import) => Promise<void>
  /** Goes on behind the last row that was written. */
  goOn: (import_: Import) => Promise<void>
  /** True when it was cancelled. */
  cancel: (import_: Import) => Promise<boolean>
}

export function useImportDeeds(): ImportDeeds {
  const say = useText()
  const client = useQueryClient()

  async function refresh(id: string): Promise<void> {
    await Promise.all([client.invalidateQueries({ queryKey: ['imports'] }), client.invalidateQueries({ queryKey: keys.import(id) })])
  }

  return {
    async undo(import_) {
      const isSure = await confirm({
        title: say('undoQuestion'),
        body: say('undoBody', { created: formatNumber(import_.result?.created ?? 0), updated: formatNumber(import_.result?.updated ?? 0) }),
        verb: say('undoVerb'),
        keep: say('keep'),
        danger: true,
      })
      if (!isSure) return
      try {
        client.setQueryData(keys.import(import_.id), await undoImport(import_.id))
      } catch (error) {
        toast.show({ text: problemText(error), tone: 'danger' })
      }
      await refresh(import_.id)
    },
    async goOn(import_) {
      try {
        client.setQueryData(keys.import(import_.id), await runImport(import_.id))
      } catch (error) {
        toast.show({ text: problemText(error), tone: 'danger' })
      }
      await refresh(import_.id)
    },
    async cancel(import_) {
      const isSure = await confirm({ title: say('cancelQuestion'), body: say('cancelBody'), verb: say('cancelVerb'), keep: say('goOn'), danger: true })
      if (!isSure) return false
      try {
        await cancelImport(import_.id)
      } catch (error) {
        toast.show({ text: problemText(error), tone: 'danger' })
        return false
      } finally {
        await refresh(import_.id)
      }
      return true
    },
  }
}
