/** One record of the table. It is drawn again only when something about it changes. */
import { memo, use } from 'react'
import type { ReactNode } from 'react'
import { CircleAlert, Lock } from 'lucide-react'
import type { RecordRow } from '@/api/types'
import { ColoringContext, paintOf, tones } from '@/registry/coloring'
import { kindOf } from '@/registry/registry'
import type { Column } from './columns'
import { useText } from './messages'
import styles from './table.module.css'

export interface GridRowProps {
  row: RecordRow
  number: number
  rowIndex: number
  top: number
  height: number
  gridId: string
  columns: readonly Column[]
  isSelected: boolean
  isOpened: boolean
  /** The column of the cell that has the focus; -1 when it is elsewhere. */
  active: number
  /** The first and the last chosen column, as text so that equal ones are equal; empty when none is. */
  range: string
  editing: number
  editor: ReactNode
  /** The columns whose changes were refused, and why. */
  refused: readonly { path: string; reason: string }[] | null
  /** Why the cell that has the focus cannot be changed as the record is. */
  closed: string | null
}

export function cellId(gridId: string, row: string, column: number): string {
  return `${gridId}-${row}-${column}`
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, number, rowIndex, top, height, gridId, columns, isSelected, isOpened, active, range, editing, editor, refused, closed } = props
  const say = useText()
  const [left = -1, right = -1] = range === '' ? [] : range.split(':').map(Number)
  const coloring = use(ColoringContext)
  const paint = paintOf(coloring, row)
  const name = typeof row['name'] === 'string' && row['name'] !== '' ? row['name'] : say('untitled')
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      className={styles.row}
      data-row={row.id}
      data-selected={isSelected || undefined}
      data-opened={isOpened || undefined}
      data-editing={editing >= 0 || undefined}
      data-paint={paint?.hue}
      style={{ height, transform: `translateY(${top}px)`, ...tones(paint) }}
    >
      <div role="gridcell" aria-colindex={1} className={styles.number} title={paint?.why}>
        <span aria-hidden>{number}</span>
        <input type="checkbox" tabIndex={-1} aria-label={say('select_row', { name })} checked={isSelected} readOnly data-select />
      </div>
      {columns.map((column, index) => {
        const own = paintOf(coloring, row, column.path)
        const refusal = refused?.find((one) => one.path === column.path)?.reason
        const why = refusal ?? (index === active ? (closed ?? undefined) : undefined)
        return (
          <div
            key={column.path}
            id={cellId(gridId, row.id, index)}
            role={index === 0 ? 'rowheader' : 'gridcell'}
            aria-colindex={index + 2}
            aria-readonly={!column.mayWrite || (index === active && closed !== null)}
            className={index === 0 ? styles.nameCell : styles.cell}
            data-column={index}
            data-align={kindOf(column.field).align}
            data-active={index === active || undefined}
            data-range={(index >= left && index <= right) || undefined}
            data-refused={refusal !== undefined || undefined}
            title={why ?? own?.why ?? (index === 0 ? paint?.why : undefined)}
            data-paint={own?.hue}
            style={{ width: column.width, ...tones(own) }}
          >
            {index === 0 ? (
              <>
                <button type="button" tabIndex={-1} className={styles.name} data-open>
                  {name}
                </button>
                {paint && <span className="visually-hidden">{paint.why}</span>}
                <button type="button" tabIndex={-1} className={styles.openButton} data-open aria-label={say('open_record', { name })}>
                  {say('open')}
                </button>
              </>
            ) : (
              <CellValue column={column} value={row[column.path]} />
            )}
            {refusal !== undefined && <CircleAlert size={14} className={styles.refusedMark} aria-label={refusal} />}
            {why !== undefined && refusal === undefined && <Lock size={12} className={styles.closedMark} aria-label={why} />}
            {own && <span className="visually-hidden">{own.why}</span>}
            {index === editing && editor}
          </div>
        )
      })}
    </div>
  )
})

const CellValue = memo(function CellValue({ column, value }: { column: Column; value: unknown }) {
  const { Cell, isEmpty } = kindOf(column.field)
  if (isEmpty(value)) return null
  return (
    <span className={styles.value}>
      <Cell value={value} field={column.field} place="cell" />
    </span>
  )
})

export function MissingRow({ top, height, columns, rowIndex }: { top: number; height: number; columns: readonly Column[]; rowIndex: number }) {
  return (
    <div role="row" aria-rowindex={rowIndex} aria-busy className={styles.row} data-missing style={{ height, transform: `translateY(${top}px)` }}>
      <div className={styles.number} />
      {columns.map((column, index) => (
        <div key={column.path} className={index === 0 ? styles.nameCell : styles.cell} data-align={kindOf(column.field).align} style={{ width: column.width }}>
          <span className={styles.bone} style={{ width: `${[62, 44, 54, 38][(rowIndex + index) % 4] ?? 50}%` }} />
        </div>
      ))}
    </div>
  )
}
