/** A choice field with the options that are offered while a record is filled in; the others count as retired. */
import { useEffect, useMemo, useState } from 'react'
import { useObjects } from '@/api/objects'
import { useRecord } from '@/api/records'
import { useMe } from '@/api/session'
import type { Field, Values } from '@/api/types'
import type { Within } from '@/registry/field_kind'
import type { refusedOptions } from './refused_options'

type Refuse = typeof refusedOptions

const none: ReadonlySet<string> = new Set()

export function useOffered(field: Field, within: Within | undefined): Field {
  const refused = useRefused(field, within)
  return useMemo(() => {
    const { choices } = field.options
    if (refused.size === 0 || !choices) return field
    return { ...field, options: { ...field.options, choices: choices.map((one) => (refused.has(one.value) ? { ...one, retired: true } : one)) } }
  }, [field, refused])
}

/** The options that are not offered. */
export function useRefused(field: Field, within: Within | undefined): ReadonlySet<string> {
  const hasOffers = Boolean(field.offers?.length) && within !== undefined
  const objects = useObjects()
  const object = objects.find((one) => one.name === within?.object)
  const me = useMe().data
  const lacks = hasOffers && within.id !== null && Boolean(object?.fields.some(({ name }) => isNamed(field.offers, name) && !(name in within.values)))
  const saved = useRecord(within?.object ?? '', lacks ? within.id : null).data
  const [refuse, setRefuse] = useState<Refuse | null>(null)
  useEffect(() => {
    let isHere = true
    if (hasOffers) void import('./refused_options').then((module) => isHere && setRefuse(() => module.refusedOptions))
    return () => {
      isHere = false
    }
  }, [hasOffers])
  const told = within?.notOffered?.[field.name]
  return useMemo(() => {
    if (told) return new Set(told)
    if (!hasOffers || !refuse || !object || !me || (lacks && !saved)) return none
    const values: Values = { ...saved, ...within.values }
    return refuse(objects, object, field, values, { zone: me.workspace.time_zone, person: me.person.id })
  }, [told, hasOffers, refuse, object, me, lacks, saved, objects, field, within])
}

/** Whether conditions look at a field of the record. */
export function isNamed(tree: unknown, name: string): boolean {
  if (Array.isArray(tree)) {
    const [word, first] = tree as unknown[]
    return (word === 'field' && first === name) || tree.some((one) => isNamed(one, name))
  }
  return typeof tree === 'object' && tree !== null && isNamed((tree as { condition?: unknown }).condition, name)
}
