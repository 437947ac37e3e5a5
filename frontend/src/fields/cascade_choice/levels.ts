/** Options in levels: an option names the one it lies below. */
import type { Choice, Field, FieldOptions } from '@/api/types'
import { labelText } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'

export interface Level {
  value: string
  label: string
  disabled?: boolean
  children?: Level[]
}

const most = 6

/** From the first level down to the option; nothing for one that is not known. */
export function branchOf(choices: readonly Choice[], value: string): Choice[] {
  const steps: Choice[] = []
  let here = choices.find((one) => one.value === value)
  while (here && steps.length < most) {
    steps.unshift(here)
    const { parent } = here
    here = parent ? choices.find((one) => one.value === parent) : undefined
  }
  return steps
}

export function pathText(field: Field, value: string, locale?: Locale): string {
  const steps = branchOf(field.options.choices ?? [], value)
  return steps.length === 0 ? value : steps.map((one) => labelText(one.label, locale)).join(' / ')
}

/** What is offered; retired options with all below them only where they are held. */
export function treeOf(options: FieldOptions, held: readonly string[], locale: Locale): Level[] {
  const choices = options.choices ?? []
  const kept = new Set(held.flatMap((value) => branchOf(choices, value).map((one) => one.value)))
  const below = (parent: string | null, depth: number): Level[] =>
    choices
      .filter((one) => (one.parent ?? null) === parent && (!one.retired || kept.has(one.value)))
      .map((one) => {
        const children = depth < most ? below(one.value, depth + 1) : []
        return { value: one.value, label: labelText(one.label, locale), ...(children.length > 0 ? { children } : {}) }
      })
  return below(null, 1)
}

function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').replace(/[>›\\]/g, '/').toLowerCase()
}

/** By value, else by its path, else by a label that only one has; several when more could be meant. */
export function findLevel(field: Field, text: string): Choice | 'several' | undefined {
  const choices = field.options.choices ?? []
  const wanted = folded(text)
  const called = (names: (one: Choice) => string[]): Choice[] => {
    const found = choices.filter((one) => names(one).some((name) => folded(name) === wanted))
    const used = found.filter((one) => !one.retired)
    return used.length > 0 ? used : found
  }
  const exact = choices.find((one) => one.value === text.trim())
  if (exact) return exact
  const paths = called((one) => [pathText(field, one.value, 'zh-CN'), pathText(field, one.value, 'en')])
  const found = paths.length > 0 ? paths : called((one) => Object.values(one.label).filter((name) => name !== undefined))
  return found.length > 1 ? 'several' : found[0]
}
