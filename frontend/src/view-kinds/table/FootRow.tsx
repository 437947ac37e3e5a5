/** The foot of the table: how many records, and one total per column, chosen here. */
import { memo } from 'react'
import type { AggregateOp } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { kindOf } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import type { Column } from './columns'
import { useText } from './messages'
import type { Total, Totals } from './sections'
import { TotalText } from './TotalText'
import styles from './table.module.css'

export interface FootRowProps {
  columns: readonly Column[]
  /** Over everything; null until known. */
  count: number | null
  /** Null in a table without groups. */
  groups: number | null
  values: ReadonlyMap<string, Total>
  totals: Totals
  onChoose: (path: string, op: AggregateOp | 'none') => void
}

const offered = ['sum', 'average', 'minimum', 'maximum', 'count_distinct', 'count_filled'] as const

export const FootRow = memo(function FootRow({ columns, count, groups, values, totals, onChoose }: FootRowProps) {
  const say = useText()
  return (
    <div className={styles.foot}>
      {columns.map((column, index) => {
        const op = totals.get(column.path)
        const ops = offered.filter((each) => column.field.aggregates.includes(each))
        const value = <TotalText column={column} op={op} value={values.get(column.path)} />
        if (index === 0) {
          return (
            <div key={column.path} className={styles.footLead} style={{ width: column.width + 44 }}>
              {count !== null && say('records', { count: formatNumber(count) })}
              {groups !== null && ` · ${say('groups', { count: groups })}`}
            </div>
          )
        }
        return (
          <div key={column.path} className={styles.footCell} data-align={kindOf(column.field).align} style={{ width: column.width }}>
            {ops.length > 0 && !column.path.includes('.') ? (
              <ActionMenu
                title={say('total_of')}
                placement="topLeft"
                items={[
                  { key: 'none', label: say('none_total'), checked: op === undefined, onSelect: () => onChoose(column.path, 'none') },
                  ...ops.map((each) => ({ key: each, label: say(each), checked: each === op, onSelect: () => onChoose(column.path, each) })),
                ]}
              >
                <button type="button" className={styles.footButton} data-empty={op === undefined || undefined} aria-label={say('choose_total', { column: column.label })}>
                  {op === undefined ? say('total') : value}
                </button>
              </ActionMenu>
            ) : (
              value
            )}
          </div>
        )
      })}
    </div>
  )
})
