/** Says when what is chosen in a form is not offered any more: what it hangs on was changed. The value stays, so that nothing is lost by going back. */
import { useStillFits } from '@/api/candidates'
import { useObject } from '@/api/objects'
import type { Field, Reference, Values } from '@/api/types'
import { labelText } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { useNarrowing } from '@/ui/offers/use_narrowing'
import { isNamed, useRefused } from '@/ui/offers/use_offered'
import { sameValue } from './form'
import { useText } from './messages'

export function useMisfit(field: Field, before: Values, within: Within): string | null {
  const say = useText()
  const refused = useRefused(field, within)
  const narrowing = useNarrowing(field, within)
  const value = within.values[field.name] ?? null
  const object = useObject(within.object)
  const isTouched =
    within.id === null ||
    Boolean(object?.fields.some((one) => (one.name === field.name || isLookedAt(field, one.name)) && !sameValue(one, before[one.name], within.values[one.name])))
  const fits = useStillFits(isTouched ? narrowing : null, narrowing ? ((value as Reference | null)?.id ?? null) : null)
  if (!isTouched) return null
  const option = chosen(value).find((one) => refused.has(one))
  if (option !== undefined) {
    const choice = field.options.choices?.find((one) => one.value === option)
    return say('option_misfit', { option: labelText(choice?.label) || option })
  }
  return fits === false ? say('link_misfit') : null
}

function isLookedAt(field: Field, name: string): boolean {
  return isNamed(field.offers, name) || Boolean(field.candidates_look_at?.includes(name))
}

function chosen(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.map(String) : []
}
