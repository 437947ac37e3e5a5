/** The table as a grid: virtual rows, a frozen name, groups that stay, cells one can walk through, open, copy and undo. */
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent, MouseEvent } from 'react'
import { flushSync } from 'react-dom'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useObjects } from '@/api/objects'
import { useMe } from '@/api/session'
import { sameJson } from '@/lib/equal'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ViewProps } from '@/registry/view_kind'
import { Failed, LoadingRows, Offline, Refreshing } from '@/ui/faces'
import { toast } from '@/ui/toast'
import { itemAt, placeOf, rowsBetween } from './blocks'
import { CellEditor } from './CellEditor'
import type { Onward } from './CellEditor'
import { columnsOf, numberWidth, whyReadOnly } from './columns'
import { FootRow } from './FootRow'
import { cellId, GridRow, MissingRow } from './GridRow'
import { GroupRow } from './GroupRow'
import { HeadRow } from './HeadRow'
import { useText } from './messages'
import { useOwnTotals } from './own_totals'
import { useSaving } from './saving'
import { SectionLoader } from './SectionLoader'
import { startingTotals, useSections } from './sections'
import { SelectionBar } from './SelectionBar'
import { useSelection } from './selection'
import { useCells } from './use_cells'
import { copyCells, pasteCells } from './use_clipboard'
import type { Refusal } from './use_clipboard'
import { useRows } from './use_rows'
import { nextCell, walk } from './walking'
import type { Cell, Grid } from './walking'
import styles from './table.module.css'

const rowHeights = { compact: 28, standard: 32, relaxed: 40 } as const
const headHeight = 32
const footHeight = 32
const noMore: readonly string[] = []
/** Letters that are deeds of the list rather than the beginning of a text. */
const deedLetters = new Set(['j', 'k', 'o', 'f', 'c', 'g', '/', '?'])

