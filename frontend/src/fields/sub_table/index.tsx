/** Lines of a record. In lists it shows how many there are; forms and pages show the lines themselves. */
import { Table2 } from 'lucide-react'
import { formatNumber, parseFigure } from '@/lib/format'
import { defineMessages } from '@/lib/i18n'
import { isLinesDraft, linesToWire } from '@/lib/lines'
import type { LinesDraft } from '@/lib/lines'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { FigureFilterValue } from '@/ui/inputs/filter_values'
import { SubTableSettings } from './SubTableSettings'

const useText = defineMessages('sub_table', { 'zh-CN': { lines: '{{count}} 行' }, en: { lines: '{{count}} lines', lines_one: 'One line' } })

type Lines = number | LinesDraft

function SubTableCell({ value }: CellProps<Lines>) {
  const say = useText()
  // While it is being saved nobody knows how many there will be.
  return typeof value === 'number' ? <>{say('lines', { count: value })}</> : <>…</>
}

function SubTableInput(props: InputProps<Lines>) {
  return <FigureBox {...(props as InputProps<number>)} />
}

export const sub_table = fieldKind<Lines>({
  type: 'sub_table',
  holds: 'number',
  label: { 'zh-CN': '子表', en: 'Sub-table' },
  icon: Table2,
  align: 'right',
  width: 100,
  Cell: SubTableCell,
  Input: SubTableInput,
  FilterValue: FigureFilterValue,
  Settings: SubTableSettings,
  format: (value) => (typeof value === 'number' ? formatNumber(value) : ''),
  parse: (text) => {
    const figure = text.trim() === '' ? null : parseFigure(text)
    if (text.trim() === '') return { value: null }
    return figure === null ? { error: { 'zh-CN': '请填数字。', en: 'Enter a number.' } } : { value: figure }
  },
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => (isLinesDraft(value) ? linesToWire(value) : value),
  isReadOnly: true,
  hasManyLines: true,
  examples: [{ value: 12, typed: '12', shown: { 'zh-CN': '12', en: '12' } }],
})
