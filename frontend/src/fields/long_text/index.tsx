/** Several lines of text. */
import { AlignLeft } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps } from '@/registry/field_kind'
import { LinesBox } from '@/ui/inputs/LinesBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'
import styles from './long_text.module.css'

function LongTextCell({ value, place }: CellProps<string>) {
  return place === 'page' ? <span className={styles.lines}>{value}</span> : <>{value.replace(/\s+/g, ' ')}</>
}

export const long_text = fieldKind<string>({
  type: 'long_text',
  holds: 'text',
  label: { 'zh-CN': '多行文本', en: 'Long text' },
  icon: AlignLeft,
  align: 'left',
  width: 240,
  Cell: LongTextCell,
  Input: LinesBox,
  FilterValue: TextFilterValue,
  Settings: settingsOf('max_length'),
  format: (value) => value,
  parse: (text) => ({ value: text.trim() === '' ? null : text.replace(/\r\n?/g, '\n') }),
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  hasManyLines: true,
  examples: [{ value: '第一行\n第二行', typed: '第一行\r\n第二行', shown: { 'zh-CN': '第一行\n第二行', en: '第一行\n第二行' } }],
})
