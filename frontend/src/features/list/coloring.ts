/** The rules of a view that colour records, with what each means in words. */
import { useMemo } from 'react'
import type { ColorRule, Filter, ObjectDefinition } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import type { Coloring } from '@/registry/coloring'
import { asHue } from '@/ui/hue'
import { usePartText } from './FilterTool'

export function useColoring(object: ObjectDefinition, rules: readonly ColorRule[]): Coloring {
  const label = useLabel()
  const every: Filter | null = rules.length > 0 ? { or: rules.map((rule) => rule.when) } : null
  const text = usePartText(object, every)
  const words = rules.map((rule) => label(rule.label ?? '') || text(rule.when))
  const key = JSON.stringify([rules, words])
  // A new list would draw every record again: it is made anew only when rules or words differ.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => rules.map(({ when, color, field }, place) => ({ when, hue: asHue(color), field: field ?? null, why: words[place] ?? '' })), [key])
}
