/** The shapes of docs/reference/http-api.md. */
import type { Filter } from '@/lib/filter'
import type { Label, Locale } from '@/lib/i18n'

export type { Filter, Label, Locale }

export interface Reference {
  id: string
  name: string | null
  hidden?: boolean
  /** Of a record in a tree: the names above it, from the top. */
  path?: string[]
}

export interface Person {
  id: string
  name: string
  email: string
  department: Reference | null
  manager: Reference | null
  roles: { id: string; name: Label }[]
  is_administrator: boolean
  active: boolean
  locale: Locale | null
  last_seen_at: string | null
}

export interface Favourite {
  kind: 'object' | 'view' | 'record'
  object: string
  id?: string
  name: Label | string
  /** Of views: how they show records. */
  view_kind?: string
}

export interface Preferences {
  theme?: 'light' | 'dark' | 'system'
  density?: 'compact' | 'standard' | 'relaxed'
  contrast?: 'normal' | 'more'
  navigation_collapsed?: boolean
  single_keys?: boolean
  favourites?: Favourite[]
  [key: string]: unknown
}

export interface Me {
  person: Person
  csrf_token: string
  workspace: { name: string; label: Label; time_zone: string; currency: string; locale: Locale }
  rights: { design: boolean; manage_people: boolean; manage_roles: boolean; import: boolean }
  preferences: Preferences
  design_version: number
}

export interface Setup {
  needed: boolean
  demo: boolean
  demo_sign_ins: { email: string; password: string; role: Label }[]
}

export interface ApiToken {
  id: string
  name: string
  prefix: string
  created_at: string
  last_used_at: string | null
  expires_at: string | null
}

export interface App {
  name: string
  label: Label
  description: Label | null
  icon: string
  version: string
  navigation: { label: Label; items: { object: string }[] }[]
}

export type FieldType =
  | 'text'
  | 'long_text'
  | 'number'
  | 'money'
  | 'percent'
  | 'checkbox'
  | 'choice'
  | 'choices'
  | 'date'
  | 'date_time'
  | 'email'
  | 'phone'
  | 'url'
  | 'person'
  | 'persons'
  | 'department'
  | 'departments'
  | 'link'
  | 'multi_link'
  | 'tree_link'
  | 'auto_number'
  | 'markdown'
  | 'progress'
  | 'rating'
  | 'duration'
  | 'time'
  | 'year_month'
  | 'color'
  | 'barcode'
  | 'id_card'
  | 'credit_code'
  | 'address'
  | 'rich_text'
  | 'geolocation'
  | 'json'
  | 'secret'
  | 'cascade_choice'
  | 'file'
  | 'image'
  | 'signature'
  | 'sub_table'

export interface Choice {
  value: string
  label: Label
  /** The option it lies below, where options have levels. */
  parent?: string | null
  color?: string | null
  retired?: boolean
  kind?: 'open' | 'won' | 'lost' | 'void'
  probability?: number
  /** Said beside it where it is chosen; never saved. */
  note?: string
}

export interface FieldOptions {
  max_length?: number
  pattern?: string
  decimals?: number
  minimum?: number | string | null
  maximum?: number | string | null
  unit?: string | null
  groups_digits?: boolean
  currency?: string
  choices?: Choice[]
  is_stage?: boolean
  target?: string
  on_delete?: 'restrict' | 'clear' | 'cascade'
  [key: string]: unknown
}

export interface Field {
  name: string
  label: Label
  /** One of FieldType for the kinds shipped here; the registry answers for others. */
  type: string
  options: FieldOptions
  required: boolean
  unique: boolean
  indexed: boolean
  system: boolean
  help: Label | null
  default: unknown
  /** Whether a formula fills it. */
  computed?: boolean
  access: 'read' | 'write'
  /** Of a sub-table whose lines one may see: where they are kept and what of them is shown. */
  lines?: LinesOfField | null
  operators: string[]
  aggregates: string[]
  sortable: boolean
  groupable: boolean
  searchable: boolean
  /** Trees of formulas: what it is computed from, its default, and when it is required, shown, read only. */
  formulas?: Readonly<Record<string, unknown>>
  /** Options that are offered only while a condition, a tree, holds of the record. */
  offers?: readonly OptionRule[]
  /** The fields of the record that tell what a link may point to; null where it may point to anything. */
  candidates_look_at?: readonly string[] | null
  /** What a record made for the link starts with: its fields by those of this record that its condition sets equal to them. */
  candidates_give?: Readonly<Record<string, string>>
  retired_at: string | null
}

/** Where the lines of a sub-table are kept, and the columns of the grid they are shown in. */
export interface LinesOfField {
  object: string
  link: string
  position: string | null
  columns: readonly string[]
  access: 'read' | 'write'
}

/** Options that are offered while a condition holds: a tree; as text where designers read it. */
export interface OptionRule {
  options: readonly string[]
  condition: unknown
}

/** What must hold of every record that is saved. */
export interface Validation {
  name: string
  /** A tree; as text where designers read it. */
  condition: unknown
  message: Label
  field: string | null
}

