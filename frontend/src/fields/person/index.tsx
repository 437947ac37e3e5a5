/** Somebody of the workspace. */
import { User } from 'lucide-react'
import { referenceNamed } from '@/api/candidates'
import type { Reference } from '@/api/types'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { PersonAvatar } from '@/ui/Avatar'
import { RecordBox } from '@/ui/inputs/RecordBox'
import { recordFilterValue } from '@/ui/inputs/filter_values'
import styles from '@/ui/inputs/inputs.module.css'

function PersonCell({ value }: CellProps<Reference>) {
  return (
    <span className={styles.record}>
      <PersonAvatar id={value.id} name={value.name} />
      <span className={styles.name}>{value.name ?? '—'}</span>
    </span>
  )
}

function PersonInput(props: InputProps<Reference>) {
  return <RecordBox {...props} target="person" />
}

export const person = fieldKind<Reference>({
  type: 'person',
  holds: 'reference',
  pointsTo: () => 'person',
  label: { 'zh-CN': '人员', en: 'Person' },
  icon: User,
  align: 'left',
  width: 140,
  Cell: PersonCell,
  Input: PersonInput,
  FilterValue: recordFilterValue(() => 'person'),
  Settings: null,
  format: (value) => value.name ?? '—',
  parse: (text) => (text.trim() === '' ? { value: null } : { error: { 'zh-CN': '请从人员中选择。', en: 'Choose one of the people.' } }),
  resolve: (text) => referenceNamed('person', text),
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value?.id ?? null,
  isPicked: true,
  examples: [{ value: { id: 'p1', name: '李雷' }, typed: '', shown: { 'zh-CN': '李雷', en: '李雷' } }],
})
