/** The rules that colour records, one below the other. */
import { useState } from 'react'
import { Input, Select } from 'antd'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { activeFields, useObjects } from '@/api/objects'
import type { ColorRule, Filter, ObjectDefinition } from '@/api/types'
import { tidy } from '@/lib/filter'
import { useLabel, useLocale } from '@/lib/i18n'
import { movedTo } from '@/lib/order'
import type { ViewState } from '@/registry/view_kind'
import { Button } from '@/ui/Button'
import { ConditionEditor } from '@/ui/condition/ConditionEditor'
import { pathText } from '@/ui/condition/condition_text'
import { asHue } from '@/ui/hue'
import { HueSelect } from '@/ui/inputs/HueSelect'
import { hues } from '@/ui/tokens'
import { usePartText } from './FilterTool'
import { useText } from './messages'
import styles from './ColorTool.module.css'

const mostRules = 20
/** Hues that are told apart well come first. */
const startingHues = ['red', 'amber', 'green', 'blue', 'violet', 'teal', 'orange', 'pink']

interface Draft extends Omit<ColorRule, 'when'> {
  key: number
  when: Filter | null
}

export interface ColorRulesProps {
  object: ObjectDefinition
  state: Pick<ViewState, 'colors' | 'columns' | 'card' | 'kind'>
  onChange: (colors: ColorRule[]) => void
}

/** Rules still without a condition stay here and are not handed on. */
export function ColorRules({ object, state, onChange }: ColorRulesProps) {
  const say = useText()
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => state.colors.map((rule, key) => ({ ...rule, key })))
  const [opened, setOpened] = useState<number | null>(null)

  function put(next: readonly Draft[]): void {
    setDrafts(next)
    onChange(
      next.flatMap(({ when, color, field, label }) => {
        const condition = tidy(when)
        return condition ? [{ when: condition, color, field: field ?? null, ...(label ? { label } : {}) }] : []
      }),
    )
  }
  function add(): void {
    const key = Math.max(-1, ...drafts.map((one) => one.key)) + 1
    const hue = startingHues.find((one) => drafts.every((rule) => rule.color !== one)) ?? hues[1]
    setDrafts([...drafts, { key, when: null, color: hue, field: null }])
    setOpened(key)
  }
  return (
    <div className={styles.panel}>
      <p className={styles.note}>{say(drafts.length === 0 ? 'no_colors' : 'colors_note')}</p>
      <ol className={styles.rules}>
        {drafts.map((rule, place) => (
          <li key={rule.key} className={styles.rule} style={{ borderInlineStartColor: `var(--chip-${asHue(rule.color)}-solid)` }}>
            <Rule
              object={object}
              state={state}
              rule={rule}
              isOpened={opened === rule.key}
              onToggle={() => setOpened(opened === rule.key ? null : rule.key)}
              onChange={(changes) => put(drafts.map((one) => (one.key === rule.key ? { ...one, ...changes } : one)))}
              onRemove={() => put(drafts.filter((one) => one.key !== rule.key))}
              onUp={place > 0 ? () => put(movedTo(drafts, place, place - 1)) : undefined}
              onDown={place < drafts.length - 1 ? () => put(movedTo(drafts, place, place + 1)) : undefined}
            />
          </li>
        ))}
      </ol>
      {drafts.length < mostRules && (
        <Button type="text" icon={<Plus size={14} />} onClick={add}>
          {say('add_color')}
        </Button>
      )}
    </div>
  )
}

interface RuleProps {
  object: ObjectDefinition
  state: ColorRulesProps['state']
  rule: Draft
  isOpened: boolean
  onToggle: () => void
  onChange: (changes: Partial<Draft>) => void
  onRemove: () => void
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
}

function Rule({ object, state, rule, isOpened, onToggle, onChange, onRemove, onUp, onDown }: RuleProps) {
  const say = useText()
  const label = useLabel()
  const locale = useLocale()
  const objects = useObjects()
  const text = usePartText(object, rule.when)
  const paths = [...new Set([...(state.kind === 'table' ? state.columns.map((column) => column.field) : state.card), ...activeFields(object).map((field) => field.name), ...(rule.field ? [rule.field] : [])])]
  const words = label(rule.label ?? '')
  return (
    <>
      <div className={styles.head}>
        <HueSelect value={asHue(rule.color)} onChange={(color) => onChange({ color })} />
        <Select<string>
          className={styles.field ?? ''}
          aria-label={say('colors_what')}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          value={rule.field ?? ''}
          options={[{ value: '', label: say('whole_record') }, ...paths.map((path) => ({ value: path, label: pathText(objects, object, path) }))]}
          onChange={(field) => onChange({ field: field === '' ? null : field })}
        />
        <button type="button" className={styles.when} aria-expanded={isOpened} onClick={onToggle}>
          {words || (rule.when ? text(rule.when) : say('no_condition'))}
        </button>
        <span className={styles.tools}>
          <Button type="text" size="small" aria-label={say('up_color')} title={say('up_color')} icon={<ArrowUp size={14} />} disabled={!onUp} onClick={onUp} />
          <Button type="text" size="small" aria-label={say('down_color')} title={say('down_color')} icon={<ArrowDown size={14} />} disabled={!onDown} onClick={onDown} />
          <Button type="text" size="small" aria-label={say('remove_color')} title={say('remove_color')} icon={<X size={14} />} onClick={onRemove} />
        </span>
      </div>
      {isOpened && (
        <div className={styles.body}>
          <ConditionEditor object={object} value={rule.when} onChange={(when) => onChange({ when })} />
          <Input
            aria-label={say('color_label')}
            placeholder={say('color_label')}
            maxLength={80}
            value={words}
            onChange={({ target }) => onChange({ label: typeof rule.label === 'object' && rule.label !== null ? { ...rule.label, [locale]: target.value } : target.value })}
          />
        </div>
      )}
    </>
  )
}
