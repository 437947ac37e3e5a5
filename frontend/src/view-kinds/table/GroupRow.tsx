/** The head of a group: its value, how many records, and the totals of its columns. It stays while its rows pass. */
import type { CSSProperties } from 'react'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { Field } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { Column } from './columns'
import { useText } from './messages'
import type { Section, Totals } from './sections'
import { TotalText } from './TotalText'
import styles from './table.module.css'

export interface GroupRowProps {
  section: Section
  field: Field
  columns: readonly Column[]
  totals: Totals
  isCollapsed: boolean
  rowIndex: number
  isSticky?: boolean
  style: CSSProperties
  onToggle: () => void
}

export function GroupRow({ section, field, columns, totals, isCollapsed, rowIndex, isSticky = false, style, onToggle }: GroupRowProps) {
  const say = useText()
  const locale = useLocale()
  const { Cell, format } = kindOf(field)
  const isSet = section.value !== null
  const words = isSet ? format(section.value, field, locale) : say('none')
  const Chevron = isCollapsed ? ChevronRight : ChevronDown
  const lead = columns.findIndex((column, index) => index > 0 && totals.has(column.path))
  const before = lead < 0 ? columns : columns.slice(0, lead)
  const width = before.reduce((sum, column) => sum + column.width, 0)
  return (
    <div role="row" aria-rowindex={rowIndex} className={styles.group} data-sticky={isSticky || undefined} aria-hidden={isSticky || undefined} style={style}>
      <div role="gridcell" className={styles.groupLead} style={{ width: width + 44 }}>
        <span className={styles.groupLabel}>
          <button type="button" tabIndex={-1} className={styles.chevron} aria-expanded={!isCollapsed} aria-label={`${say(isCollapsed ? 'expand' : 'collapse')} ${words}`} onClick={onToggle}>
            <Chevron size={16} aria-hidden />
          </button>
          {isSet ? <Cell value={section.value} field={field} place="cell" /> : <span className={styles.unset}>{words}</span>}
          <span className={styles.groupCount}>{say('group_count', { count: formatNumber(section.count ?? 0) })}</span>
        </span>
      </div>
      {columns.slice(before.length).map((column) => (
        <div key={column.path} role="gridcell" className={styles.groupTotal} data-align={kindOf(column.field).align} style={{ width: column.width }}>
          <TotalText column={column} op={totals.get(column.path)} value={section.totals.get(column.path)} isExact />
        </div>
      ))}
    </div>
  )
}
