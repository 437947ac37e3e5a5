/** A percentage; 12.5 means 12.5 %. */
import { Percent } from 'lucide-react'
import type { Field } from '@/api/types'
import { formatChange, formatPercent, parseFigure } from '@/lib/format'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { FigureFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'

function written(value: number, field: Field): string {
  const { decimals } = field.options
  const rounded = decimals === undefined ? value : Number(value.toFixed(decimals))
  return formatPercent(rounded)
}

function PercentCell({ value, field }: CellProps<number>) {
  return <span className="tabular">{written(value, field)}</span>
}

function PercentInput(props: InputProps<number>) {
  return <FigureBox {...props} suffix="%" />
}

export const percent = fieldKind<number>({
  type: 'percent',
  holds: 'number',
  label: { 'zh-CN': '百分比', en: 'Percent' },
  icon: Percent,
  align: 'right',
  width: 100,
  Cell: PercentCell,
  Input: PercentInput,
  FilterValue: FigureFilterValue,
  Settings: settingsOf('decimals', 'minimum', 'maximum'),
  format: written,
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const figure = parseFigure(text)
    return figure === null ? { error: { 'zh-CN': '请填写数字，例如 1,200 或 1.2 万。', en: 'Enter a number, such as 1,200 or 1.2k.' } } : { value: figure }
  },
  summary: 'average',
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    return { text: formatChange(after - before, '%'), direction: after > before ? 'up' : 'down' }
  },
  examples: [{ options: { decimals: 1 }, value: 12.5, typed: '12.5 %', shown: { 'zh-CN': '12.5%', en: '12.5%' } }],
})
