/** Several departments of the workspace. */
import { Network } from 'lucide-react'
import type { Reference } from '@/api/types'
import { useLocale } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { RecordsBox } from '@/ui/inputs/RecordsBox'
import { recordFilterValue } from '@/ui/inputs/filter_values'
import { isNothing, namesOf, parseReferences, resolveReferences } from '@/ui/inputs/references'
import { settingsOf } from '@/ui/inputs/settings'

const target = 'department'

function DepartmentsCell({ value }: CellProps<Reference[]>) {
  return <>{namesOf(value, useLocale())}</>
}

function DepartmentsInput(props: InputProps<Reference[]>) {
  return <RecordsBox {...props} target={target} />
}

export const departments = fieldKind<Reference[]>({
  type: 'departments',
  holds: 'references',
  pointsTo: () => target,
  label: { 'zh-CN': '多个部门', en: 'Departments' },
  icon: Network,
  align: 'left',
  width: 180,
  Cell: DepartmentsCell,
  Input: DepartmentsInput,
  FilterValue: recordFilterValue(() => target),
  Settings: settingsOf('most'),
  format: (value, _, locale) => namesOf(value, locale),
  parse: parseReferences,
  resolve: (text) => resolveReferences(target, text),
  isEmpty: isNothing,
  toWire: (value) => value?.map((one) => one.id) ?? [],
  isPicked: true,
  examples: [{ value: [{ id: 'd1', name: '华东' }, { id: 'd2', name: '华北' }], typed: '', shown: { 'zh-CN': '华东、华北', en: '华东; 华北' } }],
})
