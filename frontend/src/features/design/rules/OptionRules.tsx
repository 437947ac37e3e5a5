/** When options are offered: groups of them, each with its condition. */
import { useId, useState } from 'react'
import { Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import type { FieldChanges, OptionRuleText } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldLabel } from '@/ui/FieldLabel'
import { FormulaBox } from '@/ui/formula/FormulaBox'
import type { DraftField, DraftObject } from '../draft_view'
import styles from './rules.module.css'
import { optionRules } from './said'
import { useText } from './text'

export interface OptionRulesProps {
  object: DraftObject
  objects: readonly DraftObject[]
  field: DraftField
  onChange: (changes: FieldChanges) => void
}

interface Typed extends OptionRuleText {
  key: number
}

export function OptionRules({ object, objects, field, onChange }: OptionRulesProps) {
  const say = useText()
  const [typed, setTyped] = useState<readonly Typed[]>(() => optionRules(field).map((one, key) => ({ ...one, key })))

  /** What is not finished waits outside the draft. */
  function keep(next: readonly Typed[]): void {
    setTyped(next)
    const whole = next.filter(isWhole).map(({ options, condition }) => ({ options, condition }))
    if (JSON.stringify(whole) !== JSON.stringify(optionRules(field))) onChange({ options_when: whole })
  }
  const change = (key: number, changes: Partial<OptionRuleText>) => keep(typed.map((one) => (one.key === key ? { ...one, ...changes } : one)))

  return (
    <>
      {typed.length > 0 && <FieldLabel help={say('options_when_hint')}>{say('options_when')}</FieldLabel>}
      {typed.map((one, place) => (
        <OneGroup key={one.key} number={place + 1} object={object} objects={objects} field={field} rule={one} onChange={(changes) => change(one.key, changes)} onRemove={() => keep(typed.filter((other) => other.key !== one.key))} />
      ))}
      <div className={styles.offers}>
        <button type="button" onClick={() => setTyped([...typed, { key: 1 + Math.max(-1, ...typed.map((one) => one.key)), options: [], condition: '' }])}>
          <Plus size={13} aria-hidden /> {say(typed.length === 0 ? 'options_when_short' : 'options_when_more')}
        </button>
      </div>
    </>
  )
}

interface GroupProps extends Pick<OptionRulesProps, 'object' | 'objects' | 'field'> {
  number: number
  rule: OptionRuleText
  onChange: (changes: Partial<OptionRuleText>) => void
  onRemove: () => void
}

function OneGroup({ number, object, objects, field, rule, onChange, onRemove }: GroupProps) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const [text, setText] = useState(rule.condition)
  const choices = (field.options.choices ?? []).filter((one) => !one.retired || rule.options.includes(one.value))
  return (
    <section className={styles.group} aria-label={say('optionGroup', { number })}>
      <header>
        <FieldLabel htmlFor={id}>{say('theseOptions')}</FieldLabel>
        <Button type="text" size="small" icon={<Trash2 size={14} aria-hidden />} aria-label={say('removeOptionGroup', { number })} onClick={onRemove} />
      </header>
      <Select<string[]>
        id={id}
        mode="multiple"
        autoFocus={rule.options.length === 0}
        value={[...rule.options]}
        placeholder={say('pickOptions')}
        options={choices.map((one) => ({ value: one.value, label: labelText(one.label, locale) }))}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: '100%' }}
        onChange={(options) => onChange({ options })}
      />
      <FieldLabel>{say('offeredWhen')}</FieldLabel>
      <FormulaBox
        object={object}
        objects={objects}
        value={text}
        expects="boolean"
        label={say('offeredWhen')}
        onChange={setText}
        onReading={({ text: read, typed, problem }) => {
          if (typed && !problem && read.trim() !== '' && read !== rule.condition) onChange({ condition: read })
        }}
      />
      {!isWhole(rule) && <p className={styles.hint}>{say('groupIncomplete')}</p>}
    </section>
  )
}

function isWhole(one: OptionRuleText): boolean {
  return one.condition.trim() !== '' && one.options.length > 0
}
