/** What a box for a formula is given. */
import type { Ref } from 'react'
import type { ObjectDefinition } from '@/api/types'
import type { Expected, Reading } from './reading'

/** Lets a palette beside the box write into it. */
export interface FormulaHandle {
  /** Puts text where the cursor is; what stands in it is `back` characters from its end. */
  insert: (text: string, back?: number) => void
  select: (from: number, to: number) => void
  replaceAll: (text: string) => void
}

export interface FormulaBoxProps {
  object: ObjectDefinition
  /** All objects, where they differ from those in use: in a draft. */
  objects?: readonly ObjectDefinition[]
  /** The object of the row at hand, where the formula is asked of a record besides. */
  row?: string | undefined
  /** By API names or by labels. */
  value: string
  expects?: Expected | undefined
  /** By API names where the text reads, else as it was typed. */
  onChange: (text: string) => void
  onReading?: (reading: Reading) => void
  /** What a field holds in the record one looks at. */
  sampleOf?: (names: readonly string[]) => string | null
  label?: string
  placeholder?: string
  autoFocus?: boolean
  /** How many lines it shows at least. */
  lines?: number
  /** Left out where a palette stands beside the box. */
  hasPalette?: boolean
  handle?: Ref<FormulaHandle>
}
