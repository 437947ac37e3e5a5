/** The table as a grid: a frozen name, groups that stay, cells one can walk through, open, copy and undo. */
import { lazy, Suspense, useEffect, useId, useMemo, useRef } from 'react'
import { useObjects } from '@/api/objects'
import { useMe } from '@/api/session'
import { useSteady } from '@/lib/hooks'
import { useLabel, useLocale } from '@/lib/i18n'
import type { ViewProps } from '@/registry/view_kind'
import { Failed, LoadingRows, Offline, Refreshing } from '@/ui/faces'
import { fieldsForRules } from '@/ui/rules/looked_at'
import { columnsOf, numberWidth } from './columns'
import { FootRow } from './FootRow'
import { GridBody } from './GridBody'
import type { BodyHandle } from './GridBody'
import { cellId } from './GridRow'
import { HeadRow } from './HeadRow'
import { press } from './keyboard'
import { useText } from './messages'
import { useOwnTotals } from './own_totals'
import { pointerOf } from './pointer'
import { SectionLoader } from './SectionLoader'
import { startingTotals, useSections } from './sections'
import { useSelection } from './selection'
import { useCells } from './use_cells'
import { copyCells } from './use_clipboard'
import { useEditing } from './use_editing'
import { useRows } from './use_rows'
import type { Cell, Grid } from './walking'
import styles from './table.module.css'

export const fetchSelectionBar = () => import('./SelectionBar')
const SelectionBar = lazy(async () => ({ default: (await fetchSelectionBar()).SelectionBar }))
const AskedFields = lazy(async () => ({ default: (await import('@/ui/AskedFields')).AskedFields }))

const rowHeights = { compact: 28, standard: 32, relaxed: 40 } as const

export function GridTable({ object, state, onChange, openedRecord, onOpen, onOrder }: ViewProps) {
  const say = useText()
  const label = useLabel()
  const locale = useLocale()
  const gridId = useId()
  const objects = useObjects()
  const preferences = useMe().data?.preferences
  const scroll = useRef<HTMLDivElement>(null)
  const body = useRef<BodyHandle>(null)
  const rowHeight = rowHeights[state.density ?? preferences?.density ?? 'standard']
  const columns = useMemo(() => columnsOf(objects, object, state, locale), [objects, object, state, locale])
  const width = columns.reduce((sum, column) => sum + column.width, numberWidth)

  const [chosenTotals, chooseTotal] = useOwnTotals(object.name)
  const totals = useMemo(() => startingTotals(columns, chosenTotals), [columns, chosenTotals])
  const sections = useSections(object, state, totals)
  const ruled = useMemo(() => fieldsForRules(object), [object])
  const rows = useRows(state, sections, columns, ruled)
  const { blocks } = rows
  const cells = useCells(blocks, columns)
  const selection = useSelection(blocks, state, sections.count)
  const selectAll = useSteady(selection.toggleLoaded)
  const ids = useMemo(() => blocks.list.flatMap((block) => (block.isCollapsed ? [] : block.rows.map((row) => row.id))), [blocks])
  useEffect(() => onOrder(ids), [onOrder, ids])

  const grid: Grid = { rows: blocks.rows, columns: columns.length, page: Math.max(1, Math.floor((scroll.current?.clientHeight ?? 600) / rowHeight) - 3) }
  function go(cell: Cell, isExtending = false): void {
    cells.go(cell, isExtending)
    body.current?.reveal(cell)
  }
  const editing = useEditing({ object, blocks, columns, cells, grid, scroll, go })
  const pointer = pointerOf({ columns, cells, selection, editing, scroll, onOpen })

  if (sections.error && sections.list.length === 0) return <Failed problem={sections.error} onRetry={sections.retry} />
  const states = [...rows.loaded.values()]
  const failed = states.find((each) => each.error !== null && each.rows.length === 0)
  const isBlank = sections.isPending || (states.length === 0 && rows.loaders.length > 0) || states.every((each) => each.isPending)
  const updatedAt = Math.max(0, ...states.map((each) => each.updatedAt))

  return (
    <div className={styles.table} style={{ '--grid-row': `${rowHeight}px` } as React.CSSProperties}>
      {rows.loaders.map((loader) => (
        <SectionLoader key={loader.key} object={object.name} sectionKey={loader.key} query={loader.query} turn={rows.turn} wanted={openedRecord} onLoaded={rows.onLoaded} />
      ))}
      <Offline since={updatedAt || undefined} />
      <Refreshing isOn={states.some((each) => each.isRefreshing)} />
      {rows.waiting > 0 && (
        <button type="button" className={styles.newRows} onClick={rows.showWaiting}>
          {say('new_rows', { count: rows.waiting })}
        </button>
      )}
      {failed ? (
        <Failed problem={failed.error} onRetry={failed.retry} />
      ) : isBlank ? (
        <LoadingRows rows={12} columns={Math.min(7, columns.length)} />
      ) : (
        <div
          ref={scroll}
          className={styles.scroll}
          role="grid"
          aria-label={say('grid', { object: label(object.plural_label) })}
          aria-rowcount={(sections.count ?? blocks.length) + 1}
          aria-colcount={columns.length + 1}
          aria-multiselectable
          aria-activedescendant={cells.active && cells.cell ? cellId(gridId, cells.active.id, cells.cell.column) : undefined}
          tabIndex={0}
          onKeyDown={(event) => press(event, { blocks, grid, cells, selection, editing, hasLetters: preferences?.single_keys !== false, go, onOpen })}
          {...pointer}
          onCopy={(event) => copyCells(event, { object, blocks, columns, area: cells.area })}
          onPaste={(event) => void editing.paste(event)}
          onFocus={(event) => {
            if (event.target === event.currentTarget && !cells.active && grid.rows > 0 && event.currentTarget.matches(':focus-visible')) cells.go({ row: 0, column: 0 })
          }}
        >
          <div className={styles.sheet} style={{ minWidth: width }}>
            <HeadRow columns={columns} state={state} onChange={onChange} selection={selection.share} onSelectAll={selectAll} />
            <GridBody
              ref={body}
              scroll={scroll}
              rowHeight={rowHeight}
              gridId={gridId}
              object={object.name}
              columns={columns}
              sections={sections}
              totals={totals}
              rows={rows}
              cells={cells}
              editing={editing}
              selected={selection.shown}
              openedRecord={openedRecord}
            />
            <FootRow
              columns={columns}
              count={sections.count}
              groups={sections.groupField ? sections.list.length : null}
              values={sections.totals}
              totals={totals}
              onChoose={chooseTotal}
            />
          </div>
        </div>
      )}
      {editing.asked && (
        <Suspense fallback={null}>
          <AskedFields
            title={say('asked_title')}
            of={String(cells.rowOf(editing.asked.change.id)?.['name'] ?? '')}
            verb={say('asked_verb')}
            cancel={say('asked_cancel')}
            within={{ object: object.name, id: editing.asked.change.id, values: { ...cells.rowOf(editing.asked.change.id), ...editing.asked.change.values } }}
            fields={editing.asked.fields}
            messages={editing.asked.messages}
            isSaving={editing.asked.isSaving}
            onSave={editing.supply}
            onCancel={() => {
              editing.giveUp()
              scroll.current?.focus({ preventScroll: true })
            }}
          />
        </Suspense>
      )}
      {selection.size > 0 && (
        <Suspense>
          <SelectionBar object={object} state={state} selection={selection} columns={columns} total={sections.count} rowOf={cells.rowOf} />
        </Suspense>
      )}
    </div>
  )
}
