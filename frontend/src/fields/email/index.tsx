/** An e-mail address, written to by a tap. */
import { Reach } from '@/ui/Reach'
import { Mail } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

function EmailCell({ value, place }: CellProps<string>) {
  return place === 'page' ? <Reach href={`mailto:${value}`}>{value}</Reach> : <>{value}</>
}

function EmailInput(props: InputProps<string>) {
  return <TextBox {...props} mode="email" />
}

const shape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

function parse(text: string): Parsed<string> {
  const address = text.normalize('NFKC').trim()
  if (address === '') return { value: null }
  if (!shape.test(address) || address.length > 254) {
    return { error: { 'zh-CN': '请填写完整的邮箱，例如 li@example.com。', en: 'Enter a whole address, such as li@example.com.' } }
  }
  return { value: address }
}

export const email = fieldKind<string>({
  type: 'email',
  holds: 'text',
  label: { 'zh-CN': '邮箱', en: 'E-mail' },
  icon: Mail,
  align: 'left',
  width: 200,
  Cell: EmailCell,
  Input: EmailInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  reach: (value) => ({ href: `mailto:${value}`, verb: { 'zh-CN': '写邮件', en: 'E-mail' } }),
  examples: [{ value: 'li@example.com', typed: ' li@example.com', shown: { 'zh-CN': 'li@example.com', en: 'li@example.com' } }],
})
