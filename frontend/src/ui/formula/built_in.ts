/** People and departments as formulas reach them; no list of objects names them. */
import type { Field, Label, ObjectDefinition } from '@/api/types'

function field(name: string, label: Label, type: string, target?: string): Field {
  return {
    name, label, type, options: target ? { target } : {}, required: false, unique: false, indexed: false, system: true, help: null, default: null,
    access: 'read', operators: [], aggregates: [], sortable: false, groupable: false, searchable: false, retired_at: null,
  }
}

function object(name: string, label: Label, icon: string, fields: Field[]): ObjectDefinition {
  return {
    name, label, plural_label: label, icon, color: 'grey', app: null, description: null, fields, layout: { groups: [], highlights: [], card: [] },
    stage_field: null, related: [], rights: { see: true, create: false, edit: false, delete: false, import: false, export: false }, retired_at: null,
  }
}

export const builtInObjects: readonly ObjectDefinition[] = [
  object('person', { 'zh-CN': '人员', en: 'People' }, 'user', [
    field('id', { 'zh-CN': '编号', en: 'Id' }, 'link', 'person'),
    field('name', { 'zh-CN': '姓名', en: 'Name' }, 'text'),
    field('email', { 'zh-CN': '邮箱', en: 'E-mail' }, 'email'),
    field('department', { 'zh-CN': '部门', en: 'Department' }, 'link', 'department'),
    field('manager', { 'zh-CN': '上级', en: 'Manager' }, 'person'),
    field('active', { 'zh-CN': '在职', en: 'Active' }, 'checkbox'),
  ]),
  object('department', { 'zh-CN': '部门', en: 'Departments' }, 'network', [
    field('id', { 'zh-CN': '编号', en: 'Id' }, 'link', 'department'),
    field('name', { 'zh-CN': '名称', en: 'Name' }, 'text'),
    field('parent', { 'zh-CN': '上级部门', en: 'Parent' }, 'link', 'department'),
  ]),
]
