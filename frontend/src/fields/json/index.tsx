/** Data of programs: an object or a list of JSON. */
import { Braces } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps } from '@/registry/field_kind'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'
import { JsonBox } from './JsonBox'
import { inOneLine, laidOut, readJson } from './written'
import styles from './json.module.css'

function JsonCell({ value, place }: CellProps<unknown>) {
  return place === 'page' ? <pre className={styles.whole}>{laidOut(value)}</pre> : <span className="tabular">{inOneLine(value).slice(0, 300)}</span>
}

export const json = fieldKind<unknown>({
  type: 'json',
  holds: 'data',
  label: { 'zh-CN': 'JSON', en: 'JSON' },
  icon: Braces,
  align: 'left',
  width: 220,
  Cell: JsonCell,
  Input: JsonBox,
  FilterValue: TextFilterValue,
  Settings: settingsOf('most_kb'),
  // A test asks for a key or a part of the text.
  format: (value) => (typeof value === 'string' ? value : inOneLine(value)),
  parse: readJson,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  hasManyLines: true,
  examples: [{ value: { a: [1, 'x'] }, typed: '{"a": [1, "x"]}', shown: { 'zh-CN': '{"a":[1,"x"]}', en: '{"a":[1,"x"]}' } }],
})
