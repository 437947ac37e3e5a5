/** Rows of figures and words that set up a field; loaded when a designer opens them. */
import { Input } from 'antd'
import { useId } from 'react'
import type { FieldOptions } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { FieldLabel } from '../FieldLabel'
import { FigureBox } from './FigureBox'
import styles from './inputs.module.css'

const useText = defineMessages('field-settings', {
  'zh-CN': {
    max_length: '最多字符', most: '最多几个', most_mb: '每个最大（MB）', most_kb: '最大（KB）', pattern: '格式（正则表达式）', decimals: '小数位', minimum: '最小值', maximum: '最大值', unit: '单位', currency: '币种', number_pattern: '编号规则',
    number_help: '{YYYY} {MM} {DD} 为日期，{0000} 为流水号',
  },
  en: {
    max_length: 'Longest, in characters', most: 'At most so many', most_mb: 'Largest, in MB', most_kb: 'Largest, in kB', pattern: 'Form (regular expression)', decimals: 'Decimals', minimum: 'Minimum', maximum: 'Maximum', unit: 'Unit', currency: 'Currency', number_pattern: 'Pattern of the number',
    number_help: '{YYYY} {MM} {DD} are the date, {0000} the running number',
  },
})

export type Key = 'most' | 'most_mb' | 'most_kb' | 'max_length' | 'pattern' | 'decimals' | 'minimum' | 'maximum' | 'unit' | 'currency'

interface SettingsProps {
  options: FieldOptions
  onChange: (options: FieldOptions) => void
}

const figures: ReadonlySet<Key> = new Set(['most', 'most_mb', 'most_kb', 'max_length', 'decimals', 'minimum', 'maximum'])

/** A form of the named settings, figures and words. */
export function settingRows(names: readonly Key[]) {
  return function Settings({ options, onChange }: SettingsProps) {
    return (
      <div className={styles.settings}>
        {names.map((name) => (
          <Setting key={name} name={name} options={options} onChange={onChange} />
        ))}
      </div>
    )
  }
}

function Setting({ name, options, onChange }: SettingsProps & { name: Key }) {
  const say = useText()
  const id = useId()
  const value = options[name]
  return (
    <div>
      <FieldLabel htmlFor={id}>{say(name)}</FieldLabel>
      {figures.has(name) ? (
        <FigureBox id={id} place="form" value={typeof value === 'number' ? value : value ? Number(value) : null} onChange={(next) => onChange({ ...options, [name]: next ?? undefined })} />
      ) : (
        <Input
          id={id}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange({ ...options, [name]: event.target.value === '' ? undefined : name === 'currency' ? event.target.value.toUpperCase() : event.target.value })}
        />
      )}
    </div>
  )
}

export function NumberPatternSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const id = useId()
  return (
    <div>
      <FieldLabel htmlFor={id} help={say('number_help')}>
        {say('number_pattern')}
      </FieldLabel>
      <Input id={id} value={options.pattern ?? ''} placeholder="NO-{YYYY}{MM}-{0000}" onChange={(event) => onChange({ ...options, pattern: event.target.value })} />
    </div>
  )
}
