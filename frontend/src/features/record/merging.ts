/** Brings one's own change and somebody else's together, field by field. */
import type { Field, Values } from '@/api/types'
import { sameValue } from './form'

export interface Clash {
  field: Field
  mine: unknown
  theirs: unknown
}

export interface Merged {
  /** May be saved as it is: nobody else touched these. */
  free: Values
  /** Both changed these, and differently: a person has to choose. */
  clashes: Clash[]
}

export function mergeChanges(fields: readonly Field[], before: Values, mine: Values, current: Values): Merged {
  const free: Values = {}
  const clashes: Clash[] = []
  for (const field of fields) {
    if (!(field.name in mine)) continue
    const [own, theirs] = [mine[field.name], current[field.name]]
    if (sameValue(field, own, theirs)) continue
    // Lines are brought together one by one, where they are saved.
    if (field.lines) {
      free[field.name] = own
      continue
    }
    if (sameValue(field, before[field.name], theirs)) free[field.name] = own
    else clashes.push({ field, mine: own, theirs })
  }
  return { free, clashes }
}

/** What remains to be saved once the person has chosen. */
export function settle({ free, clashes }: Merged, keepsMine: Readonly<Record<string, boolean>>): Values {
  const kept = clashes.filter((clash) => keepsMine[clash.field.name]).map((clash) => [clash.field.name, clash.mine])
  return { ...free, ...Object.fromEntries(kept) }
}
