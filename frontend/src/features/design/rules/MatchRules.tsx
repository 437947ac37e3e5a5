/** When a record may be there already: what is compared, with what, and what happens then. */
import { useId, useState } from 'react'
import { InputNumber, Select } from 'antd'
import { Plus, Trash2, X } from 'lucide-react'
import { comparisons } from '@/api/design_types'
import type { Comparison, DesignStep, MatchCondition, MatchRule } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { FieldLabel } from '@/ui/FieldLabel'
import type { DraftObject } from '../draft_view'
import { freeName } from './names'
import styles from './rules.module.css'
import { useText } from './text'

export interface MatchRulesProps {
  object: DraftObject
  objects: readonly DraftObject[]
  isReadOnly: boolean
  onStep: (step: DesignStep) => void
}

const similar = new Set<Comparison>(['text', 'company'])
const shares = [0.9, 0.8, 0.7, 0.6]
const points = 100
const mostPoints = 10_000
const mostConditions = 10

function isWhole(rule: MatchRule): boolean {
  return rule.conditions.length > 0 && rule.conditions.every((one) => one.field !== '' && one.other !== '')
}

/** Fields whose values can be compared; the server says no to what only it knows. */
function fieldOptions(object: DraftObject | undefined, compare: Comparison, locale: ReturnType<typeof useLocale>) {
  const fields = object?.fields.filter((field) => {
    const { holds, hasManyLines } = kindOf(field)
    if (field.retired_at !== null || hasManyLines) return false
    return holds === 'text' || (compare === 'exact' && holds === 'reference')
  })
  return fields?.map((field) => ({ value: field.name, label: labelText(field.label, locale) })) ?? []
}

export function MatchRules({ object, objects, isReadOnly, onStep }: MatchRulesProps) {
  const say = useText()
  const [typed, setTyped] = useState<readonly MatchRule[]>(() => object.match_rules ?? [])

  /** What is not finished waits outside the draft. */
  function keep(next: readonly MatchRule[]): void {
    setTyped(next)
    const whole = next.filter(isWhole)
    if (JSON.stringify(whole) !== JSON.stringify(object.match_rules ?? [])) onStep({ action: 'change_object', object: object.name, changes: { match_rules: whole } })
  }

  function add(): void {
    const first: MatchCondition = { field: '', other: '', compare: 'text', similarity: null, weight: points }
    setTyped([...typed, { name: freeName('match', typed), object: object.name, conditions: [first], warn_at: points, block_at: null }])
  }
  return (
    <section className={styles.part} aria-labelledby={`${object.name}-match`}>
      <h2 id={`${object.name}-match`}>{say('matchRules')}</h2>
      <p className={styles.hint}>{say('matchHint')}</p>
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
      {typed.length === 0 && isReadOnly && <p className={styles.hint}>{say('noMatchRules')}</p>}
      {!isReadOnly && (
        <Button icon={<Plus size={16} aria-hidden />} onClick={add}>
          {say('addMatchRule')}
        </Button>
      )}
    </section>
  )
}

interface OneProps extends Pick<MatchRulesProps, 'object' | 'objects' | 'isReadOnly'> {
  number: number
  rule: MatchRule
  onChange: (changes: Partial<MatchRule>) => void
  onRemove: () => void
}

function OneRule({ number, object, objects, rule, isReadOnly, onChange, onRemove }: OneProps) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const other = rule.object === object.name ? object : objects.find((one) => one.name === rule.object)
  const targets = objects.filter((one) => one.retired_at === null)

  function put(place: number, changes: Partial<MatchCondition>): void {
    onChange({ conditions: rule.conditions.map((one, at) => (at === place ? { ...one, ...changes } : one)) })
  }

  /** Fields of an object that is compared no longer are gone. */
  function compareWith(name: string): void {
    onChange({ object: name, conditions: rule.conditions.map((one) => ({ ...one, other: name === object.name ? one.field : '' })) })
  }
  return (
    <section className={styles.card} aria-label={say('matchRule', { number })}>
      <header>
        <h3>{say('matchRule', { number })}</h3>
        {!isReadOnly && <Button type="text" icon={<Trash2 size={16} aria-hidden />} aria-label={say('removeMatchRule', { number })} onClick={onRemove} />}
      </header>
      <div>
        <FieldLabel htmlFor={`${id}-with`}>{say('comparedWith')}</FieldLabel>
        <Select<string>
          id={`${id}-with`}
          disabled={isReadOnly}
          value={rule.object}
          options={targets.map((one) => ({ value: one.name, label: labelText(one.label, locale) }))}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          onChange={compareWith}
        />
      </div>
      {rule.conditions.map((one, place) => (
        <OneCondition
          key={place}
          number={place + 1}
          object={object}
          other={other}
          isSame={rule.object === object.name}
          condition={one}
          isReadOnly={isReadOnly}
          onChange={(changes) => put(place, changes)}
          onRemove={rule.conditions.length > 1 ? () => onChange({ conditions: rule.conditions.filter((_, at) => at !== place) }) : null}
        />
      ))}
      {!isReadOnly && rule.conditions.length < mostConditions && (
        <div className={styles.offers}>
          <button type="button" onClick={() => onChange({ conditions: [...rule.conditions, { field: '', other: '', compare: 'text', similarity: null, weight: points }] })}>
            <Plus size={13} aria-hidden /> {say('addMatchCondition')}
          </button>
        </div>
      )}
      <div className={styles.pair}>
        <div>
          <FieldLabel htmlFor={`${id}-warn`}>{say('warnAt')}</FieldLabel>
          <InputNumber<number>
            id={`${id}-warn`}
            disabled={isReadOnly}
            min={1}
            max={mostPoints}
            precision={0}
            value={rule.warn_at}
            style={{ width: '100%' }}
            onChange={(warn_at) => warn_at !== null && onChange({ warn_at })}
          />
        </div>
        <div>
          <FieldLabel htmlFor={`${id}-block`}>{say('blockAt')}</FieldLabel>
          <InputNumber<number>
            id={`${id}-block`}
            disabled={isReadOnly}
            min={1}
            max={mostPoints}
            precision={0}
            value={rule.block_at}
            placeholder={say('never')}
            style={{ width: '100%' }}
            onChange={(block_at) => onChange({ block_at })}
          />
        </div>
      </div>
      {!isWhole(rule) && <p className={styles.hint}>{say('matchIncomplete')}</p>}
    </section>
  )
}

