/** Fields that no two records of an object may have alike. */
import { useId, useState } from 'react'
import { Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import type { DesignStep, UniqueRuleText } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { FieldLabel } from '@/ui/FieldLabel'
import { FormulaBox } from '@/ui/formula/FormulaBox'
import type { DraftField, DraftObject } from '../draft_view'
import { freeName } from './names'
import styles from './rules.module.css'
import { useText } from './text'

export interface UniqueRulesProps {
  object: DraftObject
  objects: readonly DraftObject[]
  isReadOnly: boolean
  onStep: (step: DesignStep) => void
}

/** What the platform keeps and records may be told apart by. */
const system = new Set(['name', 'owner', 'department'])

export function UniqueRules({ object, objects, isReadOnly, onStep }: UniqueRulesProps) {
  const say = useText()
  const [typed, setTyped] = useState<readonly UniqueRuleText[]>(() => object.unique_rules ?? [])

  /** What is not finished waits outside the draft. */
  function keep(next: readonly UniqueRuleText[]): void {
    setTyped(next)
    const whole = next.filter((one) => one.fields.length > 0)
    if (JSON.stringify(whole) !== JSON.stringify(object.unique_rules ?? [])) onStep({ action: 'change_object', object: object.name, changes: { unique_rules: whole } })
  }
  return (
    <section className={styles.part} aria-labelledby={`${object.name}-unique`}>
      <h2 id={`${object.name}-unique`}>{say('uniqueRules')}</h2>
      <p className={styles.hint}>{say('uniqueHint')}</p>
      {typed.map((one, place) => (
        <OneRule
          key={one.name}
          number={place + 1}
          object={object}
          objects={objects}
          rule={one}
          isReadOnly={isReadOnly}
          onChange={(changes) => keep(typed.map((other) => (other.name === one.name ? { ...other, ...changes } : other)))}
          onRemove={() => keep(typed.filter((other) => other.name !== one.name))}
        />
      ))}
      {typed.length === 0 && isReadOnly && <p className={styles.hint}>{say('noUniqueRules')}</p>}
      {!isReadOnly && (
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => setTyped([...typed, { name: freeName('unique', typed), fields: [], condition: null }])}>
          {say('addUniqueRule')}
        </Button>
      )}
    </section>
  )
}

interface OneProps extends Pick<UniqueRulesProps, 'object' | 'objects' | 'isReadOnly'> {
  number: number
  rule: UniqueRuleText
  onChange: (changes: Partial<UniqueRuleText>) => void
  onRemove: () => void
}

function OneRule({ number, object, objects, rule, isReadOnly, onChange, onRemove }: OneProps) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const [hasCondition, setHasCondition] = useState(rule.condition !== null)
  const [text, setText] = useState(rule.condition ?? '')
  return (
    <section className={styles.card} aria-label={say('uniqueRule', { number })}>
      <header>
        <h3>{say('uniqueRule', { number })}</h3>
        {!isReadOnly && <Button type="text" icon={<Trash2 size={16} aria-hidden />} aria-label={say('removeUniqueRule', { number })} onClick={onRemove} />}
      </header>
      <div>
        <FieldLabel htmlFor={id}>{say('uniqueFields')}</FieldLabel>
        <Select<string[]>
          id={id}
          mode="multiple"
          autoFocus={rule.fields.length === 0}
          disabled={isReadOnly}
          value={[...rule.fields]}
          maxCount={8}
          placeholder={say('pickFields')}
          options={object.fields.filter(isComparable).map((field) => ({ value: field.name, label: labelText(field.label, locale) }))}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          onChange={(fields) => onChange({ fields })}
        />
      </div>
      {hasCondition ? (
        <div>
          <FieldLabel
            help={say('comparedWhenHint')}
            extra={
              isReadOnly ? undefined : (
                <Button
                  type="text"
                  size="small"
                  onClick={() => {
                    setHasCondition(false)
                    setText('')
                    if (rule.condition !== null) onChange({ condition: null })
                  }}
                >
                  {say('compareAll')}
                </Button>
              )
            }
          >
            {say('comparedWhen')}
          </FieldLabel>
          <FormulaBox
            object={object}
            objects={objects}
            value={text}
            expects="boolean"
            label={say('comparedWhen')}
            hasPalette={!isReadOnly}
            onChange={setText}
            onReading={({ text: read, typed, problem }) => {
              if (typed && !problem && !isReadOnly && read.trim() !== '' && read !== rule.condition) onChange({ condition: read })
            }}
          />
        </div>
      ) : (
        !isReadOnly && (
          <div className={styles.offers}>
            <button type="button" onClick={() => setHasCondition(true)}>
              <Plus size={13} aria-hidden /> {say('compareSome')}
            </button>
          </div>
        )
      )}
      {rule.fields.length === 0 && <p className={styles.hint}>{say('uniqueIncomplete')}</p>}
    </section>
  )
}

/** The server says no to what only it knows: fields computed from other records. */
function isComparable(field: DraftField): boolean {
  const { holds, hasManyLines } = kindOf(field)
  return field.retired_at === null && (!field.system || system.has(field.name)) && holds !== 'texts' && holds !== 'references' && !hasManyLines
}
