/** A department of the workspace. */
import { Building } from 'lucide-react'
import { referenceNamed } from '@/api/candidates'
import type { Reference } from '@/api/types'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { RecordBox } from '@/ui/inputs/RecordBox'
import { recordFilterValue } from '@/ui/inputs/filter_values'

const target = 'department'

function DepartmentCell({ value }: CellProps<Reference>) {
  return <>{value.name ?? '—'}</>
}

function DepartmentInput(props: InputProps<Reference>) {
  return <RecordBox {...props} target={target} />
}

export const department = fieldKind<Reference>({
  type: 'department',
  holds: 'reference',
  pointsTo: () => target,
  label: { 'zh-CN': '部门', en: 'Department' },
  icon: Building,
  align: 'left',
  width: 140,
  Cell: DepartmentCell,
  Input: DepartmentInput,
  FilterValue: recordFilterValue(() => target),
  Settings: null,
  format: (value) => value.name ?? '—',
  parse: (text) => (text.trim() === '' ? { value: null } : { error: { 'zh-CN': '请从部门中选择。', en: 'Choose one of the departments.' } }),
  resolve: (text) => referenceNamed(target, text),
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value?.id ?? null,
  isPicked: true,
  examples: [{ value: { id: 'd1', name: '华东' }, typed: '', shown: { 'zh-CN': '华东', en: '华东' } }],
})
