/** The shapes of designs: what is asked for, planned, done, and how designers see objects. */
import type { Label } from '@/lib/i18n'
import type { Field, FieldOptions, ObjectDefinition, OptionRule, Reference, Validation } from './types'

export interface NewObject {
  name?: string
  label: Label
  plural_label?: Label
  icon?: string
  color?: string
  app?: string
  description?: Label
  grant_roles?: string[]
}

export interface NewField extends RuleTexts {
  name?: string
  label: Label
  type: string
  options?: FieldOptions
  required?: boolean
  unique?: boolean
  indexed?: boolean
  help?: Label
  default?: unknown
  formula?: string
  group?: number
}

/** Rules of a field as text; null takes one away. */
export interface RuleTexts {
  default_formula?: string | null
  required_when?: string | null
  visible_when?: string | null
  read_only_when?: string | null
  options_when?: readonly OptionRuleText[] | null
  candidates_when?: string | null
}

/** A condition of options as its designer reads it. */
export interface OptionRuleText extends OptionRule {
  condition: string
}

/** A validation as its designer reads it. */
export interface ValidationText extends Validation {
  condition: string
}

/** Fields that no two records may have alike. */
export interface UniqueRuleText {
  name: string
  fields: readonly string[]
  /** Only records it holds of are compared. */
  condition: string | null
}

export const comparisons = ['exact', 'text', 'company', 'phone', 'email', 'domain', 'credit_code'] as const
export type Comparison = (typeof comparisons)[number]

/** What makes two records look alike, and how many points that counts. */
export interface MatchCondition {
  field: string
  /** The field of the other record. */
  other: string
  compare: Comparison
  /** From 0.3 to below 1: alike in part counts as well. Null: only whole. */
  similarity: number | null
  weight: number
}

/** When a record may be there already, in its object or in another one. */
export interface MatchRule {
  name: string
  object: string
  conditions: readonly MatchCondition[]
  /** From so many points on, whoever saves is asked. */
  warn_at: number
  /** From so many points on, saving is refused; null for never. */
  block_at: number | null
}

export type ObjectChanges = Partial<Pick<ObjectDefinition, 'label' | 'plural_label' | 'icon' | 'color' | 'description' | 'layout'>> & { validations?: readonly ValidationText[]; unique_rules?: readonly UniqueRuleText[]; match_rules?: readonly MatchRule[] }
export type FieldChanges = Partial<Pick<Field, 'label' | 'options' | 'required' | 'unique' | 'indexed' | 'help' | 'default'>> & {
  /** Another type; `options` are then all of its settings. */
  type?: string
  formula?: string | null
  /** Of a field that is computed no longer, or gets its earlier type back. */
  values?: 'present' | 'before'
} & RuleTexts

export type DesignStep =
  | { action: 'add_object'; object: NewObject }
  | { action: 'change_object'; object: string; changes: ObjectChanges }
  | { action: 'retire_object' | 'restore_object'; object: string }
  | { action: 'add_field'; object: string; field: NewField }
  | { action: 'change_field'; object: string; field: string; changes: FieldChanges }
  | { action: 'retire_field' | 'restore_field'; object: string; field: string }
  /** `group` is a place in `layout.groups`; `before` a field, or null for the end. */
  | { action: 'move_field'; object: string; field: string; group: number; before: string | null }

export interface PlannedStep {
  action: string
  object: string | null
  field: string | null
  sentence: Label
  lock: 'none' | 'brief' | 'long'
  rows: number
  seconds: number
  loss: Label | null
  warnings: Label[]
  reversible: boolean
}

export interface UsedBy {
  kind: string
  id: string
  name: Label | string
}

export interface DesignPlan {
  base_version: number
  steps: PlannedStep[]
  blockers: { step: number; message: Label; used_by: UsedBy[] }[]
}

export interface DesignedField extends Field, RuleTexts {
  /** The tree a computed field is computed by; in a draft also the text of one. */
  formula?: unknown
  used_by: UsedBy[]
  /** Changes with time: computed whenever it is read, and stored nowhere. */
  live?: boolean
  /** Since when the values are kept that it had before it was computed or got its type. */
  kept_since?: string | null
  /** The type it had before. */
  kept_type?: string | null
  /** In a draft: which values it has once it is computed no longer. */
  values?: 'present' | 'before'
  /** The rules that are live; those of a draft stand beside. */
  rules?: RuleTexts
}

/** An object as designers see it: retired fields included, with what uses each. */
export interface DesignedObject extends Omit<ObjectDefinition, 'fields'> {
  unique_rules?: readonly UniqueRuleText[]
  match_rules?: readonly MatchRule[]
  fields: DesignedField[]
  roles: string[]
}

export interface DesignChange {
  version: number
  at: string
  actor: Reference | null
  steps: { action: string; object: string | null; field: string | null; sentence: Label }[]
}

/** A computed field that is not up to date; `failed` when nobody tries any more until somebody asks for it. */
export interface ComputingField {
  object: string
  field: string
  waiting: number
  total: number
  failed: boolean
  fault: string | null
}

export interface FieldTypeInfo {
  name: string
  label: Label
  description: Label
  icon: string
  family: 'words' | 'figures' | 'choices' | 'time' | 'relations' | 'codes' | 'files'
  operators: string[]
  options_schema: Record<string, unknown>
  can_be_unique: boolean
  can_be_computed: boolean
  /** Whether its values can be read as those of another type. */
  is_convertible: boolean
  /** The ways a file may write its values. */
  formats: string[]
}
