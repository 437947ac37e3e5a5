/** What formulas say of a field while its record is filled in: of its value, of its options, of what it may link to. */
import { useState } from 'react'
import { Plus, X } from 'lucide-react'
import type { FieldChanges } from '@/api/design_types'
import { FieldLabel } from '@/ui/FieldLabel'
import { FormulaBox } from '@/ui/formula/FormulaBox'
import { targetOfField } from '@/ui/formula/object_scope'
import type { Reading } from '@/ui/formula/reading'
import { kindOf } from '@/registry/registry'
import type { DraftField, DraftObject } from '../draft_view'
import { OptionRules } from './OptionRules'
import styles from './rules.module.css'
import { formulaRules, ruleText } from './said'
import type { FormulaRule } from './said'
import { useText } from './text'
import { useWays } from './ways'

export interface FieldRulesProps {
  object: DraftObject
  objects: readonly DraftObject[]
  field: DraftField
  onChange: (changes: FieldChanges) => void
}

export function FieldRules({ object, objects, field, onChange }: FieldRulesProps) {
  const say = useText()
  const [opened, setOpened] = useState<ReadonlySet<FormulaRule>>(new Set())
  if (field.system) return null
  const isFilledIn = (field.formula === null || field.formula === undefined) && !kindOf(field).isReadOnly
  const target = targetOfField(field)
  const offered = formulaRules.filter((rule) => rule === 'visible_when' || (isFilledIn && (rule !== 'candidates_when' || target !== null)))
  const mayHaveOptionRules = isFilledIn && (field.options.choices?.length ?? 0) > 0
  const isShown = (rule: FormulaRule): boolean => opened.has(rule) || Boolean(ruleText(field, rule))
  return (
    <section className={styles.rules} aria-label={say('title')}>
      <FieldLabel help={say('hint')}>{say('title')}</FieldLabel>
      {offered.filter(isShown).map((rule) => (
        <OneRule
          key={rule}
          rule={rule}
          object={object}
          objects={objects}
          field={field}
          onChange={onChange}
          onRemove={() => {
            setOpened(new Set([...opened].filter((one) => one !== rule)))
            if (ruleText(field, rule)) onChange({ [rule]: null })
          }}
        />
      ))}
      {mayHaveOptionRules && <OptionRules object={object} objects={objects} field={field} onChange={onChange} />}
      <div className={styles.offers}>
        {offered
          .filter((rule) => !isShown(rule))
          .map((rule) => (
            <button key={rule} type="button" aria-label={say('add', { rule: say(rule) })} onClick={() => setOpened(new Set([...opened, rule]))}>
              <Plus size={13} aria-hidden /> {say(`${rule}_short`)}
            </button>
          ))}
      </div>
    </section>
  )
}

function OneRule({ rule, object, objects, field, onChange, onRemove }: FieldRulesProps & { rule: FormulaRule; onRemove: () => void }) {
  const say = useText()
  const [typed, setTyped] = useState(() => ruleText(field, rule))
  const [isNew] = useState(typed === '')
  const isOfCandidates = rule === 'candidates_when'
  const ways = useWays(object, objects, isOfCandidates ? field : null)

  /** Only what reads goes into the draft. */
  function read({ text, typed: tree, problem }: Reading): void {
    if (text.trim() === '' || !tree || problem || text === ruleText(field, rule)) return
    onChange({ [rule]: text })
  }

  return (
    <div className={styles.rule}>
      <FieldLabel
        help={say(`${rule}_hint`)}
        extra={
          <button type="button" className={styles.remove} aria-label={say('remove', { rule: say(rule) })} onClick={onRemove}>
            <X size={14} aria-hidden />
          </button>
        }
      >
        {say(rule)}
      </FieldLabel>
      <FormulaBox
        object={object}
        objects={objects}
        value={typed}
        expects={rule === 'default_formula' ? undefined : 'boolean'}
        label={say(rule)}
        row={isOfCandidates ? (targetOfField(field) ?? undefined) : undefined}
        autoFocus={isNew && ways.length === 0}
        onChange={setTyped}
        onReading={read}
      />
      {ways.length > 0 && typed.trim() === '' && (
        <div className={styles.offers} role="group" aria-label={say('ways')}>
          {ways.map((way) => (
            <button key={way.text} type="button" onClick={() => setTyped(way.text)}>
              {way.said}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
