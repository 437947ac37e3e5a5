/** The shapes of imports. */
import type { Label } from '@/lib/i18n'
import type { Reference, Values } from './types'

export type ImportStatus = 'mapping' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'undoing' | 'undone' | 'cancelled'

export interface ImportLink {
  match_by: string
  create_missing: boolean
}

export interface ImportMapping {
  column: number
  field: string | null
  format?: string | null
  link?: ImportLink | null
  /** What cells mean something else than they say; null leaves them empty. */
  values?: Record<string, string | null>
}

export interface ImportColumn {
  index: number
  letter: string
  header: string
  samples: string[]
  field: string | null
  reason: 'same_name' | 'synonym' | 'content' | 'chosen' | 'none'
  format: string | null
  formats: string[]
  link: ImportLink | null
  values: Record<string, string | null>
}

export interface ImportDuplicates {
  key: string | null
  policy: 'skip' | 'update' | 'create'
  /** What becomes of rows that may be there already, by the duplicate rules. */
  possible: 'skip' | 'take'
}

/** The roles, by name, of people whom a file of people makes. */
export interface ImportPeople {
  role: string | null
  manager_role: string | null
}

export interface Unmatched {
  value: string
  count: number
  suggestion: { value: string; label: Label | string } | null
}

export interface ImportColumnReport {
  /** Null for what is wrong with whole rows. */
  column: number | null
  invalid: number
  problems: { code: string; message: Label; count: number; examples: { row: number; value: string | null }[] }[]
  unmatched: Unmatched[]
}

export interface ImportReport {
  rows: number
  to_create: number
  to_update: number
  unchanged: number
  to_skip: number
  invalid: number
  columns: ImportColumnReport[]
  preview: { row: number; values: Values; problems: Record<string, Label | string> }[]
}

export interface Import {
  id: string
  object: string
  status: ImportStatus
  file: {
    name: string
    size: number
    encoding: string | null
    delimiter: string | null
    sheet: string | null
    sheets: string[]
    header_row: number
    rows: number | null
  }
  columns: ImportColumn[]
  mapping: ImportMapping[]
  duplicates: ImportDuplicates
  /** Only told of files of people. */
  people?: ImportPeople
  progress: { done: number; total: number } | null
  report: ImportReport | null
  result: {
    created: number
    updated: number
    unchanged: number
    skipped: number
    failed: number
    removed?: number
    reverted?: number
    kept?: number
  } | null
  error: Label | null
  created_by: Reference | null
  created_at: string
  finished_at: string | null
}
