/** What a field type has to offer so that every page can show, enter, filter and set it up. */
import type { ComponentType } from 'react'
import type { LucideIcon } from 'lucide-react'
import type { Field, FieldOptions, Label, Values } from '@/api/types'
import type { Locale } from '@/lib/i18n'

export interface CellProps<V> {
  value: V
  field: Field
  /** Where it stands: a grid cell, a card (short figures and dates) or a record page (exact, with links to act on). */
  place: 'cell' | 'card' | 'page'
  /** On a record's page: the record. */
  within?: Within | undefined
}

/** The record that is being filled in: what may be chosen can hang on it. */
export interface Within {
  object: string
  /** Null for a new one. */
  id: string | null
  /** What is filled in so far, as it is shown; what is missing stands as it is saved. */
  values: Values
  /** Options that are not offered, by field, where the server told. */
  notOffered?: Readonly<Record<string, readonly string[]>>
}

export interface InputProps<V> {
  value: V | null
  field: Field
  onChange: (value: V | null) => void
  /** In a grid cell an input has no border of its own and opens at once. */
  place: 'cell' | 'form'
  id?: string
  autoFocus?: boolean
  disabled?: boolean
  /** What was typed to start editing; replaces the value. */
  typed?: string | undefined
  invalid?: boolean
  within?: Within | undefined
  'aria-labelledby'?: string | undefined
  'aria-describedby'?: string | undefined
  /** A choice was made that ends editing in a grid cell (an option picked, a date clicked). Its value is handed over with it. */
  onDone?: (value: V | null) => void
}

export interface FilterValueProps {
  field: Field
  op: string
  value: unknown
  onChange: (value: unknown) => void
}

export interface SettingsProps {
  options: FieldOptions
  onChange: (options: FieldOptions) => void
}

export type Parsed<V> = { value: V | null } | { error: Label }

/** What the value is to formulas. */
export type Held = 'text' | 'number' | 'boolean' | 'date' | 'date_time' | 'texts' | 'reference' | 'references' | 'files' | 'secret' | 'data'

export interface FieldKind<V = unknown> {
  type: string
  holds: Held
  /** The object its values are records of; `person` and `department` among them. */
  pointsTo?: (field: Field) => string
  label: Label
  icon: LucideIcon
  align: 'left' | 'right'
  /** Width of a new column. */
  width: number
  /** Shows a value that is not empty. */
  Cell: ComponentType<CellProps<V>>
  Input: ComponentType<InputProps<V>>
  FilterValue: ComponentType<FilterValueProps>
  /** The settings a new field of an object begins with. */
  startsWith?: (object: string) => FieldOptions
  /** Null when the type has no settings. */
  Settings: ComponentType<SettingsProps> | null
  /** As plain words: for copying, titles, filter chips, screen readers. */
  format: (value: V, field: Field, locale: Locale) => string
  /** Reads typed or pasted text. */
  parse: (text: string, field: Field) => Parsed<V>
  /** Finds what a pasted text means when only the server knows: a record or a person by name. */
  resolve?: (text: string, field: Field) => Promise<Parsed<V>>
  /** What a column of such values says at its foot unless somebody chooses otherwise. */
  summary?: 'sum' | 'average'
  isEmpty: (value: V | null | undefined) => boolean
  /** As it is sent: links and people as ids. */
  toWire: (value: V | null) => unknown
  /** How far a new value is from the old one, in words; null when there is nothing to tell. */
  difference?: (before: V | null, after: V | null) => { text: string; direction: 'up' | 'down' } | null
  /** A click switches it; there is nothing to open. */
  togglesInPlace?: boolean
  isReadOnly?: boolean
  /** Is chosen from something rather than typed; sentences then say "choose" instead of "enter". */
  isPicked?: boolean
  /** Takes the whole width of a form, and Enter begins a new line. */
  hasManyLines?: boolean
  /** Its cell is a picture; where room is short, as in totals, the words stand instead. */
  isDrawn?: boolean
  /** The test that finds a group's records where a group is more than one value; `eq` unless said. */
  groupsBy?: 'under'
  /** Where a tap reaches somebody by this value: `tel:…`, `mailto:…`. */
  reach?: (value: V) => { href: string; verb: Label }
  /** Values the conformance test passes through the kind. */
  examples: readonly { options?: FieldOptions; value: V; typed: string; shown: { 'zh-CN': string; en: string } }[]
}

/** Keeps a kind's own value type while it is written, and forgets it where kinds are listed. */
export function fieldKind<V>(kind: FieldKind<V>): FieldKind {
  return kind as unknown as FieldKind
}
