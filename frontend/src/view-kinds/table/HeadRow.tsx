/** The heads of the columns: what each is, how it is sorted; drag to move, pull the edge to widen, click for more. */
import { memo, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { DndContext, PointerSensor, closestCenter, useSensor, useSensors } from '@dnd-kit/core'
import type { DragEndEvent } from '@dnd-kit/core'
import { SortableContext, horizontalListSortingStrategy, useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, EyeOff, Rows3, Sigma } from 'lucide-react'
import type { ViewState } from '@/registry/view_kind'
import { kindOf } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import type { MenuEntry } from '@/ui/ActionMenu'
import { narrowest, numberWidth, widest, withMoved, withWidth } from './columns'
import type { Column } from './columns'
import { useText } from './messages'
import styles from './table.module.css'

export interface HeadRowProps {
  columns: readonly Column[]
  state: ViewState
  onChange: (changes: Partial<ViewState>) => void
  selection: 'none' | 'some' | 'all'
  onSelectAll: () => void
}

export const HeadRow = memo(function HeadRow({ columns, state, onChange, selection, onSelectAll }: HeadRowProps) {
  const say = useText()
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }))
  const movable = columns.slice(1).map((column) => column.path)
  // What the view leaves open is written down once somebody moves a column.
  const all = columns.map(({ path }) => state.columns.find((column) => column.field === path) ?? { field: path })
  const hidden = state.columns.filter((column) => !columns.some(({ path }) => path === column.field))

  function move(path: string, onto: string): void {
    onChange({ columns: [...withMoved(all, path, onto), ...hidden] })
  }
  function drop({ active, over }: DragEndEvent): void {
    if (over && over.id !== active.id) move(String(active.id), String(over.id))
  }
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      <div role="columnheader" aria-colindex={1} aria-label={say('number')} className={styles.headNumber} style={{ width: numberWidth }}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={say('select_all')}
          checked={selection === 'all'}
          ref={(box) => {
            if (box) box.indeterminate = selection === 'some'
          }}
          onChange={onSelectAll}
        />
      </div>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={movable} strategy={horizontalListSortingStrategy}>
          {columns.map((column, index) => (
            <HeadCell
              key={column.path}
              column={column}
              index={index}
              state={state}
              neighbours={[movable[index - 2], movable[index]]}
              onChange={onChange}
              onMove={(onto) => move(column.path, onto)}
              onResize={(width) => onChange({ columns: withWidth([...all, ...hidden], column.path, width) })}
            />
          ))}
        </SortableContext>
      </DndContext>
    </div>
  )
})

interface HeadCellProps {
  column: Column
  index: number
  state: ViewState
  neighbours: [string | undefined, string | undefined]
  onChange: (changes: Partial<ViewState>) => void
  onMove: (onto: string) => void
  onResize: (width: number) => void
}

function HeadCell({ column, index, state, neighbours, onChange, onMove, onResize }: HeadCellProps) {
  const say = useText()
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({ id: column.path, disabled: index === 0 })
  const { path, field, label, width } = column
  const kind = kindOf(field)
  const rises = state.sort.includes(path)
  const falls = state.sort.includes(`-${path}`)
  const [before, after] = neighbours
  const isGrouped = state.group_by === path
  const items: MenuEntry[] = [
    ...(field.sortable
      ? [
          { key: 'up', label: say('sort_up'), icon: <ArrowUp size={16} />, checked: rises, onSelect: () => onChange({ sort: rises ? [] : [path] }) },
          { key: 'down', label: say('sort_down'), icon: <ArrowDown size={16} />, checked: falls, onSelect: () => onChange({ sort: falls ? [] : [`-${path}`] }) },
        ]
      : []),
    ...(field.groupable && !path.includes('.')
      ? [{ key: 'group', label: say(isGrouped ? 'ungroup' : 'group_by'), icon: <Rows3 size={16} />, onSelect: () => onChange({ group_by: isGrouped ? null : path }) }]
      : []),
    ...(index > 0
      ? [
          { key: 'line', divider: true as const },
          { key: 'left', label: say('move_left'), icon: <ArrowLeft size={16} />, disabled: before === undefined, onSelect: () => before && onMove(before) },
          { key: 'right', label: say('move_right'), icon: <ArrowRight size={16} />, disabled: after === undefined, onSelect: () => after && onMove(after) },
          { key: 'hide', label: say('hide'), icon: <EyeOff size={16} />, onSelect: () => onChange({ columns: state.columns.filter((each) => each.field !== path) }) },
        ]
      : []),
  ]
  return (
    <div
      ref={setNodeRef}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={rises ? 'ascending' : falls ? 'descending' : 'none'}
      className={index === 0 ? styles.headName : styles.headCell}
      data-align={kind.align}
      data-dragging={isDragging || undefined}
      style={{ width, ...(index > 0 ? { transform: CSS.Translate.toString(transform), transition } : {}) }}
    >
      <ActionMenu items={items} title={label} placement="bottomLeft">
        <button type="button" tabIndex={-1} className={styles.headButton} title={field.computed ? `${label} · ${say('is_computed')}` : label} {...(index > 0 ? listeners : {})}>
          <kind.icon size={14} aria-hidden />
          <span>{label}</span>
          {field.computed && (
            <>
              <Sigma size={11} className={styles.computed} aria-hidden />
              <span className="visually-hidden">{say('is_computed')}</span>
            </>
          )}
          {rises && <ArrowUp size={13} className={styles.sorted} aria-hidden />}
          {falls && <ArrowDown size={13} className={styles.sorted} aria-hidden />}
        </button>
      </ActionMenu>
      <Resizer width={width} label={say('resize', { column: label })} onResize={onResize} />
    </div>
  )
}

function Resizer({ width, label, onResize }: { width: number; label: string; onResize: (width: number) => void }) {
  const [pulled, setPulled] = useState<number | null>(null)
  const start = useRef({ x: 0, width: 0 })
  const at = (event: PointerEvent): number => Math.min(widest, Math.max(narrowest, start.current.width + event.clientX - start.current.x))
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      className={styles.resizer}
      data-pulled={pulled !== null || undefined}
      style={pulled === null ? undefined : { right: width - pulled - 4 }}
      onPointerDown={(event) => {
        event.preventDefault()
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
        setPulled(width)
      }}
      onPointerMove={(event) => {
        if (pulled !== null) setPulled(at(event))
      }}
      onPointerUp={(event) => {
        if (pulled === null) return
        const wanted = at(event)
        setPulled(null)
        if (wanted !== width) onResize(wanted)
      }}
      onPointerCancel={() => setPulled(null)}
    />
  )
}
