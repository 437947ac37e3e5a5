/** Whether what is empty makes the result empty, or counts as 0. */
import { useId } from 'react'
import { Switch } from 'antd'
import { defineMessages } from '@/lib/i18n'
import { keepsEmpty, withEmpty } from './keep_empty'
import type { ObjectScope } from './object_scope'
import type { Reading } from './reading'
import styles from './formula.module.css'

const useText = defineMessages('formula-keep-empty', {
  'zh-CN': {
    label: '空值按空',
    kept: '加减乘除、求和、平均等遇到空值，结果就是空的。',
    counted: '加减乘除、求和等遇到空值，按 0 计算或略过。',
  },
  en: {
    label: 'Empty as empty',
    kept: 'A sum, product, quotient or total with an empty value is empty.',
    counted: 'In sums, products and totals an empty value counts as 0 or is left out.',
  },
})

export interface KeepEmptyProps {
  /** The formula by API names. */
  value: string
  reading: Reading
  scope: ObjectScope
  onChange: (text: string) => void
}

export function KeepEmpty({ value, reading, scope, onChange }: KeepEmptyProps) {
  const text = useText()
  const [label, help] = [useId(), useId()]
  const isKept = keepsEmpty(reading.typed)
  return (
    <div className={styles.keepEmpty}>
      <Switch
        size="small"
        checked={isKept}
        disabled={reading.typed === null}
        aria-labelledby={label}
        aria-describedby={help}
        onChange={(isOn) => onChange(withEmpty(value, isOn, scope))}
      />
      <span>
        <span id={label}>{text('label')}</span>
        <span id={help} className={styles.keepEmptyHelp}>
          {text(isKept ? 'kept' : 'counted')}
        </span>
      </span>
    </div>
  )
}
