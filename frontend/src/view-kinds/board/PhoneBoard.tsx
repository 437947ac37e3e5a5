/** The board on a phone: one column at a time, stage tabs on top, hold a card and drag it onto a tab to move it. */
import { useRef, useState } from 'react'
import type { TouchEvent } from 'react'
import { useDroppable } from '@dnd-kit/core'
import { ArrowLeftRight, Hourglass, Plus, X } from 'lucide-react'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { TotalsLine, columnId, contextOf } from './Column'
import type { ColumnProps } from './Column'
import { ColumnCardList } from './ColumnCardList'
import { stalledDays } from './cards'
import { useColumnCards } from './column_cards'
import { columnKey } from './columns'
import type { BoardColumn, Totals } from './columns'
import { useText } from './messages'
import type { DropData } from './targets'
import styles from './PhoneBoard.module.css'

type Source = Omit<ColumnProps, 'onCreate' | 'onCollapse'>

export interface PhoneBoardProps {
  columns: readonly BoardColumn[]
  totals: ReadonlyMap<string, Totals>
  source: (column: BoardColumn) => Source
  create: (column: BoardColumn) => (() => void) | null
  isLifted: boolean
}

const hintKey = 'guanxi.board.hint'
const swipeLength = 72

export function PhoneBoard({ columns, totals, source, create, isLifted }: PhoneBoardProps) {
  const say = useText()
  const [chosen, setChosen] = useState<string | null>(null)
  const [showsHint, setShowsHint] = useState(() => localStorage.getItem(hintKey) === null)
  const touch = useRef<{ x: number; y: number } | null>(null)
  const at = Math.max(0, columns.findIndex((column) => columnKey(column.value) === chosen))
  const active = columns[at]
  if (!active) return null

  function swipe(event: TouchEvent): void {
    const end = event.changedTouches[0]
    const start = touch.current
    touch.current = null
    if (!end || !start || isLifted) return
    const [across, down] = [end.clientX - start.x, end.clientY - start.y]
    if (Math.abs(across) < swipeLength || Math.abs(across) < 2 * Math.abs(down)) return
    const next = columns[at + (across < 0 ? 1 : -1)]
    if (next) setChosen(columnKey(next.value))
  }

  return (
    <div className={styles.phone}>
      <div className={styles.tabs} role="tablist" aria-label={say('columns')}>
        {columns.map((column) => (
          <StageTab
            key={columnKey(column.value)}
            column={column}
            count={totals.get(columnKey(column.value))?.count ?? 0}
            isActive={column === active}
            isTarget={isLifted}
            onChoose={() => setChosen(columnKey(column.value))}
          />
        ))}
      </div>
      <div
        className={styles.scroller}
        role="tabpanel"
        onTouchStart={(event) => {
          const start = event.touches[0]
          touch.current = start ? { x: start.clientX, y: start.clientY } : null
        }}
        onTouchEnd={swipe}
      >
        <ActiveColumn key={columnKey(active.value)} source={source(active)} onCreate={create(active)} />
      </div>
      {showsHint && source(active).mayMove && !isLifted && (
        <div className={styles.hint}>
          <ArrowLeftRight size={16} aria-hidden />
          <span>{say('phone_hint')}</span>
          <button
            type="button"
            aria-label={say('phone_hint_close')}
            onClick={() => {
              localStorage.setItem(hintKey, 'seen')
              setShowsHint(false)
            }}
          >
            <X size={20} aria-hidden />
          </button>
        </div>
      )}
    </div>
  )
}

function ActiveColumn({ source, onCreate }: { source: Source; onCreate: (() => void) | null }) {
  const say = useText()
  const cards = useColumnCards(source)
  const stalled = cards.rows.filter((row) => stalledDays(row, source.column.kind, new Date()) !== null).length
  return (
    <>
      <header className={styles.head}>
        <div className={styles.totals}>
          <TotalsLine totals={source.totals} sumField={source.sumField} hue={source.column.hue} />
        </div>
        {stalled > 0 && (
          <span className={styles.stalled}>
            <Hourglass size={16} aria-hidden />
            {say('stalled_count', { count: stalled })}
          </span>
        )}
      </header>
      <ColumnCardList cards={cards} field={source.field} column={source.column} {...contextOf(source)} />
      {onCreate && !cards.isLoading && (
        <Button type="text" block icon={<Plus size={16} aria-hidden />} onClick={onCreate}>
          {say('create')}
        </Button>
      )}
    </>
  )
}

interface StageTabProps {
  column: BoardColumn
  count: number
  isActive: boolean
  isTarget: boolean
  onChoose: () => void
}

function StageTab({ column, count, isActive, isTarget, onChoose }: StageTabProps) {
  const say = useText()
  const label = useLabel()
  const data: DropData = { value: column.value, isPlace: true }
  const { setNodeRef, isOver } = useDroppable({ id: columnId(column.value), data, disabled: column.value === null })
  return (
    <button
      ref={setNodeRef}
      type="button"
      role="tab"
      aria-selected={isActive}
      className={styles.tab}
      data-column={columnKey(column.value)}
      data-target={isTarget || undefined}
      data-over={isOver || undefined}
      onClick={onChoose}
    >
      <span>{column.label ? label(column.label) : say('none')}</span>
      <span className={styles.count}>{count.toLocaleString('en-US')}</span>
    </button>
  )
}
