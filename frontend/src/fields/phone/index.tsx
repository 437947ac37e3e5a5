/** A telephone number, called by a tap. */
import { Reach } from '@/ui/Reach'
import { Phone } from 'lucide-react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'

function dialled(value: string): string {
  return `tel:${value.replace(/(转|ext\.?|x).*$/i, '').replace(/[^\d+]/g, '')}`
}

function PhoneCell({ value, place }: CellProps<string>) {
  return place === 'page' ? <Reach href={dialled(value)}>{value}</Reach> : <>{value}</>
}

function PhoneInput(props: InputProps<string>) {
  return <TextBox {...props} mode="tel" />
}

function parse(text: string): Parsed<string> {
  const number = text.normalize('NFKC').trim()
  if (number === '') return { value: null }
  const digits = number.replace(/\D/g, '').length
  if (digits < 3 || digits > 25) {
    return { error: { 'zh-CN': '请填写电话号码，例如 0512-6688 1234。', en: 'Enter a telephone number, such as 0512-6688 1234.' } }
  }
  return { value: number }
}

export const phone = fieldKind<string>({
  type: 'phone',
  holds: 'text',
  label: { 'zh-CN': '电话', en: 'Phone' },
  icon: Phone,
  align: 'left',
  width: 150,
  Cell: PhoneCell,
  Input: PhoneInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  reach: (value) => ({ href: dialled(value), verb: { 'zh-CN': '打电话', en: 'Call' } }),
  examples: [{ value: '0512-66881234 转 8', typed: '0512-66881234 转 8', shown: { 'zh-CN': '0512-66881234 转 8', en: '0512-66881234 转 8' } }],
})
