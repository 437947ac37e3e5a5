/** A choice field for a change of many: what none of them may be is left out, what some may not be says for how many. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { tellRules } from '@/api/told_rules'
import type { ToldRules } from '@/api/told_rules'
import type { Field, ObjectDefinition } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { firstOf } from './bulk'
import { useText } from './messages'
import type { Target } from './selection'

export function useBulkOffers(object: ObjectDefinition, target: Target, field: Field | null): Field | null {
  const hasOffers = Boolean(field?.offers?.length)
  const told = useQuery({
    queryKey: [...keys.ofObject(object.name), 'rules of many', target],
    queryFn: async ({ signal }) => tellRules(object.name, (await firstOf(object.name, target)).map((id) => ({ id, values: {} })), signal),
    enabled: hasOffers,
    retry: false,
    staleTime: 10_000,
  }).data
  return useMemo(() => (field && hasOffers && told ? offeredToMany(field, told) : field), [field, hasOffers, told])
}

export function offeredToMany(field: Field, told: readonly ToldRules[]): Field {
  const refusals = (option: string): number => told.filter((one) => one.not_offered[field.name]?.includes(option)).length
  const choices = (field.options.choices ?? []).map((choice) => {
    const count = refusals(choice.value)
    if (count === 0) return choice
    return count === told.length ? { ...choice, retired: true } : { ...choice, note: useText.say('offered_not', { count: formatNumber(count) }) }
  })
  return { ...field, options: { ...field.options, choices } }
}
