/** The record above, of the same object: records form a tree. */
import { Input } from 'antd'
import { ListTree } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { Link } from 'react-router'
import { referenceNamed } from '@/api/candidates'
import type { Field, Reference } from '@/api/types'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { recordFilterValue } from '@/ui/inputs/filter_values'
import inputs from '@/ui/inputs/inputs.module.css'
import reach from '@/ui/Reach.module.css'
import { lazySettings } from '@/ui/inputs/lazy_settings'

const TreeBox = lazy(async () => ({ default: (await import('./TreeBox')).TreeBox }))

function targetOf(field: Field): string {
  return field.options.target ?? ''
}

function TreeLinkCell({ value, field, place }: CellProps<Reference>) {
  const way = value.path ?? []
  if (value.hidden) return <>—</>
  const name = value.name ?? '—'
  if (place !== 'page') return <span title={[...way, name].join(' › ')}>{name}</span>
  return (
    <span className={inputs.several}>
      {way.map((above, level) => (
        <span key={`${level}${above}`} className={inputs.telling}>
          {above} ›
        </span>
      ))}
      <Link className={reach.reach} to={`/o/${targetOf(field)}/${value.id}`} onClick={(event) => event.stopPropagation()}>
        {name}
      </Link>
    </span>
  )
}

function TreeLinkInput(props: InputProps<Reference>) {
  const waiting = <Input value={props.value?.name ?? ''} disabled aria-labelledby={props['aria-labelledby']} />
  return (
    <Suspense fallback={waiting}>
      <TreeBox {...props} />
    </Suspense>
  )
}

export const tree_link = fieldKind<Reference>({
  type: 'tree_link',
  holds: 'reference',
  pointsTo: targetOf,
  startsWith: (object) => ({ target: object }),
  label: { 'zh-CN': '上级', en: 'Parent in a tree' },
  icon: ListTree,
  align: 'left',
  width: 200,
  Cell: TreeLinkCell,
  Input: TreeLinkInput,
  FilterValue: recordFilterValue(targetOf),
  Settings: lazySettings(async () => (await import('@/ui/inputs/OnDeleteSettings')).OnDeleteSettings),
  format: (value) => value.name ?? '—',
  parse: (text) => (text.trim() === '' ? { value: null } : { error: { 'zh-CN': '请从列表中选择。', en: 'Choose one of the list.' } }),
  resolve: (text, field) => referenceNamed(targetOf(field), text),
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value?.id ?? null,
  isPicked: true,
  examples: [{ options: { target: 'crm_account' }, value: { id: 'a1', name: '华东', path: ['集团'] }, typed: '', shown: { 'zh-CN': '华东', en: '华东' } }],
})
