/** An object with stages, as the server describes it, and a record of it. */
import type { Choice, Field, FullRecord, ObjectDefinition } from '@/api/types'

export function field(name: string, type: string, changes: Partial<Field> = {}): Field {
  return {
    name,
    label: { 'zh-CN': name, en: name },
    type,
    options: {},
    required: false,
    unique: false,
    indexed: false,
    system: false,
    help: null,
    default: null,
    access: 'write',
    operators: ['eq'],
    aggregates: [],
    sortable: true,
    groupable: false,
    searchable: false,
    retired_at: null,
    ...changes,
  }
}

export const stages: Choice[] = [
  { value: 'prospecting', label: { 'zh-CN': '初步接洽', en: 'Prospecting' }, color: 'grey', kind: 'open', probability: 10 },
  { value: 'engaging', label: { 'zh-CN': '方案报价', en: 'Engaging' }, color: 'indigo', kind: 'open', probability: 50 },
  { value: 'won', label: { 'zh-CN': '赢单', en: 'Won' }, color: 'green', kind: 'won', probability: 100 },
  { value: 'lost', label: { 'zh-CN': '输单', en: 'Lost' }, color: 'red', kind: 'lost', probability: 0 },
]

export function opportunity(changes: Partial<ObjectDefinition> = {}): ObjectDefinition {
  return {
    name: 'crm_opportunity',
    label: { 'zh-CN': '商机', en: 'Opportunity' },
    plural_label: { 'zh-CN': '商机', en: 'Opportunities' },
    icon: 'target',
    color: 'teal',
    app: 'crm',
    description: null,
    fields: [
      field('name', 'text', { label: { 'zh-CN': '名称', en: 'Name' }, required: true, system: true, options: { max_length: 255 } }),
      field('account', 'link', { label: { 'zh-CN': '客户', en: 'Account' }, required: true, options: { target: 'crm_account' } }),
      field('amount', 'money', { label: { 'zh-CN': '金额', en: 'Amount' }, options: { minimum: 0 }, aggregates: ['sum'] }),
      field('probability', 'percent', { label: { 'zh-CN': '概率', en: 'Probability' } }),
      field('stage', 'choice', {
        label: { 'zh-CN': '阶段', en: 'Stage' },
        options: { choices: stages, is_stage: true },
        default: 'prospecting',
        groupable: true,
      }),
      field('close_date', 'date', { label: { 'zh-CN': '预计成交', en: 'Close date' }, operators: ['within'] }),
      field('email', 'email', { label: { 'zh-CN': '邮箱', en: 'E-mail' } }),
      field('owner', 'person', { label: { 'zh-CN': '负责人', en: 'Owner' }, system: true, operators: ['is_me'] }),
      field('updated_at', 'date_time', { label: { 'zh-CN': '更新时间', en: 'Updated' }, system: true, access: 'read', operators: ['within'] }),
    ],
    layout: {
      groups: [{ label: { 'zh-CN': '基本信息', en: 'Basics' }, fields: ['name', 'account', 'amount', 'probability', 'stage', 'close_date'] }],
      highlights: ['amount', 'close_date'],
      card: ['account', 'amount', 'probability', 'close_date', 'owner'],
    },
    stage_field: 'stage',
    related: [],
    rights: { see: true, create: true, edit: true, delete: true, import: true, export: true },
    retired_at: null,
    ...changes,
  }
}

export function opportunityRecord(changes: Partial<FullRecord> = {}): FullRecord {
  return {
    id: 'o1',
    version: 3,
    name: '轴承圆度仪年度框架',
    account: { id: 'a1', name: '无锡恒睿轴承有限公司' },
    amount: 1420000,
    probability: 75,
    stage: 'prospecting',
    close_date: '2026-12-15',
    email: null,
    owner: { id: 'p1', name: '方远' },
    updated_at: '2026-11-24T08:00:00Z',
    updated_by: { id: 'p1', name: '方远' },
    _rights: { edit: true, delete: true, write: ['name', 'account', 'amount', 'probability', 'stage', 'close_date', 'email', 'owner'] },
    ...changes,
  }
}
