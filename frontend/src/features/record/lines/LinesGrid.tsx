/** Lines as a grid one types into: only the rows in sight are drawn, however many there are. */
import { useEffect, useId, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent, PointerEvent } from 'react'
import { flushSync } from 'react-dom'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Copy, GripVertical, Maximize2, Trash2 } from 'lucide-react'
import type { Values } from '@/api/types'
import { useLabel, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { LineCell } from './LineCell'
import type { Onward } from './LineCell'
import { LinesFoot } from './LinesFoot'
import type { Line, LineProblem } from './lines'
import { useText } from './messages'
import { copyText, paste } from './paste'
import { tracks } from './tracks'
import type { LinesForm } from './use_lines'
import styles from './lines.module.css'

const rowHeight = 34
const headHeight = 32
const mostInSight = 14

interface Place {
  row: number
  column: number
}

export interface LinesGridProps {
  form: LinesForm
  /** The object of the record the lines belong to. */
  of: string
  valuesOf: (line: Line) => Values
  isBehind: boolean
  problems: readonly LineProblem[]
  /** A line one was sent to. */
  revealed: { key: string; column: string | null } | null
  onOpen: (key: string) => void
  mayAdd: boolean
  onAdd: () => void
  'aria-labelledby'?: string
}

export function LinesGrid({ form, of, valuesOf, isBehind, problems, revealed, onOpen, mayAdd, ...aria }: LinesGridProps) {
  const say = useText()
  const label = useLabel()
  const locale = useLocale()
  const gridId = useId()
  const scroll = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<Place>({ row: 0, column: 0 })
  const [open, setOpen] = useState<{ isTyped: boolean } | null>(null)
  const [drag, setDrag] = useState<{ key: string; to: number } | null>(null)
  const { lines, columns, mayWrite } = form
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 6, scrollMargin: headHeight, scrollPaddingStart: headHeight, scrollPaddingEnd: rowHeight })
  const place: Place = { row: Math.min(at.row, Math.max(0, lines.length - 1)), column: Math.min(at.column, Math.max(0, columns.length - 1)) }
  const current = lines[place.row]
  const wrong = new Map(problems.map((one) => [`${one.key ?? ''} ${one.column ?? ''}`, one.message]))

  function go(next: Place, opens = false): void {
    setAt(next)
    setOpen(opens ? { isTyped: false } : null)
    virtual.scrollToIndex(next.row, { align: 'auto' })
  }
  const reveal = useRef(go)
  useEffect(() => {
    reveal.current = go
  })
  useEffect(() => {
    if (!revealed) return
    const row = lines.findIndex(({ key }) => key === revealed.key)
    const column = Math.max(0, columns.findIndex(({ name }) => name === revealed.column))
    if (row < 0) return
    reveal.current({ row, column }, revealed.column === null)
    scroll.current?.focus({ preventScroll: true })
    // Only what one was sent to counts, not what has been typed since.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [revealed])

  function step(down: number, across: number, isOnward = false): void {
    let { row, column } = place
    column += across
    if (isOnward && column >= columns.length) [row, column] = [row + 1, 0]
    if (isOnward && column < 0) [row, column] = [row - 1, columns.length - 1]
    row += down
    // A line that nobody asked for would only keep the form from being saved.
    if (row >= lines.length && isOnward && mayAdd && across !== 0) {
      form.add([{}])
      return go({ row: lines.length, column: 0 })
    }
    go({ row: Math.max(0, Math.min(row, lines.length - 1)), column: Math.max(0, Math.min(column, columns.length - 1)) })
  }
  function begin(isTyped: boolean): boolean {
    const column = columns[place.column]
    if (!current || !column || !form.mayChange(current, column)) return false
    const kind = kindOf(column)
    if (kind.togglesInPlace) form.change([{ key: current.key, field: column, value: current.values[column.name] !== true }])
    else flushSync(() => setOpen({ isTyped: isTyped && !kind.isPicked }))
    return true
  }
  function commit(value: unknown, onward: Onward): void {
    const column = columns[place.column]
    if (current && column) form.change([{ key: current.key, field: column, value }])
    setOpen(null)
    scroll.current?.focus({ preventScroll: true })
    if (onward === 'down') step(1, 0, true)
    else if (onward === 'up') step(-1, 0)
    else if (onward === 'right') step(0, 1, true)
    else if (onward === 'left') step(0, -1, true)
  }
  function removeLine(line: Line): void {
    form.remove([line.key])
    scroll.current?.focus({ preventScroll: true })
  }

  function press(event: KeyboardEvent): void {
    if (open || event.target !== scroll.current || event.nativeEvent.isComposing) return
    const column = columns[place.column]
    const isCommand = event.ctrlKey || event.metaKey
    const name = `${isCommand ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}${event.key}`
    const deeds: Record<string, () => unknown> = {
      ArrowDown: () => step(1, 0),
      ArrowUp: () => step(-1, 0),
      ArrowLeft: () => step(0, -1),
      ArrowRight: () => step(0, 1),
      Home: () => go({ ...place, column: 0 }),
      End: () => go({ ...place, column: columns.length - 1 }),
      PageDown: () => step(mostInSight - 1, 0),
      PageUp: () => step(1 - mostInSight, 0),
      'ctrl+Home': () => go({ row: 0, column: 0 }),
      'ctrl+End': () => go({ row: lines.length - 1, column: columns.length - 1 }),
      Enter: () => begin(false) || step(1, 0, true),
      F2: () => begin(false),
      'ctrl+z': () => form.undo(),
      ...(mayWrite && current
        ? {
            Delete: () => column && form.mayChange(current, column) && form.change([{ key: current.key, field: column, value: null }]),
            Backspace: () => column && form.mayChange(current, column) && form.change([{ key: current.key, field: column, value: null }]),
            'ctrl+d': () => mayAdd && form.duplicate(current) && step(1, 0),
            'ctrl+Backspace': () => mayRemove(current) && removeLine(current),
            'ctrl+Delete': () => mayRemove(current) && removeLine(current),
            'alt+ArrowUp': () => moveBy(-1),
            'alt+ArrowDown': () => moveBy(1),
            ' ': () => begin(false),
          }
        : {}),
    }
    // Tab leaves the grid at its ends, so that nobody is caught in it.
    const isLast = place.row >= lines.length - 1 && place.column >= columns.length - 1
    const isFirst = place.row === 0 && place.column === 0
    if (name === 'Tab' && !isLast) deeds['Tab'] = () => step(0, 1, true)
    if (name === 'shift+Tab' && !isFirst) deeds['shift+Tab'] = () => step(0, -1, true)
    const deed = deeds[name]
    if (deed) {
      event.preventDefault()
      event.stopPropagation()
      deed()
    } else if (event.key.length === 1 && !isCommand && !event.altKey) {
      if (begin(true)) event.stopPropagation()
    }
  }
  function mayRemove(line: Line): boolean {
    return mayWrite && (line.id === null || Boolean(form.object?.rights.delete))
  }
  function moveBy(step: number): void {
    const to = place.row + step
    if (!current || to < 0 || to >= lines.length) return
    form.move(current.key, to)
    go({ ...place, row: to })
  }

  function take(event: PointerEvent<HTMLElement>, line: Line): void {
    if (event.button !== 0) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ key: line.key, to: lines.indexOf(line) })
  }
  function carry(event: PointerEvent<HTMLElement>): void {
    if (!drag || !scroll.current) return
    const box = scroll.current.getBoundingClientRect()
    if (event.clientY < box.top + headHeight + 12) scroll.current.scrollTop -= rowHeight / 2
    if (event.clientY > box.bottom - rowHeight) scroll.current.scrollTop += rowHeight / 2
    const to = Math.round((event.clientY - box.top - headHeight + scroll.current.scrollTop - rowHeight / 2) / rowHeight)
    setDrag({ ...drag, to: Math.max(0, Math.min(lines.length - 1, to)) })
  }
  function drop(): void {
    if (drag && lines[drag.to]?.key !== drag.key) form.move(drag.key, drag.to)
    setDrag(null)
  }

  async function pasteHere(event: ClipboardEvent): Promise<void> {
    if (open || !mayWrite) return
    const text = event.clipboardData.getData('text/plain')
    if (text === '') return
    event.preventDefault()
    event.stopPropagation()
    await paste(text, form, place)
  }
  function copyHere(event: ClipboardEvent): void {
    const column = columns[place.column]
    if (open || !current || !column || window.getSelection()?.type === 'Range') return
    event.preventDefault()
    event.clipboardData.setData('text/plain', copyText(valuesOf(current)[column.name], column, locale))
  }

  const { template, least } = tracks(columns, mayWrite)
  const line = drag ? lines.findIndex(({ key }) => key === drag.key) : -1
  return (
    <div
      ref={scroll}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-rowcount={lines.length + 1}
      aria-activedescendant={current && columns[place.column] ? `${gridId}-${current.key}-${columns[place.column]?.name ?? ''}` : undefined}
      style={{ maxHeight: headHeight + rowHeight * (mostInSight + 1) }}
      onKeyDown={press}
      onPaste={(event) => void pasteHere(event)}
      onCopy={copyHere}
      {...aria}
    >
      <div className={styles.head} role="row" style={{ gridTemplateColumns: template, minWidth: least }}>
        <span role="columnheader">{say('number')}</span>
        {columns.map((column) => (
          <span key={column.name} role="columnheader" data-align={kindOf(column).align} title={column.help ? label(column.help) : undefined}>
            {label(column.label)}
            {column.required && mayWrite && <b aria-hidden> *</b>}
          </span>
        ))}
        {mayWrite && <span role="columnheader" aria-label={say('tools')} />}
      </div>
      {lines.length === 0 ? (
        <p className={styles.none}>{say(mayAdd ? 'none_may_add' : 'none')}</p>
      ) : (
        <div className={styles.body} style={{ height: virtual.getTotalSize(), minWidth: least }}>
          {virtual.getVirtualItems().map((item) => {
            const one = lines[item.index]
            if (!one) return null
            const state = form.stateOf(one)
            const values = valuesOf(one)
            return (
              <div
                key={one.key}
                role="row"
                aria-rowindex={item.index + 2}
                className={styles.row}
                data-new={one.id === null || undefined}
                data-changed={(one.id !== null && one.draft !== null) || undefined}
                data-wrong={wrong.has(`${one.key} `) || undefined}
                data-dragged={drag?.key === one.key || undefined}
                data-drop={drag && drag.to === item.index && drag.key !== one.key ? (line < item.index ? 'below' : 'above') : undefined}
                style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${String(item.start - headHeight)}px)` }}
              >
                <span role="rowheader" className={styles.number} title={wrong.get(`${one.key} `)}>
                  {mayWrite && (
                    <button type="button" tabIndex={-1} className={styles.grip} aria-label={say('drag', { number: item.index + 1 })} onPointerDown={(event) => take(event, one)} onPointerMove={carry} onPointerUp={drop} onPointerCancel={() => setDrag(null)}>
                      <GripVertical size={14} aria-hidden />
                    </button>
                  )}
                  <span>{item.index + 1}</span>
                </span>
                {columns.map((column, index) => (
                  <LineCell
                    key={column.name}
                    id={`${gridId}-${one.key}-${column.name}`}
                    column={column}
                    value={values[column.name] ?? null}
                    within={{ object: form.object?.name ?? of, id: one.id, values: one.values }}
                    isAt={item.index === place.row && index === place.column}
                    open={item.index === place.row && index === place.column ? open : null}
                    mayChange={form.mayChange(one, column)}
                    isRequired={state.required.has(column.name) && one.draft !== null}
                    isHidden={state.hidden.has(column.name)}
                    isBehind={isBehind && Boolean(column.computed) && one.draft !== null}
                    wrong={wrong.get(`${one.key} ${column.name}`) ?? null}
                    onPoint={(opens) => {
                      setAt({ row: item.index, column: index })
                      setOpen(null)
                      scroll.current?.focus({ preventScroll: true })
                      if (opens && form.mayChange(one, column)) setOpen({ isTyped: false })
                    }}
                    onToggle={() => form.change([{ key: one.key, field: column, value: one.values[column.name] !== true }])}
                    onCommit={commit}
                    onCancel={() => {
                      setOpen(null)
                      scroll.current?.focus({ preventScroll: true })
                    }}
                  />
                ))}
                {mayWrite && (
                  <span role="gridcell" className={styles.tools}>
                    <button type="button" tabIndex={-1} aria-label={say('open')} title={say('open')} onClick={() => onOpen(one.key)}>
                      <Maximize2 size={14} aria-hidden />
                    </button>
                    {mayAdd && (
                      <button type="button" tabIndex={-1} aria-label={say('duplicate')} title={say('duplicate')} onClick={() => form.duplicate(one)}>
                        <Copy size={14} aria-hidden />
                      </button>
                    )}
                    {mayRemove(one) && (
                      <button type="button" tabIndex={-1} aria-label={say('remove')} title={say('remove')} onClick={() => removeLine(one)}>
                        <Trash2 size={14} aria-hidden />
                      </button>
                    )}
                  </span>
                )}
              </div>
            )
          })}
        </div>
      )}
      <LinesFoot lines={lines} columns={columns} valuesOf={valuesOf} template={template} least={least} hasTools={mayWrite} />
    </div>
  )
}

