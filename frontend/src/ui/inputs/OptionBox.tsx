/** Chooses one or several options; each wears its colour, stages a dot. Retired ones are offered only where they are set. */
import { Select } from 'antd'
import type { Choice, Field } from '@/api/types'
import { labelText, useLabel } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { Chip } from '../Chip'
import { useOffered } from '../offers/use_offered'
import styles from './inputs.module.css'

interface OptionBoxProps<V> extends InputProps<V> {
  many?: boolean
}

export function offered(field: Field, kept: readonly string[]): Choice[] {
  return (field.options.choices ?? []).filter((choice) => !choice.retired || kept.includes(choice.value))
}

export function OptionChip({ field, value }: { field: Field; value: string }) {
  const label = useLabel()
  const choice = field.options.choices?.find((each) => each.value === value)
  return (
    <Chip hue={choice?.color} dot={Boolean(field.options.is_stage)}>
      {choice ? label(choice.label) : value}
    </Chip>
  )
}

/** An option to choose, with what is said of it besides. */
function NotedOption({ field, value }: { field: Field; value: string }) {
  const note = field.options.choices?.find((each) => each.value === value)?.note
  if (!note) return <OptionChip field={field} value={value} />
  return (
    <span className={styles.record}>
      <OptionChip field={field} value={value} />
      <span className={styles.telling}>{note}</span>
    </span>
  )
}

function matches(input: string, choice: Choice): boolean {
  const wanted = input.trim().toLowerCase()
  return [choice.value, ...Object.values(choice.label)].some((text) => text?.toLowerCase().includes(wanted))
}

export function OptionBox<V extends string | string[]>({
  value, field: plain, within, onChange, place, id, autoFocus, disabled, invalid, many = false, onDone, ...aria
}: OptionBoxProps<V>) {
  const field = useOffered(plain, within)
  const kept: readonly string[] = value === null ? [] : typeof value === 'string' ? [value] : value
  const choices = offered(field, kept)
  return (
    <Select<V>
      className={styles.full ?? ''}
      value={value}
      {...(many ? { mode: 'multiple' as const } : {})}
      onChange={(next: V | undefined) => {
        const chosen = next === undefined || (Array.isArray(next) && next.length === 0) ? null : next
        onChange(chosen)
        if (!many) onDone?.(chosen)
      }}
      options={choices.map((choice) => ({ value: choice.value, label: labelText(choice.label), choice }))}
      optionRender={(option) => <NotedOption field={field} value={String(option.value)} />}
      labelRender={(option) => <OptionChip field={field} value={String(option.value)} />}
      showSearch={{ filterOption: (input, option) => Boolean(option && matches(input, option.choice as Choice)) }}
      allowClear={!field.required}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      defaultOpen={place === 'cell'}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}
