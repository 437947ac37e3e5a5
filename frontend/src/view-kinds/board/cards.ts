/** What a card warns of. */
import type { RecordRow } from '@/api/types'
import { daysBetween } from '@/lib/format'

/** An open stage in which nothing was changed for so many days is stalled. There are no activities yet to count from. */
export const stalledAfter = 14

export function stalledDays(row: RecordRow, kind: string | undefined, now: Date): number | null {
  const at = row['updated_at']
  if (kind !== 'open' || typeof at !== 'string') return null
  const days = daysBetween(new Date(at), now)
  return days >= stalledAfter ? days : null
}

/** How long a day on the card has passed while the record is still open. */
export function overdueDays(value: unknown, kind: string | undefined, now: Date): number | null {
  if (kind !== 'open' || typeof value !== 'string') return null
  const days = daysBetween(new Date(value.length === 10 ? `${value}T00:00` : value), now)
  return days > 0 ? days : null
}
