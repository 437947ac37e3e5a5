/** Where a lifted card ends: won, lost, void, below the columns while something is lifted. */
import { useDroppable } from '@dnd-kit/core'
import { CircleSlash, CircleX, Trophy } from 'lucide-react'
import { useLabel } from '@/lib/i18n'
import type { BoardColumn } from './columns'
import { useText } from './messages'
import type { DropData } from './targets'
import styles from './DropPlaces.module.css'

const icons = { won: Trophy, lost: CircleX, void: CircleSlash }

export function placeId(value: string | null): string {
  return `place:${value ?? ''}`
}

export function DropPlaces({ columns }: { columns: readonly BoardColumn[] }) {
  const say = useText()
  if (columns.length === 0) return null
  return (
    <div className={styles.places} role="group" aria-label={say('places')}>
      {columns.map((column) => (
        <DropPlace key={column.value} column={column} />
      ))}
    </div>
  )
}

function DropPlace({ column }: { column: BoardColumn }) {
  const label = useLabel()
  const data: DropData = { value: column.value, isPlace: true }
  const { setNodeRef, isOver } = useDroppable({ id: placeId(column.value), data })
  const kind = column.kind === 'lost' || column.kind === 'void' ? column.kind : 'won'
  const Icon = icons[kind]
  return (
    <div ref={setNodeRef} className={styles.place} data-kind={kind} data-over={isOver || undefined} data-place={column.value ?? ''}>
      <Icon size={16} aria-hidden />
      {label(column.label)}
    </div>
  )
}
