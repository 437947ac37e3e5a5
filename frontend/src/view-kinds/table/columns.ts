/** The columns of a table: which field each shows, how wide it is, and whether one may write there. */
import { fieldAtPath } from '@/api/objects'
import type { Field, ObjectDefinition, ViewColumn } from '@/api/types'
import { labelText } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ViewState } from '@/registry/view_kind'
import { useText } from './messages'

export interface Column {
  /** Under this key the value stands in a row. */
  path: string
  field: Field
  label: string
  width: number
  mayWrite: boolean
}

/** Roughly how wide a head must be for its icon, its words and the sign of its order. */
function headWidth(label: string): number {
  const words = [...label].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 12 : 6.8), 0)
  return Math.min(180, Math.ceil(words) + 58)
}

export const nameWidth = 240
export const numberWidth = 44
export const narrowest = 56
export const widest = 800

/** The name comes first and stays; the field records are grouped by hides itself. */
export function columnsOf(objects: readonly ObjectDefinition[], object: ObjectDefinition, state: Pick<ViewState, 'columns' | 'group_by'>, locale: Locale): Column[] {
  const named = state.columns.find((column) => column.field === 'name') ?? { field: 'name' }
  const others = state.columns.filter((column) => column.field !== 'name' && column.field !== state.group_by)
  const seen = new Set<string>()
  return [named, ...others].flatMap((column): Column[] => {
    const steps = fieldAtPath(objects, object, column.field)
    const field = steps?.at(-1)
    if (!steps || !field || field.retired_at !== null || seen.has(column.field)) return []
    seen.add(column.field)
    const kind = kindOf(field)
    const label = steps.map((step) => labelText(step.label, locale)).join(' › ')
    return [
      {
        path: column.field,
        field,
        label,
        width: column.width ?? (column.field === 'name' ? nameWidth : Math.max(kind.width, headWidth(label))),
        mayWrite: steps.length === 1 && object.rights.edit && field.access === 'write' && !kind.isReadOnly,
      },
    ]
  })
}

/** Why a cell does not answer to typing. */
export function whyReadOnly(object: ObjectDefinition, column: Column): string {
  const say = useText.say
  if (column.path.includes('.')) return say('read_only_link', { field: column.label })
  if (!object.rights.edit) return say('read_only_object')
  if (column.field.system || kindOf(column.field).isReadOnly) return say('read_only_number', { field: column.label })
  return say('read_only_right', { field: column.label })
}

export function withWidth(columns: readonly ViewColumn[], path: string, width: number): ViewColumn[] {
  const wanted = Math.round(Math.min(widest, Math.max(narrowest, width)))
  const known = columns.some((column) => column.field === path)
  return [...(known ? [] : [{ field: path }]), ...columns].map((column) => (column.field === path ? { ...column, width: wanted } : column))
}

/** Puts one column before or behind another one, as it was dragged. */
export function withMoved(columns: readonly ViewColumn[], path: string, onto: string): ViewColumn[] {
  const from = columns.findIndex((column) => column.field === path)
  const to = columns.findIndex((column) => column.field === onto)
  if (from < 0 || to < 0) return [...columns]
  const next = [...columns]
  const [moved] = next.splice(from, 1)
  if (moved) next.splice(to, 0, moved)
  return next
}
