/** What the objects would be if the draft were published, with marks where it differs from what is live. */
import type { DesignedField, DesignedObject, DesignStep, NewField, NewObject } from '@/api/design_types'

export type Mark = 'new' | 'changed' | 'retired' | 'restored'

export interface DraftField extends Omit<DesignedField, 'live'> {
  mark: Mark | null
  /** As it is live; null for a new one. */
  live: DesignedField | null
}

export interface DraftObject extends Omit<DesignedObject, 'fields'> {
  fields: DraftField[]
  mark: Mark | null
}

const now = () => new Date().toISOString()

function newField(field: NewField, name: string): DraftField {
  return {
    name,
    label: field.label,
    type: field.type,
    options: field.options ?? {},
    required: field.required ?? false,
    unique: field.unique ?? false,
    indexed: field.indexed ?? false,
    system: false,
    help: field.help ?? null,
    default: field.default ?? null,
    formula: field.formula ?? null,
    access: 'write',
    operators: [],
    aggregates: [],
    sortable: false,
    groupable: false,
    searchable: false,
    retired_at: null,
    used_by: [],
    mark: 'new',
    live: null,
  }
}

function newObject(object: NewObject, name: string): DraftObject {
  const field: NewField = { name: 'name', label: { 'zh-CN': '名称', en: 'Name' }, type: 'text', required: true }
  return {
    name,
    label: object.label,
    plural_label: object.plural_label ?? object.label,
    icon: object.icon ?? 'box',
    color: object.color ?? 'grey',
    app: object.app ?? null,
    description: object.description ?? null,
    fields: [{ ...newField(field, 'name'), system: true, mark: null }],
    layout: { groups: [], highlights: [], card: [] },
    stage_field: null,
    related: [],
    rights: { see: true, create: true, edit: true, delete: true, import: true, export: true },
    retired_at: null,
    roles: object.grant_roles ?? [],
    mark: 'new',
  }
}

function changeField(object: DraftObject, name: string, change: (field: DraftField) => DraftField): DraftObject {
  return { ...object, fields: object.fields.map((field) => (field.name === name ? change(field) : field)) }
}

/** Puts a field into a group, before another or last. A layout without groups gets one. */
export function placed(layout: DesignedObject['layout'], field: string, group: number, before: string | null): DesignedObject['layout'] {
  const groups = layout.groups.length > 0 ? layout.groups : [{ label: { 'zh-CN': '基本信息', en: 'Details' }, fields: [] }]
  const place = Math.min(Math.max(group, 0), groups.length - 1)
  return {
    ...layout,
    groups: groups.map((one, index) => {
      const rest = one.fields.filter((name) => name !== field)
      if (index !== place) return { ...one, fields: rest }
      const at = before === null ? -1 : rest.indexOf(before)
      return { ...one, fields: at < 0 ? [...rest, field] : [...rest.slice(0, at), field, ...rest.slice(at)] }
    }),
  }
}

function applied(object: DraftObject, step: DesignStep): DraftObject {
  switch (step.action) {
    case 'add_object':
      return object
    case 'change_object':
      return { ...object, ...step.changes, mark: object.mark ?? 'changed' }
    case 'retire_object':
      return { ...object, retired_at: now(), mark: 'retired' }
    case 'restore_object':
      return { ...object, retired_at: null, mark: 'restored' }
    case 'add_field': {
      const name = step.field.name ?? ''
      const layout = placed(object.layout, name, step.field.group ?? object.layout.groups.length - 1, null)
      return { ...object, fields: [...object.fields, newField(step.field, name)], layout, mark: object.mark ?? 'changed' }
    }
    case 'change_field':
      return changeField({ ...object, mark: object.mark ?? 'changed' }, step.field, (field) => ({ ...field, ...step.changes, mark: field.mark ?? 'changed' }))
    case 'retire_field':
      return changeField({ ...object, mark: object.mark ?? 'changed' }, step.field, (field) => ({ ...field, retired_at: now(), mark: 'retired' }))
    case 'restore_field':
      return changeField({ ...object, mark: object.mark ?? 'changed' }, step.field, (field) => ({ ...field, retired_at: null, mark: 'restored' }))
    case 'move_field':
      return { ...object, layout: placed(object.layout, step.field, step.group, step.before), mark: object.mark ?? 'changed' }
  }
}

export function withDraft(objects: readonly DesignedObject[], steps: readonly DesignStep[]): DraftObject[] {
  let view: DraftObject[] = objects.map((object) => ({
    ...object,
    mark: null,
    fields: object.fields.map((field) => ({ ...field, mark: null, live: field })),
  }))
  steps.forEach((step) => {
    if (step.action === 'add_object') {
      view = [...view, newObject(step.object, step.object.name ?? '')]
      return
    }
    view = view.map((object) => (object.name === step.object ? applied(object, step) : object))
  })
  return view
}

export interface FieldGroup {
  /** Its place in the layout; null for fields that stand in no group. */
  place: number | null
  label: DesignedObject['layout']['groups'][number]['label'] | null
  fields: DraftField[]
}

/** The fields as the record page groups them; those in no group come last, then what the platform keeps. */
export function fieldGroups(object: DraftObject): FieldGroup[] {
  const byName = new Map(object.fields.map((field) => [field.name, field]))
  const isShown = (field: DraftField) => field.retired_at === null || field.mark === 'retired'
  const grouped = new Set(object.layout.groups.flatMap((group) => group.fields))
  const groups: FieldGroup[] = object.layout.groups.map((group, place) => ({
    place,
    label: group.label,
    fields: group.fields.flatMap((name) => byName.get(name) ?? []).filter(isShown),
  }))
  const loose = object.fields.filter((field) => !grouped.has(field.name) && isShown(field) && (!field.system || field.name === 'name'))
  return loose.length > 0 ? [...groups, { place: null, label: null, fields: loose }] : groups
}

/** What the platform keeps on every record. */
export function systemFields(object: DraftObject): DraftField[] {
  const grouped = new Set(object.layout.groups.flatMap((group) => group.fields))
  return object.fields.filter((field) => field.system && field.name !== 'name' && !grouped.has(field.name))
}

export function retiredFields(object: DraftObject): DraftField[] {
  return object.fields.filter((field) => field.retired_at !== null && field.mark !== 'retired')
}
