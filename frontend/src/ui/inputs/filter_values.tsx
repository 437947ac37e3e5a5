/** The value side of a condition, by the shape of the value: a text, figures, days, options, records. */
import { Input, Select } from 'antd'
import type { Field, Reference } from '@/api/types'
import { defineMessages, labelText } from '@/lib/i18n'
import type { FilterValueProps } from '@/registry/field_kind'
import { DayBox } from './DayBox'
import { FigureBox } from './FigureBox'
import { OptionChip } from './OptionBox'
import { RecordBox } from './RecordBox'
import styles from './inputs.module.css'

const useText = defineMessages('filter-values', {
  'zh-CN': {
    value: '值', values: '值，可填多个', from: '从', to: '到', and: '至', days: '天数',
    today: '今天', yesterday: '昨天', tomorrow: '明天', this_week: '本周', last_week: '上周', next_week: '下周', this_month: '本月', last_month: '上月',
    next_month: '下月', this_quarter: '本季度', last_quarter: '上季度', next_quarter: '下季度', this_year: '今年', last_year: '去年', next_year: '明年',
    last_days: '过去 N 天', next_days: '未来 N 天', yes: '是', no: '否',
    open: '进行中', won: '赢单', lost: '输单', void: '作废',
  },
  en: {
    value: 'Value', values: 'Values', from: 'From', to: 'To', and: 'to', days: 'Days',
    today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', this_week: 'this week', last_week: 'last week', next_week: 'next week',
    this_month: 'this month', last_month: 'last month', next_month: 'next month', this_quarter: 'this quarter', last_quarter: 'last quarter',
    next_quarter: 'next quarter', this_year: 'this year', last_year: 'last year', next_year: 'next year', last_days: 'the last N days',
    next_days: 'the next N days', yes: 'Yes', no: 'No',
    open: 'Open', won: 'Won', lost: 'Lost', void: 'Void',
  },
})

export const periods = [
  'today', 'yesterday', 'tomorrow', 'this_week', 'last_week', 'next_week', 'this_month', 'last_month', 'next_month',
  'this_quarter', 'last_quarter', 'next_quarter', 'this_year', 'last_year', 'next_year',
] as const
const stageKinds = ['open', 'won', 'lost', 'void'] as const
const listed: ReadonlySet<string> = new Set(['in', 'not_in', 'has_any', 'has_all', 'has_none', 'kind_in', 'under'])

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]
}

export function TextFilterValue({ op, value, onChange }: FilterValueProps) {
  const say = useText()
  if (listed.has(op)) {
    return (
      <Select<string[]>
        className={styles.full ?? ''}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', '，', ';', '；', '\n']}
        value={asList(value).map(String)}
        onChange={(next) => onChange(next)}
        aria-label={say('values')}
      />
    )
  }
  return (
    <Input
      className={styles.full}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
      aria-label={say('value')}
    />
  )
}

export function FigureFilterValue({ op, value, onChange }: FilterValueProps) {
  const say = useText()
  if (listed.has(op)) {
    return <TextFilterValue op={op} value={value} field={noField} onChange={(next) => onChange(asList(next).map(Number).filter(Number.isFinite))} />
  }
  if (op === 'between') {
    const [from = null, to = null] = asList(value) as (number | null)[]
    return (
      <span className={styles.between}>
        <FigureBox place="form" value={from} onChange={(next) => onChange([next, to])} aria-labelledby={undefined} />
        <span>{say('and')}</span>
        <FigureBox place="form" value={to} onChange={(next) => onChange([from, next])} aria-labelledby={undefined} />
      </span>
    )
  }
  return <FigureBox place="form" value={typeof value === 'number' ? value : null} onChange={onChange} />
}

/** Only what stands above the boxes knows the field; lists of plain words need none. */
const noField = {} as Field

export function dayFilterValue(withTime: boolean) {
  return function DayFilterValue({ op, value, onChange }: FilterValueProps) {
    const say = useText()
    if (op === 'within') return <PeriodValue value={value} onChange={onChange} />
    if (op === 'between') {
      const [from = null, to = null] = asList(value) as (string | null)[]
      return (
        <span className={styles.between}>
          <DayBox place="form" withTime={withTime} value={from} onChange={(next) => onChange([next, to])} />
          <span>{say('and')}</span>
          <DayBox place="form" withTime={withTime} value={to} onChange={(next) => onChange([from, next])} />
        </span>
      )
    }
    return <DayBox place="form" withTime={withTime} value={typeof value === 'string' ? value : null} onChange={onChange} />
  }
}

