/** What tells which records a link may point to while its record is filled in. */
import { useMemo } from 'react'
import type { Narrowing } from '@/api/candidates'
import { useObject } from '@/api/objects'
import type { Field } from '@/api/types'
import type { Within } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'

export type NarrowedField = Partial<Pick<Field, 'name' | 'candidates_look_at' | 'candidates_give'>>

/** Null where it may point to anything. */
export function useNarrowing({ name, candidates_look_at: lookedAt }: NarrowedField, within: Within | undefined): Narrowing | null {
  const object = useObject(within?.object ?? '')
  return useMemo(() => {
    if (!lookedAt || !name || !within || !object) return null
    const fields = object.fields.filter((field) => lookedAt.includes(field.name) && field.name in within.values)
    const values = Object.fromEntries(fields.map((field) => [field.name, kindOf(field).toWire(within.values[field.name] ?? null)]))
    return { object: within.object, field: name, id: within.id, values }
  }, [lookedAt, name, within, object])
}
