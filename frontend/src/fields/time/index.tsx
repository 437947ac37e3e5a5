/** An hour of the day. */
import { Clock } from 'lucide-react'
import { Input } from 'antd'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FilterValueProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { TextBox } from '@/ui/inputs/TextBox'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { Check } from '@/ui/inputs/settings'
import { readTime } from './read'

const useText = defineMessages('time', { 'zh-CN': { seconds: '精确到秒', from: '从', to: '至' }, en: { seconds: 'With seconds', from: 'From', to: 'to' } })

function TimeCell({ value }: CellProps<string>) {
  return <span className="tabular">{value}</span>
}

function TimeInput({ field, ...props }: InputProps<string>) {
  return <TextBox {...props} field={field} placeholder={field.options.seconds === true ? '09:30:00' : '09:30'} />
}

function TimeFilterValue(props: FilterValueProps) {
  const say = useText()
  const { op, value, onChange } = props
  if (op !== 'between') return <TextFilterValue {...props} />
  const [from = '', to = ''] = Array.isArray(value) ? (value as string[]) : []
  return (
    <span style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
      <Input value={from} aria-label={say('from')} placeholder="09:00" onChange={(event) => onChange([event.target.value, to])} />
      <span>{say('to')}</span>
      <Input value={to} aria-label={say('to')} placeholder="18:00" onChange={(event) => onChange([from, event.target.value])} />
    </span>
  )
}

function TimeSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  return (
    <Check isOn={options.seconds === true} onChange={(isOn) => onChange({ ...options, seconds: isOn })}>
      {say('seconds')}
    </Check>
  )
}

export const time = fieldKind<string>({
  type: 'time',
  holds: 'text',
  label: { 'zh-CN': '时间', en: 'Time' },
  icon: Clock,
  align: 'left',
  width: 100,
  Cell: TimeCell,
  Input: TimeInput,
  FilterValue: TimeFilterValue,
  Settings: TimeSettings,
  format: (value) => value,
  parse: (text, field) => {
    if (text.trim() === '') return { value: null }
    const found = readTime(text, field.options.seconds === true)
    return found === null ? { error: { 'zh-CN': '请填时间，例如 09:30 或 下午 2:15。', en: 'Enter a time, such as 09:30 or 2:15 pm.' } } : { value: found }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [
    { value: '14:15', typed: '下午2点15分', shown: { 'zh-CN': '14:15', en: '14:15' } },
    { value: '09:05', typed: '9:5', shown: { 'zh-CN': '09:05', en: '09:05' } },
    { options: { seconds: true }, value: '14:15:00', typed: '2:15 pm', shown: { 'zh-CN': '14:15:00', en: '14:15:00' } },
  ],
})
