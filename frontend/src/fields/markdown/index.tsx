/** Long text with headings, lists and tables. What draws it is fetched when some is shown. */
import { FileText } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps } from '@/registry/field_kind'
import { LinesBox } from '@/ui/inputs/LinesBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'
import { plainOf } from './plain'

const Drawn = lazy(async () => ({ default: (await import('./Drawn')).Drawn }))

function MarkdownCell({ value, place }: CellProps<string>) {
  if (place !== 'page') return <>{plainOf(value)}</>
  return (
    <Suspense fallback={<span>{plainOf(value)}</span>}>
      <Drawn text={value} />
    </Suspense>
  )
}

export const markdown = fieldKind<string>({
  type: 'markdown',
  holds: 'text',
  label: { 'zh-CN': 'Markdown', en: 'Markdown' },
  icon: FileText,
  align: 'left',
  width: 240,
  Cell: MarkdownCell,
  Input: LinesBox,
  FilterValue: TextFilterValue,
  Settings: settingsOf('max_length'),
  format: (value) => value,
  parse: (text) => ({ value: text.trim() === '' ? null : text.replace(/\r\n?/g, '\n') }),
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  hasManyLines: true,
  examples: [{ value: '# 标题\n\n- 一', typed: '# 标题\r\n\r\n- 一', shown: { 'zh-CN': '# 标题\n\n- 一', en: '# 标题\n\n- 一' } }],
})
