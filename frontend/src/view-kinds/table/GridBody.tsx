/** The rows in sight: only these are drawn, and only this part is drawn again while one scrolls. */
import { useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { Ref, RefObject } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { itemAt, placeOf } from './blocks'
import type { Item } from './blocks'
import { CellEditor } from './CellEditor'
import { numberWidth } from './columns'
import type { Column } from './columns'
import { GridRow, MissingRow } from './GridRow'
import { GroupRow } from './GroupRow'
import type { Section, Sections, Totals } from './sections'
import { reassign } from './slots'
import type { Slots } from './slots'
import type { Cells } from './use_cells'
import type { Editing } from './use_editing'
import type { Rows } from './use_rows'
import type { Cell } from './walking'
import styles from './table.module.css'

const headHeight = 32
const footHeight = 32

export interface BodyHandle {
  /** Scrolls until a cell can be seen. */
  reveal: (cell: Cell) => void
}

export interface GridBodyProps {
  ref: Ref<BodyHandle>
  scroll: RefObject<HTMLDivElement | null>
  rowHeight: number
  gridId: string
  object: string
  columns: readonly Column[]
  sections: Sections
  totals: Totals
  rows: Rows
  cells: Cells
  editing: Editing
  selected: ReadonlySet<string>
  openedRecord: string | null
}

function keyOf(item: Item<Section>): string {
  const { key } = item.block.section
  return item.kind === 'row' ? `row ${key} ${item.row.id}` : `${item.kind} ${key} ${item.kind === 'missing' ? item.at : ''}`
}

export function GridBody({ ref, scroll, rowHeight, gridId, object, columns, sections, totals, rows, cells, editing, selected, openedRecord }: GridBodyProps) {
  const { blocks } = rows
  const { groupField } = sections
  const virtual = useVirtualizer({
    count: blocks.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight + (groupField ? rowHeight : 0),
    scrollPaddingEnd: footHeight + 4,
  })
  useEffect(() => virtual.measure(), [virtual, rowHeight])
  useImperativeHandle(ref, () => ({
    reveal: (cell) => {
      virtual.scrollToIndex(placeOf(blocks, cell.row), { align: 'auto' })
      revealColumn(scroll.current, columns, cell.column)
    },
  }))

  const shown = virtual.getVirtualItems().flatMap((place) => {
    const item = itemAt(blocks, place.index)
    return item ? [{ place, item, key: keyOf(item) }] : []
  })
  const slots = useSlots(shown.map(({ key }) => key))
  // Where rows stand on the screen does not hang on their order, but moving elements about costs time and the focus of an open cell;
  // so they are only put in order, for whoever reads on from row to row, once everything rests.
  const isResting = !virtual.isScrolling && cells.open === null
  const drawn = isResting ? shown : shown.toSorted((a, b) => (slots.get(a.key) ?? 0) - (slots.get(b.key) ?? 0))

  // Whatever waits for its rows and has come into sight is asked for.
  const lacking = shown.find(({ item }) => item.kind === 'missing')?.item.block.section
  useEffect(() => {
    if (lacking) rows.want(lacking)
  })
  const first = itemAt(blocks, Math.max(0, Math.floor((scroll.current?.scrollTop ?? 0) / rowHeight)))
  const stuck = groupField ? first?.block : undefined

  return (
    <>
      {stuck && groupField && (
        <div className={styles.stuck}>
          <GroupRow
            isSticky
            section={stuck.section}
            field={groupField}
            columns={columns}
            totals={totals}
            isCollapsed={stuck.isCollapsed}
            rowIndex={stuck.start + 2}
            style={{ height: rowHeight }}
            onToggle={() => rows.toggle(stuck.section.key)}
          />
        </div>
      )}
      <div className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ place, item, key }) => {
          const slot = slots.get(key)
          const top = place.start - headHeight
          const { section } = item.block
          if (item.kind === 'head') {
            return groupField ? (
              <GroupRow
                key={slot}
                section={section}
                field={groupField}
                columns={columns}
                totals={totals}
                isCollapsed={item.block.isCollapsed}
                rowIndex={place.index + 2}
                style={{ height: rowHeight, transform: `translateY(${top}px)` }}
                onToggle={() => rows.toggle(section.key)}
              />
            ) : null
          }
          if (item.kind === 'missing') return <MissingRow key={slot} top={top} height={rowHeight} columns={columns} rowIndex={place.index + 2} />
          const { row } = item
          const ordinal = item.block.firstRow + item.at
          const { area, open } = cells
          const isInArea = area !== null && ordinal >= area.top && ordinal <= area.bottom && (area.top !== area.bottom || area.left !== area.right)
          const edited = open?.id === row.id ? columns.findIndex((column) => column.path === open.path) : -1
          const column = columns[edited]
          return (
            <GridRow
              key={slot}
              row={row}
              number={item.block.before + item.at + 1}
              rowIndex={place.index + 2}
              top={top}
              height={rowHeight}
              gridId={gridId}
              columns={columns}
              isSelected={selected.has(row.id)}
              isOpened={openedRecord === row.id}
              active={cells.active?.id === row.id ? (cells.cell?.column ?? -1) : -1}
              range={isInArea ? `${area.left}:${area.right}` : ''}
              refused={editing.refusals.get(row.id) ?? null}
              closed={cells.active?.id === row.id ? editing.closed : null}
              editing={edited}
              editor={
                open && column ? (
                  <CellEditor
                    key={`${open.id} ${open.path} ${open.problem ?? ''}`}
                    field={column.field}
                    label={column.label}
                    within={{ object, id: row.id, values: row, ...(editing.notOffered ? { notOffered: editing.notOffered } : {}) }}
                    before={row[column.path] ?? null}
                    start={open.start}
                    isTyped={open.isTyped}
                    problem={open.problem}
                    onCommit={(value, onward) => {
                      editing.close(onward)
                      void editing.commit(row.id, column.path, value)
                    }}
                    onCancel={() => {
                      editing.forget(row.id)
                      editing.close('stay')
                    }}
                  />
                ) : null
              }
            />
          )
        })}
      </div>
    </>
  )
}

function useSlots(shown: readonly string[]): Slots {
  const latest = useRef<Slots>(new Map())
  const keys = shown.join('\n')
  return useMemo(() => {
    latest.current = reassign(latest.current, keys === '' ? [] : keys.split('\n'))
    return latest.current
  }, [keys])
}

/** The name stays at the left and would cover what stands beneath it. */
function revealColumn(box: HTMLDivElement | null, columns: readonly Column[], at: number): void {
  const column = columns[at]
  if (!box || !column || at === 0) return
  const frozen = numberWidth + (columns[0]?.width ?? 0)
  const left = columns.slice(0, at).reduce((sum, each) => sum + each.width, numberWidth)
  if (left < box.scrollLeft + frozen) box.scrollLeft = left - frozen
  else if (left + column.width > box.scrollLeft + box.clientWidth) box.scrollLeft = left + column.width - box.clientWidth
}
