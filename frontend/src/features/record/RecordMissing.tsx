/** The face of a record that cannot be shown: in the trash, not there, not for one's eyes, or not reached. */
import { RotateCcw, Trash2 } from 'lucide-react'
import { isProblem } from '@/api/problem'
import { useRecordPages } from '@/api/records'
import type { ObjectDefinition } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows, NoAccess, NothingMatches } from '@/ui/faces'
import { useDeeds } from './deeds'
import { useText } from './messages'

export interface RecordMissingProps {
  object: ObjectDefinition | undefined
  id: string
  problem: unknown
  onRetry: () => void
  onLeave: () => void
}

export function RecordMissing({ object, id, problem, onRetry, onLeave }: RecordMissingProps) {
  const say = useText()
  const leave = <Button onClick={onLeave}>{say('to_list')}</Button>
  if (!object) return <NoAccess actions={leave} />
  if (isProblem(problem) && problem.status === 404) return <Trashed object={object} id={id} onRetry={onRetry} onLeave={onLeave} />
  return <Failed problem={problem} onRetry={onRetry} actions={leave} />
}

function Trashed({ object, id, onRetry, onLeave }: Omit<RecordMissingProps, 'problem' | 'object'> & { object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const trash = useRecordPages(object.name, { filter: { field: 'id', op: 'eq', value: id }, fields: ['name'], deleted: true, limit: 1 })
  const found = trash.data?.pages[0]?.records[0]
  const deeds = useDeeds(object, { id, name: String(found?.['name'] ?? ''), version: found?.version ?? 0 }, onLeave)
  const leave = <Button onClick={onLeave}>{say('to_list')}</Button>
  if (trash.isPending) return <LoadingRows rows={2} columns={1} />
  if (!found) return <NothingMatches title={say('missing_title', { object: label(object.label) })} text={say('missing_text')} actions={leave} />
  return (
    <NothingMatches
      icon={<Trash2 size={20} aria-hidden />}
      title={say('trashed_title', { name: String(found['name'] ?? '') })}
      text={say('trashed_text')}
      actions={
        <>
          {object.rights.delete && (
            <Button
              type="primary"
              icon={<RotateCcw size={16} aria-hidden />}
              onClick={() =>
                void deeds.restore().then((isBack) => {
                  if (isBack) onRetry()
                })
              }
            >
              {say('restore')}
            </Button>
          )}
          {leave}
        </>
      }
    />
  )
}
