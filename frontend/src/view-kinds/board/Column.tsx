/** A column: its head with totals and the bar of what may be counted on, then its cards. */
import { useEffect, useRef } from 'react'
import { useDroppable } from '@dnd-kit/core'
import { ChevronsLeftRight, Ellipsis, Plus } from 'lucide-react'
import type { Field } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { asHue } from '@/ui/hue'
import { ColumnCardList } from './ColumnCardList'
import type { CardContext } from './ColumnCardList'
import { useColumnCards } from './column_cards'
import type { ColumnSource } from './column_cards'
import { columnKey, weightShare } from './columns'
import type { BoardColumn, Totals } from './columns'
import { useText } from './messages'
import type { DropData } from './targets'
import styles from './Column.module.css'

export interface ColumnProps extends ColumnSource, CardContext {
  onCreate: (() => void) | null
  onCollapse: () => void
}

export function columnId(value: string | null): string {
  return `column:${columnKey(value)}`
}

export function Column({ onCreate, onCollapse, ...source }: ColumnProps) {
  const say = useText()
  const label = useLabel()
  const { column, totals, field } = source
  const cards = useColumnCards(source)
  const data: DropData = { value: column.value, isPlace: false }
  const { setNodeRef, isOver } = useDroppable({ id: columnId(column.value), data, disabled: !source.mayMove || column.value === null })
  const scroller = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const name = column.label ? label(column.label) : say('none')

  const { hasMore, isFetchingMore, fetchMore } = cards
  const more = useRef(fetchMore)
  useEffect(() => {
    more.current = fetchMore
  })
  useEffect(() => {
    if (!hasMore || isFetchingMore || !end.current) return undefined
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current(), { root: scroller.current, rootMargin: '200px' })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [hasMore, isFetchingMore])

  return (
    <section ref={setNodeRef} className={styles.column} data-over={isOver || undefined} aria-label={name} data-column={columnKey(column.value)}>
      <header className={styles.head}>
        <div className={styles.title}>
          <ColumnName column={column} />
          <span className={styles.count}>{totals?.count.toLocaleString('en-US') ?? ''}</span>
          <span className={styles.tools}>
            {onCreate && (
              <button type="button" aria-label={say('create_in', { column: name })} title={say('create_in', { column: name })} onClick={onCreate}>
                <Plus size={16} aria-hidden />
              </button>
            )}
            <ActionMenu items={[{ key: 'collapse', label: say('collapse'), icon: <ChevronsLeftRight size={16} aria-hidden />, onSelect: onCollapse }]}>
              <button type="button" aria-label={`${name} …`}>
                <Ellipsis size={16} aria-hidden />
              </button>
            </ActionMenu>
          </span>
        </div>
        <TotalsLine totals={totals} sumField={source.sumField} hue={column.hue} />
      </header>
      <div ref={scroller} className={styles.scroller}>
        <ColumnCardList cards={cards} field={field} column={column} {...contextOf(source)} />
        <div ref={end} />
        {onCreate && !cards.isLoading && (
          <Button type="text" block icon={<Plus size={16} aria-hidden />} onClick={onCreate}>
            {say('create')}
          </Button>
        )}
      </div>
    </section>
  )
}

export function contextOf(source: CardContext): CardContext {
  const { object, lines, moves, mayMove, openedRecord, onOpen, sumField } = source
  return { object, lines, moves, mayMove, openedRecord, onOpen, sumField }
}

export function ColumnName({ column }: { column: BoardColumn }) {
  const say = useText()
  const label = useLabel()
  return column.label ? (
    <Chip hue={column.hue} dot>
      {label(column.label)}
    </Chip>
  ) : (
    <span>{say('none')}</span>
  )
}

export function TotalsLine({ totals, sumField, hue }: { totals: Totals | undefined; sumField: Field | null; hue: string | null }) {
  const say = useText()
  if (!totals || !sumField || totals.sum === null) return null
  const { Cell } = kindOf(sumField)
  const share = weightShare(totals)
  return (
    <>
      <div className={styles.totals}>
        <b>
          <Cell value={totals.sum} field={sumField} place="card" />
        </b>
        {totals.weighted !== null && (
          <span>
            {say('weighted')} <Cell value={totals.weighted} field={sumField} place="card" />
          </span>
        )}
      </div>
      {totals.weighted !== null && (
        <div className={styles.bar} role="img" aria-label={say('weight_share', { share: Math.round(share * 100) })}>
          <span style={{ width: `${share * 100}%`, background: `var(--chip-${asHue(hue)}-solid)` }} />
        </div>
      )}
    </>
  )
}

/** A column folded to a strip; a card may still be dropped on it. */
export function CollapsedColumn({ column, totals, sumField, mayMove, onExpand }: Pick<ColumnProps, 'column' | 'totals' | 'sumField' | 'mayMove'> & { onExpand: () => void }) {
  const say = useText()
  const label = useLabel()
  const data: DropData = { value: column.value, isPlace: false }
  const { setNodeRef, isOver } = useDroppable({ id: columnId(column.value), data, disabled: !mayMove || column.value === null })
  const name = column.label ? label(column.label) : say('none')
  const { Cell } = sumField ? kindOf(sumField) : { Cell: null }
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={styles.strip}
      data-over={isOver || undefined}
      data-column={columnKey(column.value)}
      aria-label={say('expand_of', { column: name })}
      title={say('expand_of', { column: name })}
      onClick={onExpand}
    >
      <span className={styles.dot} style={{ background: `var(--chip-${asHue(column.hue)}-solid)` }} />
      <span className={styles.stripCount}>{totals?.count.toLocaleString('en-US') ?? 0}</span>
      <span className={styles.stripName}>
        {name}
        {Cell && sumField && totals?.sum ? <span className={styles.stripSum}><Cell value={totals.sum} field={sumField} place="card" /></span> : null}
      </span>
    </button>
  )
}
