/** What the records and people are called whose ids stand in a formula. */
import { useMemo } from 'react'
import type { Typed } from '@/lib/formula/typed'
import { useNamesOf } from '../condition/references'
import type { Wanted } from '../condition/references'
import type { NameOf } from './value_text'

const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Ids by the object they are of: those that are compared with a link or a person. */
export function idsWritten(typed: Typed): Wanted {
  const found = new Map<string, Set<string>>()
  const visit = (one: Typed): void => {
    const target = one.arguments.map((each) => each.type).find((each) => each.kind === 'record' && each.object !== null)?.object
    for (const each of target ? one.arguments.flatMap(writtenIn) : []) found.set(target ?? '', (found.get(target ?? '') ?? new Set()).add(each))
    if (one.inner) visit(one.inner)
    one.arguments.forEach(visit)
  }
  visit(typed)
  return found
}

function writtenIn(one: Typed): string[] {
  if (one.inner) return writtenIn(one.inner)
  if (one.node.kind === 'items') return one.arguments.flatMap(writtenIn)
  return one.node.kind === 'literal' && typeof one.node.value === 'string' && id.test(one.node.value) ? [one.node.value] : []
}

export function useWrittenNames(typed: Typed | null): NameOf {
  const names = useNamesOf(useMemo(() => (typed ? idsWritten(typed) : new Map<string, Set<string>>()), [typed]))
  const told = JSON.stringify([...names])
  return useMemo(() => {
    const known = new Map(JSON.parse(told) as [string, string | null][])
    return (one) => known.get(one) ?? null
  }, [told])
}
