/** How long something takes, in seconds. */
import { Timer } from 'lucide-react'
import type { Field } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FilterValueProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { PickedSetting } from '@/ui/inputs/settings'
import { formOf, readDuration, writeDuration } from './form'

const useText = defineMessages('duration', {
  'zh-CN': { form: '显示为', hours_minutes: '时:分（1:30）', hours_minutes_seconds: '时:分:秒（1:30:00）', days_hours: '天和小时（2 天 4 小时）', to: '至' },
  en: { form: 'Shown as', hours_minutes: 'Hours and minutes (1:30)', hours_minutes_seconds: 'With seconds (1:30:00)', days_hours: 'Days and hours (2 d 4 h)', to: 'to' },
})

function boxForm(field: Field) {
  const form = formOf(field)
  return { write: (value: number) => writeDuration(value, form, 'typed'), read: (text: string) => readDuration(text, form) }
}

function DurationCell({ value, field }: CellProps<number>) {
  return <span className="tabular">{writeDuration(value, formOf(field))}</span>
}

function DurationInput({ field, ...props }: InputProps<number>) {
  return <FigureBox {...props} form={boxForm(field)} placeholder={formOf(field) === 'days_hours' ? '2d 4h' : '1:30'} />
}

function DurationFilterValue({ field, op, value, onChange }: FilterValueProps) {
  const say = useText()
  const asFigure = (one: unknown): number | null => (typeof one === 'number' ? one : null)
  if (op === 'between') {
    const [from = null, to = null] = Array.isArray(value) ? (value as unknown[]).map(asFigure) : []
    return (
      <span style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
        <FigureBox place="form" form={boxForm(field)} value={from} onChange={(next) => onChange([next, to])} />
        <span>{say('to')}</span>
        <FigureBox place="form" form={boxForm(field)} value={to} onChange={(next) => onChange([from, next])} />
      </span>
    )
  }
  return <FigureBox place="form" form={boxForm(field)} value={asFigure(value)} onChange={onChange} />
}

function DurationSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  return (
    <PickedSetting
      label={say('form')}
      value={formOf({ options })}
      choices={{ hours_minutes: say('hours_minutes'), hours_minutes_seconds: say('hours_minutes_seconds'), days_hours: say('days_hours') }}
      onChange={(form) => onChange({ ...options, form })}
    />
  )
}

export const duration = fieldKind<number>({
  type: 'duration',
  holds: 'number',
  label: { 'zh-CN': '时长', en: 'Duration' },
  icon: Timer,
  align: 'right',
  width: 110,
  Cell: DurationCell,
  Input: DurationInput,
  FilterValue: DurationFilterValue,
  Settings: DurationSettings,
  format: (value, field, locale) => writeDuration(value, formOf(field), locale),
  parse: (text, field) => {
    if (text.trim() === '') return { value: null }
    const seconds = readDuration(text, formOf(field))
    return seconds === null
      ? { error: { 'zh-CN': '请填时长，例如 1:30、90 分钟或 1 小时 30 分。', en: 'Enter a duration, such as 1:30, 90 min or 1 h 30 min.' } }
      : { value: seconds }
  },
  summary: 'sum',
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    const more = after > before
    return { text: `${more ? '+' : '−'}${writeDuration(Math.abs(after - before), 'hours_minutes_seconds')}`, direction: more ? 'up' : 'down' }
  },
  examples: [
    { value: 5400, typed: '1:30', shown: { 'zh-CN': '1:30', en: '1:30' } },
    { value: 5400, typed: '90', shown: { 'zh-CN': '1:30', en: '1:30' } },
    { options: { form: 'hours_minutes_seconds' }, value: 5405, typed: '1h 30m 5s', shown: { 'zh-CN': '1:30:05', en: '1:30:05' } },
    { options: { form: 'days_hours' }, value: 187200, typed: '2 天 4 小时', shown: { 'zh-CN': '2 天 4 小时', en: '2 d 4 h' } },
  ],
})
