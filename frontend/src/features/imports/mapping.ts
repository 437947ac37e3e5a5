/** The mapping of a file's columns to fields, and the small decisions a person takes on it. */
import type { Import, ImportColumn, ImportMapping, ImportReport, Unmatched } from '@/api/import_types'
import type { Field, Label, ObjectDefinition } from '@/api/types'
import { kindOf } from '@/registry/registry'

/** Files of people are imported under this name; people are no records, so their fields are listed here. */
export const person = 'person'

export interface Target {
  name: string
  label: Label
  type: string
  required: boolean
  unique: boolean
  /** The object a link points to. */
  linksTo: string | null
  field: Field | null
}

function personTarget(name: string, label: Label, type: string, linksTo: string | null, required = false): Target {
  return { name, label, type, required, unique: false, linksTo, field: null }
}

export const personTargets: readonly Target[] = [
  personTarget('name', { 'zh-CN': '姓名', en: 'Name' }, 'text', null, true),
  personTarget('email', { 'zh-CN': '邮箱', en: 'E-mail' }, 'email', null),
  personTarget('manager', { 'zh-CN': '上级', en: 'Manager' }, 'person', 'person'),
  personTarget('department', { 'zh-CN': '部门', en: 'Department' }, 'link', 'department'),
  personTarget('role', { 'zh-CN': '角色', en: 'Role' }, 'text', null),
]

/** Where the columns of a file may go. */
export function targetsOf(object: ObjectDefinition): Target[] {
  return object.fields
    .filter((field) => field.access === 'write' && field.retired_at === null && field.type !== 'auto_number')
    .map((field) => ({
      name: field.name,
      label: field.label,
      type: field.type,
      required: field.required,
      unique: field.unique,
      linksTo: kindOf(field).pointsTo?.(field) ?? null,
      field,
    }))
}

/** Fields of a record that may name it in a file. */
const naming = new Set(['text', 'email', 'phone', 'auto_number'])

export interface MatchField {
  name: string
  label: Label
}

/** By which fields a cell may name a linked record. */
export function matchFields(target: ObjectDefinition | undefined): MatchField[] {
  const name = { name: 'name', label: { 'zh-CN': '名称', en: 'Name' } }
  if (!target) return [name]
  return target.fields
    .filter((field) => field.retired_at === null && naming.has(field.type))
    .map(({ name: fieldName, label }) => ({ name: fieldName, label }))
}

export function wishOf(column: ImportColumn): ImportMapping {
  return { column: column.index, field: column.field, format: column.format, link: column.link, values: column.values }
}

/** Puts a column on a field; a field is filled by one column, so it is taken from the one that had it. */
export function assign(columns: readonly ImportColumn[], index: number, field: string | null): ImportColumn[] {
  return columns.map((column) => {
    if (column.index === index) return { ...column, field, reason: 'chosen', format: null, formats: [], link: null, values: {} }
    return field !== null && column.field === field ? { ...column, field: null, reason: 'chosen', format: null, formats: [], link: null, values: {} } : column
  })
}

/** Says what a cell value means: another writing, nothing (null), or again what it says (undefined). */
export function settle(column: ImportColumn, value: string, meaning: string | null | undefined): ImportColumn {
  const others = Object.entries(column.values).filter(([other]) => other !== value)
  return { ...column, values: Object.fromEntries(meaning === undefined ? others : [...others, [value, meaning]]) }
}

/** Only the columns that differ, as wishes. */
export function changedWishes(before: readonly ImportColumn[], after: readonly ImportColumn[]): ImportMapping[] {
  return after.filter((column, place) => before[place] !== column).map(wishOf)
}

/** The columns with wishes laid over them, so that a decision shows before the server has it. */
export function withWishes(columns: readonly ImportColumn[], wishes: readonly ImportMapping[]): ImportColumn[] {
  return columns.map((column) => {
    const wish = wishes.find((one) => one.column === column.index)
    if (!wish) return column
    const isMoved = wish.field !== column.field
    return {
      ...column,
      field: wish.field,
      reason: isMoved ? 'chosen' : column.reason,
      format: wish.format ?? (isMoved ? null : column.format),
      formats: isMoved ? [] : column.formats,
      link: wish.link ?? (isMoved ? null : column.link),
      values: wish.values ?? {},
    }
  })
}

/** Later wishes for a column replace earlier ones. */
export function mergeWishes(earlier: readonly ImportMapping[] = [], later: readonly ImportMapping[] = []): ImportMapping[] {
  const columns = new Set(later.map((wish) => wish.column))
  return [...earlier.filter((wish) => !columns.has(wish.column)), ...later]
}

const separated = /\d[.,/\s-]\d/

/** Several ways to read the cells fit, and they differ: plain digits mean the same in every one. */
export function isAmbiguous(column: ImportColumn): boolean {
  return column.formats.length > 1 && column.samples.some((sample) => separated.test(sample))
}

export interface ValueRow extends Unmatched {
  /** Undefined: still open. Null: left empty. */
  meaning: string | null | undefined
}

/** The values of a column that name nothing known, settled ones first in the order they were met. */
export function valueRows(column: ImportColumn, report: ImportReport | null, remembered: ReadonlyMap<string, Unmatched>): ValueRow[] {
  const open = report?.columns.find((one) => one.column === column.index)?.unmatched ?? []
  const settled = Object.entries(column.values).map(([value, meaning]) => ({
    ...(remembered.get(rememberedKey(column.index, value)) ?? { value, count: 0, suggestion: null }),
    meaning,
  }))
  const rest = open.filter((one) => !(one.value in column.values)).map((one) => ({ ...one, meaning: undefined }))
  return [...settled, ...rest]
}

export function rememberedKey(column: number, value: string): string {
  return `${column} ${value}`
}

/** Which columns still hold values that nobody has settled, with how many. */
export function openDecisions(columns: readonly ImportColumn[], report: ImportReport | null): { column: ImportColumn; values: Unmatched[] }[] {
  return columns
    .filter((column) => column.field !== null)
    .map((column) => ({
      column,
      values: (report?.columns.find((one) => one.column === column.index)?.unmatched ?? []).filter((one) => !(one.value in column.values)),
    }))
    .filter((one) => one.values.length > 0)
}

/** Required fields that no column fills. What the platform keeps on every record, it also fills by itself. */
export function missingTargets(columns: readonly ImportColumn[], targets: readonly Target[]): Target[] {
  const filled = new Set(columns.map((column) => column.field))
  return targets.filter((target) => target.required && !target.field?.system && !filled.has(target.name) && (target.field?.default ?? null) === null)
}

/** Which mapped fields can tell whether a record is there already. */
export function keyTargets(columns: readonly ImportColumn[], targets: readonly Target[]): Target[] {
  const filled = new Set(columns.map((column) => column.field))
  return targets.filter((target) => filled.has(target.name) && target.linksTo === null && !['choices', 'checkbox'].includes(target.type))
}

/** How many rows would be written. */
export function rowsToWrite(report: ImportReport): number {
  return report.to_create + report.to_update
}

export type Step = 'map' | 'check' | 'run'

/** Where the import stands for the person; before it runs, they may go back and forth. */
export function stepOf(import_: Import, wanted: string | null): Step {
  if (['running', 'done', 'undoing', 'undone', 'cancelled'].includes(import_.status) || isPartlyWritten(import_)) return 'run'
  return wanted === 'check' ? 'check' : 'map'
}

/** Whether it broke off with some rows written. */
export function isPartlyWritten(import_: Import): boolean {
  return import_.status === 'failed' && import_.object !== person && import_.result !== null
}
