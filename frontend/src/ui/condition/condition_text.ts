/** A condition in words: "预计成交 = 本季度", "Amount ≥ ¥500,000". */
import { fieldAtPath } from '@/api/objects'
import type { Field, ObjectDefinition } from '@/api/types'
import { valueless } from '@/lib/filter'
import type { Leaf } from '@/lib/filter'
import { currentLocale, labelText } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { periodText, stageKindText } from '../inputs/filter_values'
import { operatorSign } from './operators'
import { targetOf } from './references'
import type { Names } from './references'

/** "客户 › 行业" for `account.industry`; the name itself for a field one does not know. */
export function pathText(objects: readonly ObjectDefinition[], object: ObjectDefinition, path: string): string {
  const steps = fieldAtPath(objects, object, path)
  return steps ? steps.map((field) => labelText(field.label)).join(' › ') : path
}

function oneText(field: Field, value: unknown, names: Names): string {
  if (targetOf(field)) {
    const id = typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : String(value)
    return names.get(id) ?? '…'
  }
  const kind = kindOf(field)
  if (kind.isEmpty(value)) return '…'
  // A test of options compares single ones, also where the field holds several.
  const whole = field.operators.includes('has_any') && !Array.isArray(value) ? [value] : value
  return kind.format(whole, field, currentLocale())
}

export function valueText(field: Field, leaf: Leaf, names: Names): string {
  if (valueless.has(leaf.op)) return ''
  if (leaf.op === 'within') return periodText(leaf.value)
  const separator = currentLocale() === 'en' ? ', ' : '、'
  if (leaf.op === 'kind_in') return (Array.isArray(leaf.value) ? leaf.value : []).map(stageKindText).join(separator)
  if (leaf.op === 'between' && Array.isArray(leaf.value)) return leaf.value.map((each) => oneText(field, each, names)).join(' – ')
  if (Array.isArray(leaf.value)) {
    const words = leaf.value.map((each) => oneText(field, each, names))
    return words.length > 3 ? `${words.slice(0, 2).join(separator)} +${words.length - 2}` : words.join(separator)
  }
  return oneText(field, leaf.value, names)
}

export function leafText(objects: readonly ObjectDefinition[], object: ObjectDefinition, leaf: Leaf, names: Names): string {
  const field = fieldAtPath(objects, object, leaf.field)?.at(-1)
  if (!field) return leaf.field
  const name = pathText(objects, object, leaf.field)
  return [name, operatorSign(leaf.op, field), valueText(field, leaf, names)].filter(Boolean).join(' ')
}
