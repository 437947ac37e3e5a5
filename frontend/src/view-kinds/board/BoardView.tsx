/** Records as cards in columns of one choice: a forecast one can touch. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { DndContext, DragOverlay, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import type { Announcements, DragEndEvent } from '@dnd-kit/core'
import { fieldOf } from '@/api/objects'
import { useAggregate } from '@/api/records'
import type { Field } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import type { ViewProps } from '@/registry/view_kind'
import { Failed, NothingMatches } from '@/ui/faces'
import { useWidth } from '@/ui/width'
import { Card } from './Card'
import { CollapsedColumn, Column } from './Column'
import type { CardContext, LiftedCard } from './ColumnCardList'
import { DropPlaces } from './DropPlaces'
import { PhoneBoard } from './PhoneBoard'
import { cardLines } from '@/registry/card_lines'
import { useCollapsed } from './collapsed'
import { boardTotalsQuery, columnKey, columnsOf, isClosing, totalsOf } from './columns'
import type { BoardColumn } from './columns'
import { focusCard } from './glide'
import { LackingFields } from './LackingFields'
import { useText } from './messages'
import { useMoves } from './moves'
import { byArrows, findTarget } from './targets'
import type { DropData } from './targets'
import styles from './BoardView.module.css'

export function BoardView(props: ViewProps) {
  const say = useText()
  const field = props.state.group_by ? fieldOf(props.object, props.state.group_by) : undefined
  if (!field?.options.choices) return <NothingMatches title={say('no_field')} text="" />
  return <Board key={field.name} {...props} field={field} />
}

function Board({ object, state, field, openedRecord, onOpen, onCreate, onOrder }: ViewProps & { field: Field }) {
  const label = useLabel()
  const { isPhone } = useWidth()
  const answer = useAggregate(object.name, boardTotalsQuery(field, state))
  const totals = useMemo(() => totalsOf(answer.data, field, state), [answer.data, field, state])
  const columns = useMemo(() => columnsOf(field, totals), [field, totals])
  const collapsed = useCollapsed(object.name, field.name)
  const moves = useMoves(object, field, state)
  const [lifted, setLifted] = useState<LiftedCard | null>(null)
  const lines = useMemo(() => cardLines(object, state.weight ? [...state.card, state.weight] : state.card), [object, state.card, state.weight])
  const mayMove = object.rights.edit && field.access === 'write'
  const sumField = (state.sum ? fieldOf(object, state.sum) : undefined) ?? null

  const onRows = useOrder(columns, onOrder)

  function drop({ active, over, activatorEvent }: DragEndEvent): void {
    setLifted(null)
    if (activatorEvent instanceof KeyboardEvent) focusCard(String(active.id))
    const card = active.data.current as LiftedCard | undefined
    const target = over?.data.current as DropData | undefined
    if (!card || !target) return
    const isFolded = columns.some((column) => column.value === target.value && collapsed.isCollapsed(column))
    void moves.move({ row: card.row, from: card.from, to: target.value, isOutOfSight: isPhone || isFolded })
  }

  if (answer.isError && !answer.data) return <Failed problem={answer.error} onRetry={() => void answer.refetch()} />
  const context: CardContext = { object, lines, moves, mayMove, sumField, openedRecord, onOpen }
  const create = (column: BoardColumn) => (object.rights.create ? () => onCreate(column.value === null ? {} : { [field.name]: column.value }) : null)
  const source = (column: BoardColumn) => ({ ...context, field, state, column, totals: totals.get(columnKey(column.value)) ?? emptyOnce(answer.data !== undefined), onRows })

  return (
    <Dragging
      nameOf={(value) => label(columns.find((column) => column.value === value)?.label)}
      countOf={(value) => totals.get(columnKey(value))?.count ?? 0}
      onLift={setLifted}
      onDrop={drop}
      overlay={lifted && <Card row={lifted.row} lines={lines} kind={lifted.kind} isLifted />}
    >
      <div className={styles.board} data-lifted={lifted !== null || undefined}>
        {isPhone ? (
          <PhoneBoard columns={columns} totals={totals} source={source} create={create} isLifted={lifted !== null} />
        ) : (
          <Columns>
            {columns.map((column) =>
              collapsed.isCollapsed(column) ? (
                <CollapsedColumn key={columnKey(column.value)} {...source(column)} onExpand={() => collapsed.set(column, false)} />
              ) : (
                <Column key={columnKey(column.value)} {...source(column)} onCreate={create(column)} onCollapse={() => collapsed.set(column, true)} />
              ),
            )}
          </Columns>
        )}
        {lifted && <DropPlaces columns={columns.filter((column) => isClosing(column) && column.value !== lifted.from)} />}
        {moves.lacking && <LackingFields lacking={moves.lacking} column={label(columns.find((column) => column.value === moves.lacking?.move.to)?.label)} onSave={moves.supply} onCancel={moves.giveUp} />}
      </div>
    </Dragging>
  )
}

/** Tells the order of all cards whenever it really changed. */
function useOrder(columns: readonly BoardColumn[], onOrder: (ids: string[]) => void): (value: string | null, ids: string[]) => void {
  const rows = useRef(new Map<string, string[]>())
  const told = useRef('')
  const latest = useRef({ columns, onOrder })
  useEffect(() => {
    latest.current = { columns, onOrder }
  })
  return useCallback((value, ids) => {
    rows.current.set(columnKey(value), ids)
    const order = latest.current.columns.flatMap((column) => rows.current.get(columnKey(column.value)) ?? [])
    const said = order.join()
    if (said === told.current) return
    told.current = said
    latest.current.onOrder(order)
  }, [])
}

