/** What a kind of view has to offer: how it starts and how it shows records. */
import type { ComponentType } from 'react'
import type { LucideIcon } from 'lucide-react'
import type { ColorRule, Filter, Label, ObjectDefinition, Values, ViewColumn } from '@/api/types'

/** How records are being looked at: the saved view with the changes in the address on top. */
export interface ViewState {
  kind: string
  filter: Filter | null
  sort: string[]
  columns: ViewColumn[]
  group_by: string | null
  card: string[]
  sum: string | null
  weight: string | null
  density: 'compact' | 'standard' | 'relaxed' | null
  colors: ColorRule[]
  q: string
}

export interface ViewProps {
  object: ObjectDefinition
  state: ViewState
  onChange: (changes: Partial<ViewState>) => void
  /** The record in the drawer, if one is open. */
  openedRecord: string | null
  onOpen: (id: string) => void
  /** Opens the form for a new record, with values already given. */
  onCreate: (values?: Values) => void
  /** The order in which J and K walk through records while the drawer is open. */
  onOrder: (ids: string[]) => void
}

export interface ViewKind {
  name: string
  label: Label
  icon: LucideIcon
  View: ComponentType<ViewProps>
  /** Which buttons of the toolbar make sense. */
  tools: readonly ('filter' | 'sort' | 'group' | 'columns' | 'card' | 'density' | 'colors')[]
  /** Null when the object lacks what this kind needs (a board needs a choice field). */
  start: (object: ObjectDefinition) => Partial<ViewState> | null
}
