/** Which colour a record and its fields have in a view, and why: the first rule that holds decides. */
import { createContext } from 'react'
import type { CSSProperties } from 'react'
import type { ColorRule, Filter, RecordRow } from '@/api/types'
import { readFilter } from '@/lib/filter'
import { hues } from '@/ui/tokens'
import type { Hue } from '@/ui/tokens'

/** A colour and what it means, in the reader's words. */
export interface Paint {
  hue: Hue
  why: string
}

export interface ColoringRule extends Paint {
  when: Filter
  /** Null for the whole record. */
  field: string | null
}

export type Coloring = readonly ColoringRule[]

/** The rules of the view that is open, in their order. */
export const ColoringContext = createContext<Coloring>([])

/** What a list asks the server besides, so that it knows of each record which rules hold. */
export function testsOf(rules: readonly Pick<ColorRule, 'when'>[]): { tests?: Filter[] } {
  return rules.length > 0 ? { tests: rules.map((rule) => rule.when) } : {}
}

/** The colour of a field, or of the whole record. */
export function paintOf(coloring: Coloring, row: RecordRow, field: string | null = null): Paint | null {
  const holds = row['_holds']
  if (coloring.length === 0 || !Array.isArray(holds)) return null
  return coloring.find((rule, place) => rule.field === field && holds.includes(place)) ?? null
}

/** The hue as the two colours style sheets look for. */
export function tones(paint: Paint | null): CSSProperties {
  return paint ? ({ '--paint': `var(--chip-${paint.hue}-background)`, '--paint-solid': `var(--chip-${paint.hue}-solid)` } as CSSProperties) : {}
}

const mostRules = 20

/** Rules that came from an address: those that have the shape of one. */
export function readColors(value: unknown): ColorRule[] {
  return Array.isArray(value) ? value.slice(0, mostRules).flatMap(readRule) : []
}

function readRule(value: unknown): ColorRule[] {
  if (typeof value !== 'object' || value === null) return []
  const { when, color, field, label } = value as Record<string, unknown>
  const condition = readFilter(when)
  const hue = hues.find((one) => one === color)
  if (!condition || !hue) return []
  return [{ when: condition, color: hue, field: typeof field === 'string' ? field : null, ...(isLabel(label) ? { label } : {}) }]
}

function isLabel(value: unknown): value is NonNullable<ColorRule['label']> {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string'))
}
