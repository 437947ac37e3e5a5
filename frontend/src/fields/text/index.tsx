/** One line of text. */
import { settingsOf } from '@/ui/inputs/settings'
import { Type } from 'lucide-react'
import { isOutside, linkOf } from '@/ui/link_of'
import { Reach } from '@/ui/Reach'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

function TextCell({ value, field, place }: CellProps<string>) {
  const link = linkOf(value, field)
  return link ? (
    <Reach href={link.href} isOutside={isOutside(link)} isTabStop={place === 'page'}>
      {link.words}
    </Reach>
  ) : (
    <>{value}</>
  )
}

function TextInput(props: InputProps<string>) {
  return <TextBox {...props} mode="text" />
}

function parse(text: string): Parsed<string> {
  const line = text.replace(/\s+/g, ' ').trim()
  return { value: line === '' ? null : line }
}

export const text = fieldKind<string>({
  type: 'text',
  holds: 'text',
  label: { 'zh-CN': '文本', en: 'Text' },
  icon: Type,
  align: 'left',
  width: 180,
  Cell: TextCell,
  Input: TextInput,
  FilterValue: TextFilterValue,
  Settings: settingsOf('max_length', 'pattern'),
  format: (value, field) => linkOf(value, field)?.words ?? value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: '苏州澜科', typed: ' 苏州澜科 ', shown: { 'zh-CN': '苏州澜科', en: '苏州澜科' } }],
})
