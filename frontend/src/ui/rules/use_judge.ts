/** What judges changes of an object's records before they are saved; it lets everything pass until it is there. */
import { useEffect, useMemo, useState } from 'react'
import { useObjects } from '@/api/objects'
import { useMe } from '@/api/session'
import type { ObjectDefinition } from '@/api/types'
import type { Judge } from './judge'

export function useJudge(object: ObjectDefinition): Judge | null {
  const objects = useObjects()
  const me = useMe().data
  const zone = me?.workspace.time_zone
  const person = me?.person.id ?? null
  const isNeeded = Boolean(object.validations?.length) || object.fields.some((field) => Object.keys(field.formulas ?? {}).some((kind) => kind !== 'formula') || field.offers?.length)
  const [Made, setMade] = useState<typeof Judge | null>(null)
  useEffect(() => {
    let isHere = true
    if (isNeeded) void import('./judge').then((module) => isHere && setMade(() => module.Judge))
    return () => {
      isHere = false
    }
  }, [isNeeded])
  return useMemo(() => (Made && zone ? new Made(objects, object, { zone, person }) : null), [Made, objects, object, zone, person])
}