type Ahead = { last_days: number } | { next_days: number }

function isAhead(value: unknown): value is Ahead {
  return typeof value === 'object' && value !== null && ('last_days' in value || 'next_days' in value)
}

function PeriodValue({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const say = useText()
  const direction = isAhead(value) ? ('last_days' in value ? 'last_days' : 'next_days') : null
  const days = isAhead(value) ? ('last_days' in value ? value.last_days : value.next_days) : 30
  return (
    <span className={styles.relative}>
      <Select<string>
        className={styles.full ?? ''}
        value={direction ?? (typeof value === 'string' ? value : null)}
        options={[...periods, 'last_days' as const, 'next_days' as const].map((name) => ({ value: name, label: say(name) }))}
        onChange={(next: string) => onChange(next === 'last_days' || next === 'next_days' ? { [next]: days } : next)}
        aria-label={say('value')}
      />
      {direction && (
        <FigureBox place="form" value={days} onChange={(next) => onChange({ [direction]: Math.max(1, Math.round(Number(next) || 1)) })} suffix={say('days')} />
      )}
    </span>
  )
}

/** A period in words, for chips. */
export function periodText(value: unknown): string {
  if (isAhead(value)) {
    const [name, days] = 'last_days' in value ? (['last_days', value.last_days] as const) : (['next_days', value.next_days] as const)
    return useText.say(name).replace('N', String(days))
  }
  return periods.some((name) => name === value) ? useText.say(value as (typeof periods)[number]) : String(value ?? '')
}

export function stageKindText(kind: unknown): string {
  return stageKinds.some((name) => name === kind) ? useText.say(kind as (typeof stageKinds)[number]) : String(kind)
}

export function OptionFilterValue({ field, op, value, onChange }: FilterValueProps) {
  const say = useText()
  if (op === 'kind_in') {
    return (
      <Select<string[]>
        className={styles.full ?? ''}
        mode="multiple"
        value={asList(value).map(String)}
        options={stageKinds.map((kind) => ({ value: kind, label: say(kind) }))}
        onChange={(next) => onChange(next)}
        aria-label={say('values')}
      />
    )
  }
  const options = (field.options.choices ?? []).map((choice) => ({ value: choice.value, label: labelText(choice.label) }))
  const chip = (option: { value?: unknown }) => <OptionChip field={field} value={String(option.value)} />
  if (listed.has(op)) {
    return (
      <Select<string[]>
        className={styles.full ?? ''}
        mode="multiple"
        value={asList(value).map(String)}
        options={options}
        optionRender={chip}
        labelRender={chip}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next) => onChange(next)}
        aria-label={say('values')}
      />
    )
  }
  return (
    <Select<string>
      className={styles.full ?? ''}
      value={typeof value === 'string' ? value : null}
      options={options}
      optionRender={chip}
      labelRender={chip}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(next: string) => onChange(next)}
      aria-label={say('value')}
    />
  )
}

export function CheckFilterValue({ value, onChange }: FilterValueProps) {
  const say = useText()
  return (
    <Select<string>
      className={styles.full ?? ''}
      value={value === true ? 'yes' : value === false ? 'no' : null}
      options={(['yes', 'no'] as const).map((name) => ({ value: name, label: say(name) }))}
      onChange={(next: string) => onChange(next === 'yes')}
      aria-label={say('value')}
    />
  )
}

/** References keep their names beside the ids while the condition is edited; `toWireValue` of the builder sends ids. */
export function recordFilterValue(targetOf: (field: Field) => string) {
  return function RecordFilterValue({ field, op, value, onChange }: FilterValueProps) {
    const target = targetOf(field)
    const optional = { ...field, required: false }
    if (!listed.has(op)) {
      return <RecordBox place="form" field={optional} target={target} value={asReference(value)} onChange={onChange} />
    }
    const chosen = asList(value).map(asReference).filter((one) => one !== null)
    return (
      <span className={styles.relative}>
        {chosen.map((one, place) => (
          <RecordBox
            key={one.id}
            place="form"
            field={optional}
            target={target}
            value={one}
            onChange={(next) => onChange(next ? chosen.with(place, next) : chosen.filter((other) => other.id !== one.id))}
          />
        ))}
        <RecordBox key={`new-${chosen.length}`} place="form" field={optional} target={target} value={null} onChange={(next) => next && onChange([...chosen, next])} />
      </span>
    )
  }
}

function asReference(value: unknown): Reference | null {
  if (typeof value === 'string') return { id: value, name: value }
  return typeof value === 'object' && value !== null && 'id' in value ? (value as Reference) : null
}
