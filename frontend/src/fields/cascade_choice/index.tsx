/** One of fixed options that lie in levels, told with what lies above it. */
import { ListTree } from 'lucide-react'
import { Input } from 'antd'
import { Suspense, lazy } from 'react'
import { defineMessages, useLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FilterValueProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { Chip } from '@/ui/Chip'
import { lazySettings } from '@/ui/inputs/lazy_settings'
import { Check } from '@/ui/inputs/settings'
import inputs from '@/ui/inputs/inputs.module.css'
import { branchOf, findLevel, pathText } from './levels'

const useText = defineMessages('cascade-choice', {
  'zh-CN': { last_level_only: '必须选到最后一级' },
  en: { last_level_only: 'Only options with nothing below them' },
})

const LevelCascader = lazy(async () => ({ default: (await import('./LevelCascader')).LevelCascader }))
const LevelsCascader = lazy(async () => ({ default: (await import('./LevelCascader')).LevelsCascader }))
const OptionSettings = lazySettings(async () => (await import('@/ui/inputs/option_settings')).optionSettings({ hasLevels: true }))

function CascadeCell({ value, field }: CellProps<string>) {
  const locale = useLocale()
  const hue = branchOf(field.options.choices ?? [], value).findLast((one) => one.color)?.color
  return <Chip hue={hue}>{pathText(field, value, locale)}</Chip>
}

function CascadeInput(props: InputProps<string>) {
  const { value, field, place } = props
  const waiting = (
    <Input
      value={value === null ? '' : pathText(field, value)}
      disabled
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      aria-labelledby={props['aria-labelledby']}
    />
  )
  return (
    <Suspense fallback={waiting}>
      <LevelCascader {...props} />
    </Suspense>
  )
}

function CascadeFilterValue({ field, op, value, onChange }: FilterValueProps) {
  if (op === 'eq' || op === 'ne') return <CascadeInput place="form" field={{ ...field, required: false }} value={typeof value === 'string' ? value : null} onChange={onChange} />
  return (
    <Suspense fallback={<Input className={inputs.full} disabled />}>
      <LevelsCascader field={field} values={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />
    </Suspense>
  )
}

function CascadeSettings(props: SettingsProps) {
  const say = useText()
  return (
    <div className={inputs.settings}>
      <OptionSettings {...props} />
      <Check isOn={props.options['last_level_only'] === true} onChange={(isOn) => props.onChange({ ...props.options, last_level_only: isOn })}>
        {say('last_level_only')}
      </Check>
    </div>
  )
}

const sample = [
  { value: 'a', label: { 'zh-CN': '甲', en: 'First' } },
  { value: 'b', label: { 'zh-CN': '乙', en: 'Second' }, parent: 'a' },
]

export const cascade_choice = fieldKind<string>({
  type: 'cascade_choice',
  holds: 'text',
  label: { 'zh-CN': '级联选择', en: 'Cascade' },
  icon: ListTree,
  align: 'left',
  width: 190,
  Cell: CascadeCell,
  Input: CascadeInput,
  FilterValue: CascadeFilterValue,
  Settings: CascadeSettings,
  format: (value, field, locale) => pathText(field, value, locale),
  parse: (text, field) => {
    if (text.trim() === '') return { value: null }
    const found = findLevel(field, text)
    if (found === 'several') return { error: { 'zh-CN': '有几个选项同名，请写完整路径。', en: 'Several options are called so. Write the whole path.' } }
    return found ? { value: found.value } : { error: { 'zh-CN': '请从选项中选择。', en: 'Choose one of the options.' } }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  isPicked: true,
  examples: [{ options: { choices: sample }, value: 'b', typed: '甲 > 乙', shown: { 'zh-CN': '甲 / 乙', en: 'First / Second' } }],
})
