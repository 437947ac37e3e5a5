/** How far something has come, as a bar. */
import { LoaderCircle } from 'lucide-react'
import { formatChange, formatPercent, parseFigure } from '@/lib/format'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { FigureFilterValue } from '@/ui/inputs/filter_values'
import styles from './progress.module.css'

function ProgressCell({ value }: CellProps<number>) {
  const share = Math.min(100, Math.max(0, value))
  return (
    <span className={styles.progress}>
      <span className={styles.track} aria-hidden>
        <span className={share >= 100 ? styles.done : styles.bar} style={{ width: `${share}%` }} />
      </span>
      <span className={`${styles.figure} tabular`}>{formatPercent(value)}</span>
    </span>
  )
}

function ProgressInput(props: InputProps<number>) {
  return <FigureBox {...props} suffix="%" />
}

export const progress = fieldKind<number>({
  type: 'progress',
  holds: 'number',
  label: { 'zh-CN': '进度', en: 'Progress' },
  icon: LoaderCircle,
  align: 'left',
  width: 150,
  Cell: ProgressCell,
  Input: ProgressInput,
  FilterValue: FigureFilterValue,
  Settings: null,
  format: (value) => formatPercent(value),
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const figure = parseFigure(text)
    return figure === null || figure < 0 || figure > 100
      ? { error: { 'zh-CN': '请填 0 到 100 的数字。', en: 'Enter a number from 0 to 100.' } }
      : { value: figure }
  },
  summary: 'average',
  isDrawn: true,
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    return { text: formatChange(after - before, '%'), direction: after > before ? 'up' : 'down' }
  },
  examples: [{ value: 40, typed: '40 %', shown: { 'zh-CN': '40%', en: '40%' } }],
})
