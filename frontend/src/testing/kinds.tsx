/** Plain field kinds, for tests of what stands above the kinds. The real ones have tests of their own. */
import { Type } from 'lucide-react'
import type { Field, Reference } from '@/api/types'
import { labelText } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FieldKind, InputProps } from '@/registry/field_kind'
import { registerFieldKinds } from '@/registry/registry'

function text(value: unknown, field: Field): string {
  if (typeof value === 'object' && value !== null) return (value as Reference).name ?? ''
  const choice = field.options.choices?.find((each) => each.value === value)
  return choice ? labelText(choice.label) : String(value)
}

function Cell({ value, field }: CellProps<unknown>) {
  return <span>{text(value, field)}</span>
}

function plainKind(type: string, read: (typed: string, field: Field) => unknown, more: Partial<FieldKind> = {}): FieldKind {
  function Input({ value, field, id, autoFocus, disabled, invalid, onChange, ...aria }: InputProps<unknown>) {
    return (
      <input
        id={id}
        autoFocus={autoFocus}
        disabled={disabled}
        aria-invalid={invalid}
        aria-labelledby={aria['aria-labelledby']}
        aria-describedby={aria['aria-describedby']}
        value={value === null ? '' : text(value, field)}
        onChange={(event) => onChange(event.target.value === '' ? null : read(event.target.value, field))}
      />
    )
  }
  return fieldKind({
    type,
    holds: 'text',
    label: { 'zh-CN': type, en: type },
    icon: Type,
    align: 'left',
    width: 120,
    Cell,
    Input,
    FilterValue: () => null,
    Settings: null,
    format: text,
    parse: (typed: string) => ({ value: typed }),
    isEmpty: (value: unknown) => value === null || value === undefined || value === '',
    toWire: (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null)),
    examples: [],
    ...more,
  } as FieldKind)
}

const asTyped = (typed: string): unknown => typed
const asNumber = (typed: string): unknown => (Number.isNaN(Number(typed)) ? typed : Number(typed))
const asChoice = (typed: string, field: Field): unknown => field.options.choices?.find((choice) => labelText(choice.label) === typed)?.value ?? typed
const asReference = (typed: string): Reference => ({ id: `id-of-${typed}`, name: typed })

export function registerPlainKinds(): void {
  registerFieldKinds([
    plainKind('text', asTyped),
    plainKind('email', asTyped, {
      parse: (typed) => (typed.includes('@') ? { value: typed } : { error: { 'zh-CN': '请填写完整的邮箱。', en: 'Enter a whole address.' } }),
    }),
    plainKind('number', asNumber, { align: 'right', holds: 'number' }),
    plainKind('money', asNumber, { align: 'right', holds: 'number' }),
    plainKind('percent', asNumber, { align: 'right', holds: 'number' }),
    plainKind('date', asTyped, { holds: 'date' }),
    plainKind('date_time', asTyped, { isReadOnly: false, holds: 'date_time' }),
    plainKind('choice', asChoice, { isPicked: true }),
    plainKind('person', asReference, { isPicked: true, holds: 'reference', pointsTo: () => 'person' }),
    plainKind('link', asReference, { isPicked: true, holds: 'reference', pointsTo: (field) => field.options.target ?? '' }),
    plainKind('auto_number', asTyped, { isReadOnly: true }),
  ])
}