/** A column the totals do not mention is empty, once they are there at all. */
function emptyOnce(isKnown: boolean) {
  return isKnown ? { count: 0, sum: 0, weighted: null } : undefined
}

function Columns({ children }: { children: ReactNode }) {
  const say = useText()
  return (
    <div className={styles.columns} role="group" aria-label={say('columns')}>
      {children}
    </div>
  )
}

interface DraggingProps {
  nameOf: (value: string | null) => string
  countOf: (value: string | null) => number
  onLift: (card: LiftedCard | null) => void
  onDrop: (event: DragEndEvent) => void
  overlay: ReactNode
  children: ReactNode
}

/** Mouse, held finger and keys lift cards alike; a screen reader is told every step. */
function Dragging({ nameOf, countOf, onLift, onDrop, overlay, children }: DraggingProps) {
  const say = useText()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 300, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byArrows, keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] } }),
  )
  const hasLeft = useRef(false)
  const cardOf = (data: { current?: unknown }) => data.current as LiftedCard
  const nameOfCard = (data: { current?: unknown }): string => String(cardOf(data).row['name'] ?? '')
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      hasLeft.current = false
      return say('lifted', { name: nameOfCard(active.data), column: nameOf(cardOf(active.data).from) })
    },
    onDragOver: ({ active, over }) => {
      const target = over?.data.current as DropData | undefined
      // Being over the column it was lifted from is no news, and would cut off what was just said.
      if (target?.value === cardOf(active.data).from && !hasLeft.current) return undefined
      hasLeft.current = true
      if (!target) return say('over_nothing', { name: nameOfCard(active.data) })
      return say('over', { name: nameOfCard(active.data), column: nameOf(target.value), count: countOf(target.value) })
    },
    onDragEnd: ({ active, over }) => {
      const target = over?.data.current as DropData | undefined
      if (!target || target.value === cardOf(active.data).from) return say('returned', { name: nameOfCard(active.data) })
      return say('dropped', { name: nameOfCard(active.data), column: nameOf(target.value) })
    },
    onDragCancel: ({ active }) => say('returned', { name: nameOfCard(active.data) }),
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={findTarget}
      accessibility={{ announcements, screenReaderInstructions: { draggable: say('lift_help') } }}
      onDragStart={({ active }) => onLift(cardOf(active.data))}
      onDragEnd={onDrop}
      onDragCancel={() => onLift(null)}
    >
      {children}
      <DragOverlay dropAnimation={null}>{overlay}</DragOverlay>
    </DndContext>
  )
}
