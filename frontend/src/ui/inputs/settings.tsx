/** Settings that several types of fields share, as rows of a small form. */
import { Checkbox, Select } from 'antd'
import { useId } from 'react'
import { FieldLabel } from '../FieldLabel'
import { lazySettings } from './lazy_settings'
import type { Key } from './setting_rows'
import styles from './inputs.module.css'

/** A form of the named settings, figures and words. */
export function settingsOf(...names: Key[]) {
  return lazySettings(async () => (await import('./setting_rows')).settingRows(names))
}

export const NumberPatternSettings = lazySettings(async () => (await import('./setting_rows')).NumberPatternSettings)

export interface PickedSettingProps<T extends string> {
  label: string
  value: T
  /** Each value with its words. */
  choices: Readonly<Record<T, string>>
  onChange: (value: T) => void
}

/** One of a few ways, by name. */
export function PickedSetting<T extends string>({ label, value, choices, onChange }: PickedSettingProps<T>) {
  const id = useId()
  return (
    <div>
      <FieldLabel htmlFor={id}>{label}</FieldLabel>
      <Select<string>
        id={id}
        className={styles.full ?? ''}
        value={value}
        options={Object.entries<string>(choices).map(([each, words]) => ({ value: each, label: words }))}
        onChange={(next: string) => onChange(next as T)}
      />
    </div>
  )
}

export interface WordsSettingProps {
  label: string
  placeholder: string
  words: readonly string[]
  onChange: (words: string[]) => void
}

/** Several short words. */
export function WordsSetting({ label, placeholder, words, onChange }: WordsSettingProps) {
  const id = useId()
  return (
    <div>
      <FieldLabel htmlFor={id}>{label}</FieldLabel>
      <Select<string[]>
        id={id}
        className={styles.full ?? ''}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', '，', ';', '；', ' ', '、']}
        placeholder={placeholder}
        value={[...words]}
        onChange={(next) => onChange(next)}
      />
    </div>
  )
}

export function Check({ isOn, onChange, children }: { isOn: boolean; onChange: (isOn: boolean) => void; children: string }) {
  return (
    <Checkbox checked={isOn} onChange={(event) => onChange(event.target.checked)}>
      {children}
    </Checkbox>
  )
}
