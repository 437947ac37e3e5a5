/** Formatted text, written as it is seen. What writes and draws it is fetched when some is. */
import { Input } from 'antd'
import { Pilcrow } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { settingsOf } from '@/ui/inputs/settings'
import { isBlank, paragraphs, plainOf } from './plain'

const Drawn = lazy(async () => ({ default: (await import('./Drawn')).Drawn }))
const RichTextEditor = lazy(async () => ({ default: (await import('./RichTextEditor')).RichTextEditor }))

function RichTextCell({ value, place }: CellProps<string>) {
  if (place !== 'page') return <>{plainOf(value)}</>
  return (
    <Suspense fallback={<span>{plainOf(value)}</span>}>
      <Drawn html={value} />
    </Suspense>
  )
}

function RichTextInput(props: InputProps<string>) {
  return (
    <Suspense fallback={<Input.TextArea value={props.value === null ? '' : plainOf(props.value)} disabled aria-labelledby={props['aria-labelledby']} />}>
      <RichTextEditor {...props} />
    </Suspense>
  )
}

const isFormatted = /^\s*<[a-z]/i

export const rich_text = fieldKind<string>({
  type: 'rich_text',
  holds: 'text',
  label: { 'zh-CN': '富文本', en: 'Rich text' },
  icon: Pilcrow,
  align: 'left',
  width: 240,
  Cell: RichTextCell,
  Input: RichTextInput,
  FilterValue: TextFilterValue,
  Settings: settingsOf('max_length'),
  format: plainOf,
  parse: (text) => {
    const html = isFormatted.test(text) ? text : paragraphs(text)
    return { value: isBlank(html) ? null : html }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  hasManyLines: true,
  examples: [
    { value: '<p>一 &amp; 二</p><p>三</p>', typed: '一 & 二\n\n三', shown: { 'zh-CN': '一 & 二 三', en: '一 & 二 三' } },
  ],
})
