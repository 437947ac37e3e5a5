/** What stands under the lines: how many there are, and what columns of figures come to. */
import { useMemo } from 'react'
import type { Field, Values } from '@/api/types'
import { kindOf } from '@/registry/registry'
import { sumsOf } from './lines'
import type { Line } from './lines'
import { useText } from './messages'
import styles from './lines.module.css'

export interface LinesFootProps {
  lines: readonly Line[]
  columns: readonly Field[]
  valuesOf: (line: Line) => Values
  template: string
  least: number
  hasTools: boolean
}

export function LinesFoot({ lines, columns, valuesOf, template, least, hasTools }: LinesFootProps) {
  const say = useText()
  const sums = useMemo(() => sumsOf(columns, lines.map(valuesOf)), [columns, lines, valuesOf])
  if (lines.length === 0) return null
  return (
    <div className={styles.foot} role="row" style={{ gridTemplateColumns: template, minWidth: least }}>
      <span role="gridcell" className={styles.count}>
        {say('total', { count: lines.length })}
      </span>
      {columns.map((column) => {
        const { Cell, align } = kindOf(column)
        const sum = sums.get(column.name)
        return (
          <span key={column.name} role="gridcell" data-align={align} data-sum={column.name}>
            {sum === undefined ? null : <Cell value={sum} field={column} place="page" />}
          </span>
        )
      })}
      {hasTools && <span role="gridcell" />}
    </div>
  )
}
