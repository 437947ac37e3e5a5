/** Picks a field of an object, or one of a linked record: "客户 › 行业". */
import { Select } from 'antd'
import { fieldAtPath, useObjects } from '@/api/objects'
import type { Field, ObjectDefinition } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { pathText } from './condition_text'
import styles from './condition.module.css'

const useText = defineMessages('field-picker', { 'zh-CN': { field: '字段', pick: '选择字段' }, en: { field: 'Field', pick: 'Choose a field' } })

export interface FieldPickerProps {
  object: ObjectDefinition
  value: string | null
  onChange: (path: string) => void
  /** Which fields are offered. */
  mayPick: (field: Field) => boolean
  /** Also fields of linked records. */
  overLinks?: boolean
  placeholder?: string
  autoFocus?: boolean
}

export function FieldPicker({ object, value, onChange, mayPick, overLinks = false, placeholder, autoFocus = false }: FieldPickerProps) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  const isOffered = (field: Field): boolean => field.retired_at === null && mayPick(field)
  const option = (field: Field, path: string) => ({ value: path, label: label(field.label), words: `${pathText(objects, object, path)} ${Object.values(field.label).join(' ')}`.toLowerCase(), field })
  const own = object.fields.filter(isOffered).map((field) => option(field, field.name))
  const linked = overLinks
    ? object.fields
        .filter((field) => field.retired_at === null && kindOf(field).holds === 'reference')
        .map((link) => ({
          label: label(link.label),
          options: (objects.find((each) => each.name === link.options.target)?.fields ?? []).filter(isOffered).map((field) => option(field, `${link.name}.${field.name}`)),
        }))
        .filter((group) => group.options.length > 0)
    : []
  const known = value !== null && fieldAtPath(objects, object, value) !== null
  return (
    <Select<string>
      className={styles.field ?? ''}
      aria-label={say('field')}
      placeholder={placeholder ?? say('pick')}
      autoFocus={autoFocus}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={260}
      showSearch={{ filterOption: (typed, choice) => String((choice as { words?: string } | undefined)?.words ?? '').includes(typed.trim().toLowerCase()) }}
      options={[...own, ...linked]}
      labelRender={() => <>{value && known ? pathText(objects, object, value) : value}</>}
      optionRender={(choice) => {
        const { field } = choice.data as unknown as { field?: Field }
        if (!field) return choice.label
        const Icon = kindOf(field).icon
        return (
          <span className={styles.option}>
            <Icon size={14} aria-hidden />
            {label(field.label)}
          </span>
        )
      }}
    />
  )
}
