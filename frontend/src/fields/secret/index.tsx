/** A sealed text: the mask stands for it until somebody asks to see it. */
import { Input } from 'antd'
import { KeyRound } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { mask } from './mask'

const Revealable = lazy(async () => ({ default: (await import('./Revealable')).Revealable }))
const SecretBox = lazy(async () => ({ default: (await import('./SecretBox')).SecretBox }))

function SecretCell({ place, field, within }: CellProps<string>) {
  if (place !== 'page' || !within?.id) return <span>{mask}</span>
  return (
    <Suspense fallback={<span>{mask}</span>}>
      <Revealable object={within.object} id={within.id} name={field.name} />
    </Suspense>
  )
}

function SecretInput(props: InputProps<string>) {
  return (
    <Suspense fallback={<Input disabled aria-labelledby={props['aria-labelledby']} />}>
      <SecretBox {...props} />
    </Suspense>
  )
}

export const secret = fieldKind<string>({
  type: 'secret',
  holds: 'secret',
  label: { 'zh-CN': '保密内容', en: 'Secret' },
  icon: KeyRound,
  align: 'left',
  width: 120,
  Cell: SecretCell,
  Input: SecretInput,
  FilterValue: TextFilterValue,
  Settings: null,
  format: () => mask,
  parse: (text) => ({ value: text.trim() === '' ? null : text }),
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: mask, typed: mask, shown: { 'zh-CN': mask, en: mask } }],
})
