/** A web address; without a scheme it gets https. */
import { Reach } from '@/ui/Reach'
import { Link } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

function bare(value: string): string {
  return value.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

function UrlCell({ value, place }: CellProps<string>) {
  const isSafe = /^https?:\/\//i.test(value)
  return place === 'page' && isSafe ? (
    <Reach href={value} isOutside>
      {bare(value)}
    </Reach>
  ) : (
    <>{bare(value)}</>
  )
}

function UrlInput(props: InputProps<string>) {
  return <TextBox {...props} mode="url" />
}

function parse(text: string): Parsed<string> {
  const typed = text.trim()
  if (typed === '') return { value: null }
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  const isGood = /^https?:/i.test(address) && !/\s/.test(address) && URL.canParse(address)
  return isGood ? { value: address } : { error: { 'zh-CN': '请填写网址，例如 www.example.com。', en: 'Enter a web address, such as www.example.com.' } }
}

export const url = fieldKind<string>({
  type: 'url',
  holds: 'text',
  label: { 'zh-CN': '网址', en: 'Web address' },
  icon: Link,
  align: 'left',
  width: 200,
  Cell: UrlCell,
  Input: UrlInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  reach: (value) => ({ href: /^https?:\/\//i.test(value) ? value : 'about:blank', verb: { 'zh-CN': '打开网址', en: 'Open' } }),
  examples: [{ value: 'https://www.example.com', typed: 'www.example.com', shown: { 'zh-CN': 'https://www.example.com', en: 'https://www.example.com' } }],
})
