/** What a change of many would do: tried on the server without being kept. */
import { useQuery } from '@tanstack/react-query'
import { problemText } from '@/api/problem'
import { sendBulk } from '@/api/records'
import type { Field, ObjectDefinition } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useRested } from '@/lib/hooks'
import { firstOf, inParcels, parcel } from './bulk'
import { useText } from './messages'
import type { Target } from './selection'
import styles from './table.module.css'

const resting = 400

export interface BulkPreviewProps {
  object: ObjectDefinition
  target: Target
  count: number
  field: Field
  /** As it is sent. */
  value: unknown
}

export function BulkPreview({ object, target, count, field, value }: BulkPreviewProps) {
  const say = useText()
  const rested = useRested(JSON.stringify({ field: field.name, value }), resting)
  const isResting = rested === JSON.stringify({ field: field.name, value })
  const tried = useQuery({
    queryKey: ['bulk preview', object.name, target, rested],
    queryFn: async () => {
      const ids = await firstOf(object.name, target)
      const outcome = await inParcels(ids, { action: 'update', values: { [field.name]: value } }, (body) => sendBulk(object.name, { ...body, dry_run: true }))
      return { ...outcome, tried: ids.length }
    },
    enabled: isResting,
    retry: false,
    gcTime: 0,
  })
  if (tried.isError) return <p className={styles.bulkRefused}>{problemText(tried.error)}</p>
  if (!tried.data || !isResting) return <p className={styles.bulkNote}>{say('trying')}</p>
  const { done, unchanged, refused, reason } = tried.data
  return (
    <div className={styles.bulkNote} role="status">
      <p>
        {count > parcel && say('tried_first', { count: formatNumber(tried.data.tried) })}
        {say('would_change', { count: formatNumber(done.length) })}
        {unchanged > 0 && ` · ${say('unchanged', { count: formatNumber(unchanged) })}`}
      </p>
      {refused > 0 && <p className={styles.bulkRefused}>{say('would_refuse', { count: formatNumber(refused), reason: reason ?? '' })}</p>}
    </div>
  )
}