export function GridTable({ object, state, onChange, openedRecord, onOpen, onOrder }: ViewProps) {
  const say = useText()
  const label = useLabel()
  const locale = useLocale()
  const gridId = useId()
  const objects = useObjects()
  const preferences = useMe().data?.preferences
  const scroll = useRef<HTMLDivElement>(null)
  const rowHeight = rowHeights[state.density ?? preferences?.density ?? 'standard']
  const columns = useMemo(() => columnsOf(objects, object, state, locale), [objects, object, state, locale])
  const width = columns.reduce((sum, column) => sum + column.width, numberWidth)

  const [chosenTotals, chooseTotal] = useOwnTotals(object.name)
  const totals = useMemo(() => startingTotals(columns, chosenTotals), [columns, chosenTotals])
  const sections = useSections(object, state, totals)
  const rows = useRows(state, sections, columns, noMore)
  const { blocks } = rows
  const cells = useCells(blocks, columns)
  const selection = useSelection(blocks)
  const [refusals, setRefusals] = useState<ReadonlyMap<string, Refusal & { value?: unknown }>>(new Map())
  const { save, undo } = useSaving(object, cells.rowOf)

  const virtual = useVirtualizer({
    count: blocks.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight + (sections.groupField ? rowHeight : 0),
    scrollPaddingEnd: footHeight + 4,
  })
  useEffect(() => virtual.measure(), [virtual, rowHeight])
  const shown = virtual.getVirtualItems()

  // Whatever waits for its rows and has come into sight is asked for.
  const lacking = shown.map((place) => itemAt(blocks, place.index)).find((item) => item?.kind === 'missing')
  const lackingSection = lacking?.block.section
  useEffect(() => {
    if (lackingSection) rows.want(lackingSection)
  })
  const ids = useMemo(() => blocks.list.flatMap((block) => (block.isCollapsed ? [] : block.rows.map((row) => row.id))), [blocks])
  useEffect(() => onOrder(ids), [onOrder, ids])

  const grid: Grid = { rows: blocks.rows, columns: columns.length, page: Math.max(1, Math.floor((scroll.current?.clientHeight ?? 600) / rowHeight) - 3) }

  function reveal(cell: Cell): void {
    virtual.scrollToIndex(placeOf(blocks, cell.row), { align: 'auto' })
    const box = scroll.current
    const column = columns[cell.column]
    if (!box || !column || cell.column === 0) return
    const frozen = numberWidth + (columns[0]?.width ?? 0)
    const left = columns.slice(0, cell.column).reduce((sum, each) => sum + each.width, numberWidth)
    if (left < box.scrollLeft + frozen) box.scrollLeft = left - frozen
    else if (left + column.width > box.scrollLeft + box.clientWidth) box.scrollLeft = left + column.width - box.clientWidth
  }
  function go(cell: Cell, isExtending = false): void {
    cells.go(cell, isExtending)
    reveal(cell)
  }

  function openCell(isTyped: boolean): void {
    const { active } = cells
    const column = columns.find((each) => each.path === active?.path)
    const row = active && cells.rowOf(active.id)
    if (!active || !column || !row) return
    const kind = kindOf(column.field)
    if (!column.mayWrite) {
      toast.show({ text: whyReadOnly(object, column) })
      return
    }
    if (kind.togglesInPlace) {
      void commit(active.id, column.path, kind.toWire(row[column.path] as never) !== true)
      return
    }
    const refused = refusals.get(active.id)
    const isAgain = refused?.path === active.path
    flushSync(() => cells.setOpen({ ...active, isTyped: isTyped && !isAgain, start: isAgain && 'value' in refused ? refused.value : (row[column.path] ?? null), problem: isAgain ? refused.reason : null }))
  }
  function forget(id: string): void {
    setRefusals((before) => {
      if (!before.has(id)) return before
      const after = new Map(before)
      after.delete(id)
      return after
    })
  }
  async function commit(id: string, path: string, value: unknown): Promise<void> {
    const column = columns.find((each) => each.path === path)
    const row = cells.rowOf(id)
    if (!column || !row) return
    const kind = kindOf(column.field)
    forget(id)
    if (sameJson(kind.toWire(value as never), kind.toWire((row[path] ?? null) as never))) return
    await save([{ id, values: { [path]: value } }], (change, { reason, current }) => {
      const theirs = current ? kind.format(current[path] as never, column.field, locale) : null
      const person = (current?.['updated_by'] as { name?: string } | null | undefined)?.name ?? say('somebody')
      const told = current ? say('theirs', { person, value: kind.isEmpty(current[path]) ? say('empty') : (theirs ?? '') }) : reason
      setRefusals((before) => new Map(before).set(change.id, { id: change.id, path, reason: told, value }))
      cells.goTo({ id: change.id, path })
      cells.setOpen({ id: change.id, path, isTyped: false, start: value, problem: told })
    })
  }
  function close(onward: Onward): void {
    cells.setOpen(null)
    scroll.current?.focus({ preventScroll: true })
    if (!cells.cell || onward === 'stay') return
    const { row, column } = cells.cell
    const next = onward === 'down' ? { row: row + 1, column } : onward === 'up' ? { row: row - 1, column } : nextCell(cells.cell, grid, onward === 'left')
    if (next && next.row >= 0 && next.row < grid.rows) go(next)
  }

  async function clearCells(): Promise<void> {
    if (!cells.area) return
    const chosen = columns.slice(cells.area.left, cells.area.right + 1)
    const writable = chosen.filter((column) => column.mayWrite && !column.field.required)
    const [first] = chosen
    if (writable.length === 0 && first) {
      toast.show({ text: whyReadOnly(object, first) })
      return
    }
    const empty = Object.fromEntries(writable.map((column) => [column.path, null]))
    await change(rowsBetween(blocks, cells.area.top, cells.area.bottom).map((row) => ({ id: row.id, values: empty })))
  }
  async function change(changes: Parameters<typeof save>[0], before: readonly Refusal[] = []): Promise<void> {
    const failed = [...before]
    const done = await save(changes, ({ id, values }, { reason }) => {
      for (const path of Object.keys(values)) failed.push({ id, path, reason })
    })
    setRefusals(new Map(failed.map((refusal) => [refusal.id, refusal])))
    const [first] = failed
    if (first) toast.show({ text: say('paste_refused', { count: failed.length, reason: first.reason }), tone: 'danger' })
    else if (done > 1) toast.show({ text: say('pasted', { count: changes.reduce((sum, each) => sum + Object.keys(each.values).length, 0) }), undo: () => void undo() })
  }
  async function paste(event: ClipboardEvent): Promise<void> {
    const pasted = await pasteCells(event, { object, blocks, columns, area: cells.area })
    if (pasted) await change(pasted.changes, pasted.refusals)
  }

  function press(event: KeyboardEvent<HTMLDivElement>): void {
    if (cells.open || event.target !== event.currentTarget) return
    const ctrl = event.ctrlKey || event.metaKey
    const { key } = event
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229
    const handled = (act: () => void): void => {
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    const letter = !ctrl && !event.altKey && preferences?.single_keys !== false ? key.toLowerCase() : ''
    if (letter === 'j' || letter === 'k') return handled(() => go(cells.cell ? { ...cells.cell, row: Math.max(0, Math.min(grid.rows - 1, cells.cell.row + (letter === 'j' ? 1 : -1))) } : { row: 0, column: 0 }))
    const next = walk({ key, ctrl }, cells.cell ?? { row: key === 'ArrowDown' ? -1 : 0, column: 0 }, grid)
    if (next) return handled(() => grid.rows > 0 && go(next, event.shiftKey))
    if (ctrl && key.toLowerCase() === 'a') return handled(selection.selectLoaded)
    if (ctrl && key.toLowerCase() === 'z') return handled(() => void undo())
    if (key === 'Escape' && (cells.area || selection.ids.size > 0)) {
      return handled(() => {
        if (selection.ids.size > 0) selection.clear()
        else if (cells.area && (cells.area.top !== cells.area.bottom || cells.area.left !== cells.area.right)) cells.collapse()
        else cells.leave()
      })
    }
    if (!cells.cell || !cells.active || ctrl || event.altKey) return
    const { active, area } = cells
    if (key === 'Enter' || key === 'F2') return handled(() => openCell(false))
    if (key === ' ' && !isComposing) return handled(() => area && selection.toggle(rowsBetween(blocks, area.top, area.bottom).map((row) => row.id)))
    if (key === 'Delete' || key === 'Backspace') return handled(() => void clearCells())
    if (letter === 'o') return handled(() => onOpen(active.id))
    const isText = isComposing || [...key].length === 1
    if (!isText || (!isComposing && letter !== '' && deedLetters.has(letter))) return
    // The sign itself falls into the input that opens now; nothing is swallowed, not even the first key of an input method.
    event.stopPropagation()
    openCell(true)
  }

  function cellUnder(target: EventTarget): { id: string; path: string; column: number } | null {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
    const id = element?.closest<HTMLElement>('[data-row]')?.dataset['row']
    const column = Number(element?.dataset['column'])
    const path = columns[column]?.path
    return id && path ? { id, path, column } : null
  }
  function pressMouse(event: MouseEvent): void {
    if (event.button !== 0 || !(event.target instanceof Element)) return
    if (event.target.closest('button, [data-select], a')) return
    const cell = cellUnder(event.target)
    if (!cell) return
    event.preventDefault()
    scroll.current?.focus({ preventScroll: true })
    cells.goTo(cell, event.shiftKey)
  }
  function click(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return
    const id = event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
    if (!id) return
    if (event.target.closest('[data-select]')) selection.click(id, event.shiftKey)
    else if (event.target.closest('[data-open]')) onOpen(id)
    else {
      const cell = cellUnder(event.target)
      const column = cell && columns[cell.column]
      if (column?.mayWrite && kindOf(column.field).togglesInPlace && event.target.closest('svg')) openCell(false)
    }
  }

  if (sections.error && sections.list.length === 0) return <Failed problem={sections.error} onRetry={sections.retry} />
  const states = [...rows.loaded.values()]
  const failed = states.find((each) => each.error !== null && each.rows.length === 0)
  const isBlank = sections.isPending || (states.length === 0 && rows.loaders.length > 0) || states.every((each) => each.isPending)
  const first = itemAt(blocks, Math.max(0, Math.floor((scroll.current?.scrollTop ?? 0) / rowHeight)))
  const stuck = sections.groupField ? first?.block : undefined
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
          onKeyDown={press}
          onMouseDown={pressMouse}
          onMouseOver={(event) => {
            // Pulling with the button down chooses the cells in between.
            if (event.buttons !== 1 || !cells.active || cells.open) return
            const cell = cellUnder(event.target)
            if (cell && (cell.id !== cells.active.id || cell.path !== cells.active.path)) cells.goTo(cell, true)
          }}
          onClick={click}
          onDoubleClick={(event) => {
            if (event.target instanceof Element && !event.target.closest('button, [data-select]') && cellUnder(event.target)) openCell(false)
          }}
          onCopy={(event) => copyCells(event, { object, blocks, columns, area: cells.area })}
          onPaste={(event) => void paste(event)}
          onFocus={(event) => {
            if (event.target === event.currentTarget && !cells.active && grid.rows > 0 && event.currentTarget.matches(':focus-visible')) cells.go({ row: 0, column: 0 })
          }}
        >
          <div className={styles.sheet} style={{ minWidth: width }}>
            <HeadRow columns={columns} state={state} onChange={onChange} selection={selection.share} onSelectAll={selection.toggleLoaded} />
            {stuck && sections.groupField && (
              <div className={styles.stuck}>
                <GroupRow
                  isSticky
                  section={stuck.section}
                  field={sections.groupField}
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
              {shown.map((place) => {
                const item = itemAt(blocks, place.index)
                if (!item) return null
                const top = place.start - headHeight
                const { section } = item.block
                if (item.kind === 'head') {
                  return sections.groupField ? (
                    <GroupRow
                      key={`head ${section.key}`}
                      section={section}
                      field={sections.groupField}
                      columns={columns}
                      totals={totals}
                      isCollapsed={item.block.isCollapsed}
                      rowIndex={place.index + 2}
                      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
                      onToggle={() => rows.toggle(section.key)}
                    />
                  ) : null
                }
                if (item.kind === 'missing') return <MissingRow key={`missing ${place.index}`} top={top} height={rowHeight} columns={columns} rowIndex={place.index + 2} />
                const { row } = item
                const ordinal = item.block.firstRow + item.at
                const { area, open } = cells
                const isInArea = area !== null && ordinal >= area.top && ordinal <= area.bottom && (area.top !== area.bottom || area.left !== area.right)
                const editing = open?.id === row.id ? columns.findIndex((column) => column.path === open.path) : -1
                const column = columns[editing]
                return (
                  <GridRow
                    key={`${section.key} ${row.id}`}
                    row={row}
                    number={item.block.before + item.at + 1}
                    rowIndex={place.index + 2}
                    top={top}
                    height={rowHeight}
                    gridId={gridId}
                    columns={columns}
                    isSelected={selection.ids.has(row.id)}
                    isOpened={openedRecord === row.id}
                    active={cells.active?.id === row.id ? (cells.cell?.column ?? -1) : -1}
                    range={isInArea ? `${area.left}:${area.right}` : ''}
                    refused={refusals.get(row.id) ?? null}
                    editing={editing}
                    editor={
                      open && column ? (
                        <CellEditor
                          key={`${open.id} ${open.path} ${open.problem ?? ''}`}
                          field={column.field}
                          label={column.label}
                          before={row[column.path] ?? null}
                          start={open.start}
                          isTyped={open.isTyped}
                          problem={open.problem}
                          onCommit={(value, onward) => {
                            close(onward)
                            void commit(row.id, column.path, value)
                          }}
                          onCancel={() => {
                            forget(row.id)
                            close('stay')
                          }}
                        />
                      ) : null
                    }
                  />
                )
              })}
            </div>
            <FootRow columns={columns} sections={sections} totals={totals} onChoose={chooseTotal} />
          </div>
        </div>
      )}
      {selection.ids.size > 0 && <SelectionBar object={object} state={state} selection={selection} columns={columns} total={sections.count} rowOf={cells.rowOf} />}
    </div>
  )
}
