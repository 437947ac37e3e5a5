/** A record of another object (or of the same one). */
import { Spline } from 'lucide-react'
import { Link } from 'react-router'
import { referenceNamed } from '@/api/candidates'
import { useObject } from '@/api/objects'
import type { Field, Reference } from '@/api/types'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { RecordBox } from '@/ui/inputs/RecordBox'
import { recordFilterValue } from '@/ui/inputs/filter_values'
import reach from '@/ui/Reach.module.css'
import { lazySettings } from '@/ui/inputs/lazy_settings'

function targetOf(field: Field): string {
  return field.options.target ?? ''
}

function LinkCell({ value, field, place }: CellProps<Reference>) {
  const target = useObject(targetOf(field))
  if (value.hidden) return <>—</>
  if (place !== 'page' || !target) return <>{value.name ?? '—'}</>
  return (
    <Link className={reach.reach} to={`/o/${target.name}/${value.id}`} onClick={(event) => event.stopPropagation()}>
      {value.name ?? '—'}
    </Link>
  )
}

function LinkInput(props: InputProps<Reference>) {
  return <RecordBox {...props} target={targetOf(props.field)} />
}

export const link = fieldKind<Reference>({
  type: 'link',
  holds: 'reference',
  pointsTo: targetOf,
  label: { 'zh-CN': '关联', en: 'Link' },
  icon: Spline,
  align: 'left',
  width: 200,
  Cell: LinkCell,
  Input: LinkInput,
  FilterValue: recordFilterValue(targetOf),
  Settings: lazySettings(async () => (await import('./LinkSettings')).LinkSettings),
  format: (value) => value.name ?? '—',
  parse: (text) => (text.trim() === '' ? { value: null } : { error: { 'zh-CN': '请从列表中选择。', en: 'Choose one of the list.' } }),
  resolve: (text, field) => referenceNamed(targetOf(field), text),
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value?.id ?? null,
  isPicked: true,
  examples: [{ options: { target: 'crm_account' }, value: { id: 'a1', name: '澜科' }, typed: '', shown: { 'zh-CN': '澜科', en: '澜科' } }],
})
