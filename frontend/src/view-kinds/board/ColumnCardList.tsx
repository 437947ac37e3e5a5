/** The cards of a column as a list one can lift from, with its empty, loading and failed faces. */
import { useCallback } from 'react'
import type { KeyboardEvent } from 'react'
import { useDraggable } from '@dnd-kit/core'
import type { Field, ObjectDefinition, RecordRow } from '@/api/types'
import { problemText } from '@/api/problem'
import { Button } from '@/ui/Button'
import { useHeld } from '@/lib/hooks'
import { Card } from './Card'
import type { CardLines } from '@/registry/card_lines'
import type { ColumnCards } from './column_cards'
import type { BoardColumn } from './columns'
import { useText } from './messages'
import type { Moves } from './moves'
import styles from './Column.module.css'

export interface CardContext {
  object: ObjectDefinition
  lines: CardLines
  moves: Moves
  mayMove: boolean
  sumField: Field | null
  openedRecord: string | null
  onOpen: (id: string) => void
}

export interface LiftedCard {
  row: RecordRow
  from: string | null
  kind: string | undefined
}

export function ColumnCardList({ cards, column, ...context }: { cards: ColumnCards; field: Field; column: BoardColumn } & CardContext) {
  const say = useText()
  const showsSkeleton = useHeld(cards.isLoading)
  if (cards.error) {
    return (
      <div className={styles.failed} role="alert">
        <p>{say('column_failed')}</p>
        <p>{problemText(cards.error)}</p>
        <Button size="small" onClick={cards.retry}>
          {say('retry')}
        </Button>
      </div>
    )
  }
  if (cards.isLoading) {
    return showsSkeleton ? (
      <div aria-busy="true">
        {[0, 1, 2].map((index) => (
          <div key={index} className={styles.skeleton} />
        ))}
      </div>
    ) : null
  }
  if (cards.rows.length === 0) return <p className={styles.empty}>{context.mayMove ? say('empty') : say('empty_plain')}</p>
  return (
    <>
      <ul className={styles.cards}>
        {cards.rows.map((row) => (
          <li key={row.id}>
            <LiftableCard row={row} column={column} {...context} />
          </li>
        ))}
      </ul>
      {cards.hasMore && (
        <Button type="text" block loading={cards.isFetchingMore} onClick={cards.fetchMore}>
          {say('show_more')}
        </Button>
      )}
    </>
  )
}

function LiftableCard({ row, column, lines, moves, mayMove, openedRecord, onOpen }: { row: RecordRow; column: BoardColumn } & CardContext) {
  const say = useText()
  const data: LiftedCard = { row, from: column.value, kind: column.kind }
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: row.id,
    data,
    disabled: !mayMove || moves.underWay.has(row.id),
    attributes: { roleDescription: say('card') },
  })
  const lift = listeners?.['onKeyDown'] as ((event: KeyboardEvent) => void) | undefined
  const open = useCallback(() => onOpen(row.id), [onOpen, row.id])
  const press = useCallback(
    (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isDragging) return lift?.(event)
      event.preventDefault()
      open()
    },
    [isDragging, lift, open],
  )
  return (
    <Card
      {...attributes}
      {...listeners}
      ref={setNodeRef}
      aria-disabled={undefined}
      row={row}
      lines={lines}
      kind={column.kind}
      isOpen={openedRecord === row.id}
      isGhost={isDragging}
      isBusy={moves.underWay.has(row.id)}
      refused={moves.refused[row.id]}
      onClick={open}
      onKeyDown={press}
    />
  )
}
