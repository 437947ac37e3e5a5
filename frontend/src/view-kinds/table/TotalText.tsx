/** One total: a sum plain, everything else with a word before it; short with the exact figure behind it. */
import type { AggregateOp } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { Column } from './columns'
import { useText } from './messages'
import type { Total } from './sections'
import styles from './table.module.css'

const counts: ReadonlySet<AggregateOp> = new Set(['count', 'count_distinct', 'count_filled'])

/** An average has no more decimals than people can use. */
function rounded(op: AggregateOp, value: number, isWhole: boolean): number {
  return op === 'average' ? Number(value.toFixed(isWhole ? 0 : 1)) : value
}

export function TotalText({ column, op, value, isExact = false }: { column: Column; op: AggregateOp | undefined; value: Total | undefined; isExact?: boolean }) {
  const say = useText()
  const locale = useLocale()
  if (!op || value === undefined || value === null) return null
  const kind = kindOf(column.field)
  const figure = typeof value === 'number' ? rounded(op, value, Math.abs(value) >= 10) : value
  const exact = counts.has(op) ? formatNumber(Number(value)) : kind.format(figure, column.field, locale)
  return (
    <span className={styles.total} data-op={op} title={exact}>
      {op !== 'sum' && op !== 'count' && <span className={styles.totalWord}>{say(`short_${op}`)}</span>}
      {counts.has(op) || isExact || kind.isDrawn ? exact : <kind.Cell value={figure} field={column.field} place="card" />}
    </span>
  )
}
