/** Finds an option by its value or by its label in either language. */
import type { Choice, Field } from '@/api/types'

function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}

export function findOption(field: Field, text: string): Choice | undefined {
  const choices = field.options.choices ?? []
  const wanted = folded(text)
  return (
    choices.find((choice) => choice.value === text) ??
    choices.find((choice) => [choice.value, ...Object.values(choice.label)].some((name) => name !== undefined && folded(name) === wanted))
  )
}
