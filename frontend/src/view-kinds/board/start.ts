/** How a board begins: by stage if there is one, with the money of the card and what it weighs. */
import type { Field, ObjectDefinition } from '@/api/types'
import type { ViewState } from '@/registry/view_kind'

function isGroupable(field: Field): boolean {
  return field.retired_at === null && field.groupable && field.options.choices !== undefined && field.operators.includes('eq')
}

export function startOf(object: ObjectDefinition): Partial<ViewState> | null {
  const choices = object.fields.filter(isGroupable)
  const group = choices.find((field) => field.name === object.stage_field) ?? choices[0]
  if (!group) return null
  const { card, highlights } = object.layout
  const shown = [...card, ...highlights].map((name) => object.fields.find((field) => field.name === name)).filter((field) => field !== undefined)
  // The contract names these two types itself: money adds up, and a weight is a percent.
  const sum = shown.find((field) => field.type === 'money') ?? object.fields.find((field) => field.type === 'money')
  const weight = object.fields.find((field) => field.type === 'percent' && field.retired_at === null)
  return { group_by: group.name, card, sum: sum?.name ?? null, weight: sum && weight ? weight.name : null }
}
