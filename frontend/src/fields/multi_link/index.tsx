/** Several records of another object (or of the same one). */
import { Waypoints } from 'lucide-react'
import { Link } from 'react-router'
import { useObject } from '@/api/objects'
import type { Field, Reference } from '@/api/types'
import { useLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { RecordsBox } from '@/ui/inputs/RecordsBox'
import { recordFilterValue } from '@/ui/inputs/filter_values'
import inputs from '@/ui/inputs/inputs.module.css'
import { isNothing, namesOf, parseReferences, resolveReferences } from '@/ui/inputs/references'
import { lazySettings } from '@/ui/inputs/lazy_settings'
import reach from '@/ui/Reach.module.css'

function targetOf(field: Field): string {
  return field.options.target ?? ''
}

function MultiLinkCell({ value, field, place }: CellProps<Reference[]>) {
  const target = useObject(targetOf(field))
  const names = namesOf(value, useLocale())
  if (place !== 'page' || !target) return <span title={names}>{names}</span>
  return (
    <span className={inputs.several}>
      {value.map((one) =>
        one.hidden ? (
          <span key={one.id}>—</span>
        ) : (
          <Link key={one.id} className={reach.reach} to={`/o/${target.name}/${one.id}`} onClick={(event) => event.stopPropagation()}>
            {one.name ?? '—'}
          </Link>
        ),
      )}
    </span>
  )
}

function MultiLinkInput(props: InputProps<Reference[]>) {
  return <RecordsBox {...props} target={targetOf(props.field)} />
}

export const multi_link = fieldKind<Reference[]>({
  type: 'multi_link',
  holds: 'references',
  pointsTo: targetOf,
  label: { 'zh-CN': '多选关联', en: 'Links' },
  icon: Waypoints,
  align: 'left',
  width: 220,
  Cell: MultiLinkCell,
  Input: MultiLinkInput,
  FilterValue: recordFilterValue(targetOf),
  Settings: lazySettings(async () => (await import('./MultiLinkSettings')).MultiLinkSettings),
  format: (value, _, locale) => namesOf(value, locale),
  parse: parseReferences,
  resolve: (text, field) => resolveReferences(targetOf(field), text),
  isEmpty: isNothing,
  toWire: (value) => value?.map((one) => one.id) ?? [],
  isPicked: true,
  examples: [
    { options: { target: 'crm_account' }, value: [{ id: 'a1', name: '澜科' }, { id: 'a2', name: '海云' }], typed: '', shown: { 'zh-CN': '澜科、海云', en: '澜科; 海云' } },
  ],
})
