/** What the server says of the rules that look at other records, asked again when something they look at is changed. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { mostAsked, tellRules } from '@/api/told_rules'
import type { ToldRules } from '@/api/told_rules'
import type { ObjectDefinition, Values } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { kindOf } from '@/registry/registry'
import { namedIn } from './looked_at'
import { treesElsewhere } from './rule_state'

const restMs = 250

type Filled = Pick<ObjectDefinition, 'name' | 'fields'>

/** The record that is filled in, and the version of it that is known; null for a new one. */
export type Asked = { id: string; version: number } | null

/** `typed` as it is shown, over what is saved. Nothing is asked while `of` is undefined. */
export function useTold(object: Filled, of: Asked | undefined, typed: Values): ToldRules | undefined {
  const id = of?.id ?? null
  const looksAt = useMemo(() => askedFor(object), [object])
  const sent = looksAt && JSON.stringify(wire(object, looksAt, typed))
  const rested = useRested(sent, restMs)
  return useQuery({
    queryKey: [...keys.ofObject(object.name), 'rules', id, of?.version ?? 0, rested],
    queryFn: async ({ signal }) => (await tellRules(object.name, [{ ...(id ? { id } : {}), values: JSON.parse(rested ?? '{}') as Values }], signal))[0] ?? null,
    enabled: rested !== null && of !== undefined,
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
    retry: false,
    staleTime: 5_000,
  }).data ?? undefined
}

/** What the server says of many changes, by record; nothing where no rule looks elsewhere, and while it cannot be asked: the save decides. */
export async function toldOf(object: Filled, changes: readonly { id: string; values: Values }[]): Promise<ReadonlyMap<string, ToldRules>> {
  const looksAt = askedFor(object)
  if (!looksAt || changes.length === 0) return new Map()
  const asked = changes.slice(0, mostAsked).map(({ id, values }) => ({ id, values: wire(object, looksAt, values) }))
  const told = await tellRules(object.name, asked).catch(() => [])
  return new Map(told.map((one) => [one.id ?? '', one]))
}

/** What is sent: a computed field that is looked at may hang on anything. Null where no rule looks elsewhere. */
function askedFor(object: Filled): ReadonlySet<string> | null {
  const trees = treesElsewhere(object)
  if (trees.length === 0) return null
  const names = namedIn(trees)
  const isAny = object.fields.some((field) => field.computed && names.has(field.name))
  return isAny ? new Set(object.fields.map((field) => field.name)) : names
}

function wire(object: Filled, names: ReadonlySet<string>, typed: Values): Values {
  const fields = object.fields.filter((field) => names.has(field.name) && field.name in typed && !field.computed)
  return Object.fromEntries(fields.map((field) => [field.name, kindOf(field).toWire(typed[field.name] ?? null)]))
}
