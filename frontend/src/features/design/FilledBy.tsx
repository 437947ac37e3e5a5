/** Whether people fill a field in or a formula does, and what becomes of its values when that changes. */
import { useId } from 'react'
import { Radio, Segmented } from 'antd'
import type { DesignedField } from '@/api/design_types'
import { daysLeft } from './days_left'
import styles from './forms.module.css'
import { useText } from './text'

export type Values = 'present' | 'before'

export interface FilledByProps {
  isComputed: boolean
  /** The field as it is live; null for one that is only in the draft. */
  live: DesignedField | null
  values: Values
  onChange: (by: 'people' | 'formula', values?: Values) => void
}

export function FilledBy({ isComputed, live, values, onChange }: FilledByProps) {
  const say = useText()
  const id = useId()
  const wasComputed = live !== null && live.formula !== null && live.formula !== undefined
  const left = live?.kept_since ? daysLeft(live.kept_since) : 0
  return (
    <div className={styles.filledBy}>
      <Segmented<'people' | 'formula'>
        block
        aria-label={say('filledBy')}
        value={isComputed ? 'formula' : 'people'}
        onChange={(by) => onChange(by)}
        options={[
          { value: 'people', label: say('filledByPeople') },
          { value: 'formula', label: say('filledByFormula') },
        ]}
      />
      {live !== null && !wasComputed && isComputed && <p className={styles.hint}>{say(live.system ? 'becomesNamed' : 'becomesComputed')}</p>}
      {wasComputed && isComputed && left > 0 && <p className={styles.hint}>{say('earlierKept', { count: left })}</p>}
      {wasComputed && !isComputed && left === 0 && <p className={styles.hint}>{say(live.live ? 'startsEmpty' : 'keepsComputed')}</p>}
      {wasComputed && !isComputed && left > 0 && (
        <div>
          <span id={id} className={styles.hint}>
            {say('whichValues')}
          </span>
          <Radio.Group aria-labelledby={id} className={styles.choices ?? ''} value={values} onChange={(event) => onChange('people', event.target.value as Values)}>
            <Radio value="present">
              {say(live.live ? 'valuesNone' : 'valuesPresent')}
            </Radio>
            <Radio value="before">
              {say('valuesBefore')}
              <span className={styles.ruleHint}>{say('valuesBeforeHint', { count: left })}</span>
            </Radio>
          </Radio.Group>
        </div>
      )}
    </div>
  )
}