export interface ObjectDefinition {
  name: string
  label: Label
  plural_label: Label
  icon: string
  color: string
  app: string | null
  description: Label | null
  fields: Field[]
  layout: { groups: { label: Label; fields: string[] }[]; highlights: string[]; card: string[] }
  stage_field: string | null
  related: { object: string; field: string; label: Label; listed?: boolean }[]
  /** The sub-table whose lines the records are. */
  lines_of?: { object: string; field: string; link: string } | null
  rights: { see: boolean; create: boolean; edit: boolean; delete: boolean; import: boolean; export: boolean }
  validations?: readonly Validation[]
  /** The fields by which it is found whether a record is there already. */
  duplicates_by?: readonly string[]
  retired_at: string | null
}

/** A computed field that is not up to date, and how many records of how many wait for it. */
export interface ComputingMark {
  field: string
  waiting: number
  total: number
  /** Nobody tries any more until an administrator asks for it. */
  failed?: boolean
}

export type Values = Record<string, unknown>

/** A record as lists carry it: its id, its version and the fields that were asked for. */
export interface RecordRow extends Values {
  id: string
  version: number
}

export interface FullRecord extends RecordRow {
  name?: string | null
  _rights: { edit: boolean; delete: boolean; write: string[] }
}

export interface RecordQuery {
  filter?: Filter | null
  sort?: string[]
  fields?: string[]
  q?: string
  limit?: number
  cursor?: string | null
  deleted?: boolean
  /** Conditions that leave nothing out; every record tells in `_holds` the places of those that hold of it. */
  tests?: Filter[]
}

export interface RecordPage {
  records: RecordRow[]
  next_cursor: string | null
}

export type AggregateOp = 'count' | 'sum' | 'average' | 'minimum' | 'maximum' | 'count_distinct' | 'count_filled'
export interface Measure {
  op: AggregateOp
  field?: string
  weight?: string
}
export interface AggregateQuery {
  filter?: Filter | null
  q?: string
  group_by: string[]
  measures: Measure[]
}
export interface AggregateAnswer {
  groups: { key: unknown[]; values: (number | string | null)[] }[]
}

export interface BulkAnswer {
  results: { id: string; status: 'done' | 'unchanged' | 'refused'; version: number | null; problem?: ProblemBody }[]
  done: number
  unchanged: number
  refused: number
}

export interface Change {
  id: string | number
  at: string
  actor: Reference | null
  source: 'page' | 'api' | 'import' | 'command' | 'job' | 'computed' | 'merge' | 'merge_undone'
  /** The merge that wrote it. */
  merge?: string | null
  op: 'create' | 'update' | 'delete' | 'restore' | 'reveal' | 'merge'
  version: number
  fields: { field: string; old: unknown; new: unknown }[]
}

export interface SearchAnswer {
  groups: {
    object: string
    records: { id: string; name: string; matched: { field: string; text: string } | null; summary: { field: string; value: unknown }[] }[]
  }[]
}

export interface ViewColumn {
  field: string
  width?: number
}

/** Records of which a condition holds get a colour: the whole record, or one field of it. */
export interface ColorRule {
  when: Filter
  color: string
  field?: string | null
  label?: Label | string | null
}

export interface ViewConfig {
  filter?: Filter | null
  sort?: string[]
  columns?: ViewColumn[]
  group_by?: string | null
  card?: string[]
  sum?: string | null
  weight?: string | null
  density?: 'compact' | 'standard' | 'relaxed' | null
  colors?: ColorRule[]
}

export interface View {
  id: string
  object: string
  name: Label | string
  kind: string
  shared: boolean
  position: number
  is_default: boolean
  owner: Reference | null
  may_edit: boolean
  version: number
  config: ViewConfig
}

export interface ProblemBody {
  type: string
  code: string
  title: string
  status: number
  detail?: string
  request_id?: string
  errors?: FieldProblem[]
  current?: FullRecord
  [key: string]: unknown
}

export interface FieldProblem {
  pointer?: string
  field?: string
  code: string
  message: string
}

export interface Department {
  id: string
  name: string
  parent: string | null
  position: number
  people: number
}

export type Scope = 'own' | 'subordinates' | 'department' | 'department_and_below' | 'all' | 'condition'
export type GrantAction = 'see' | 'create' | 'edit' | 'delete' | 'import' | 'export'
export type FieldAccess = 'write' | 'read' | 'none'

export interface Grant {
  object: string
  actions: GrantAction[]
  rows: { scope: Scope; condition?: Filter }
  fields: { default: FieldAccess; except: Record<string, FieldAccess> }
}

export interface Role {
  id: string
  name: Label
  description: Label | null
  system: boolean
  is_administrator: boolean
  rights: ('design' | 'manage_people' | 'manage_roles')[]
  people: number
  grants: Grant[]
}

export interface AccessAnswer {
  see: boolean
  edit: boolean
  reasons: { role: string; grant: unknown; matched: boolean; sentence: Label }[]
}