interface ConditionProps {
  number: number
  object: DraftObject
  other: DraftObject | undefined
  /** Whether records are compared with those of their own object: one field is enough then. */
  isSame: boolean
  condition: MatchCondition
  isReadOnly: boolean
  onChange: (changes: Partial<MatchCondition>) => void
  onRemove: (() => void) | null
}

function OneCondition({ number, object, other, isSame, condition, isReadOnly, onChange, onRemove }: ConditionProps) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const { compare, similarity } = condition

  function compareBy(next: Comparison): void {
    const keeps = (owner: DraftObject | undefined, name: string) => fieldOptions(owner, next, locale).some((one) => one.value === name)
    onChange({
      compare: next,
      similarity: similar.has(next) ? similarity : null,
      field: keeps(object, condition.field) ? condition.field : '',
      other: keeps(other, condition.other) ? condition.other : '',
    })
  }
  const known = similarity === null || shares.includes(similarity) ? shares : [similarity, ...shares]
  return (
    <div className={styles.group}>
      <div className={styles.pair}>
        <div>
          <FieldLabel htmlFor={`${id}-field`} extra={!isReadOnly && onRemove && <button type="button" className={styles.remove} aria-label={say('removeMatchCondition', { number })} onClick={onRemove}><X size={14} aria-hidden /></button>}>
            {say('matchField')}
          </FieldLabel>
          <Select<string>
            id={`${id}-field`}
            disabled={isReadOnly}
            value={condition.field === '' ? null : condition.field}
            placeholder={say('pickFields')}
            options={fieldOptions(object, compare, locale)}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: '100%' }}
            onChange={(field) => onChange(isSame ? { field, other: field } : { field })}
          />
        </div>
        <div>
          <FieldLabel htmlFor={`${id}-compare`}>{say('matchCompare')}</FieldLabel>
          <Select<Comparison>
            id={`${id}-compare`}
            disabled={isReadOnly}
            value={compare}
            options={comparisons.map((one) => ({ value: one, label: say(one) }))}
            style={{ width: '100%' }}
            onChange={compareBy}
          />
        </div>
        {!isSame && (
          <div>
            <FieldLabel htmlFor={`${id}-other`}>{say('matchOther')}</FieldLabel>
            <Select<string>
              id={`${id}-other`}
              disabled={isReadOnly}
              value={condition.other === '' ? null : condition.other}
              placeholder={say('pickFields')}
              options={fieldOptions(other, compare, locale)}
              showSearch={{ optionFilterProp: 'label' }}
              style={{ width: '100%' }}
              onChange={(name) => onChange({ other: name })}
            />
          </div>
        )}
        {similar.has(compare) && (
          <div>
            <FieldLabel htmlFor={`${id}-similarity`}>{say('similarity')}</FieldLabel>
            <Select<number>
              id={`${id}-similarity`}
              disabled={isReadOnly}
              value={similarity ?? 1}
              options={[{ value: 1, label: say('similarityNone') }, ...known.map((one) => ({ value: one, label: say('similarityShare', { share: Math.round(one * 100) }) }))]}
              style={{ width: '100%' }}
              onChange={(share) => onChange({ similarity: share === 1 ? null : share })}
            />
          </div>
        )}
        <div>
          <FieldLabel htmlFor={`${id}-weight`}>{say('weight')}</FieldLabel>
          <InputNumber<number> id={`${id}-weight`} disabled={isReadOnly} min={1} max={1000} precision={0} value={condition.weight} style={{ width: '100%' }} onChange={(weight) => weight !== null && onChange({ weight })} />
        </div>
      </div>
    </div>
  )
}
