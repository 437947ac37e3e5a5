/** Several people of the workspace. */
import { Users } from 'lucide-react'
import type { Reference } from '@/api/types'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { Faces } from '@/ui/inputs/Faces'
import { RecordsBox } from '@/ui/inputs/RecordsBox'
import { recordFilterValue } from '@/ui/inputs/filter_values'
import { isNothing, namesOf, parseReferences, resolveReferences } from '@/ui/inputs/references'
import { settingsOf } from '@/ui/inputs/settings'

const target = 'person'

function PersonsCell({ value, place }: CellProps<Reference[]>) {
  return <Faces people={value} place={place} />
}

function PersonsInput(props: InputProps<Reference[]>) {
  return <RecordsBox {...props} target={target} />
}

export const persons = fieldKind<Reference[]>({
  type: 'persons',
  holds: 'references',
  pointsTo: () => target,
  label: { 'zh-CN': '多个人员', en: 'People' },
  icon: Users,
  align: 'left',
  width: 160,
  Cell: PersonsCell,
  Input: PersonsInput,
  FilterValue: recordFilterValue(() => target),
  Settings: settingsOf('most'),
  format: (value, _, locale) => namesOf(value, locale),
  parse: parseReferences,
  resolve: (text) => resolveReferences(target, text),
  isEmpty: isNothing,
  toWire: (value) => value?.map((one) => one.id) ?? [],
  isPicked: true,
  isDrawn: true,
  examples: [{ value: [{ id: 'p1', name: '李雷' }, { id: 'p2', name: '韩梅' }], typed: '', shown: { 'zh-CN': '李雷、韩梅', en: '李雷; 韩梅' } }],
})
