/** Saves a change of one record: brings it together with what others did meanwhile, and asks only where it must. */
import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Problem } from '@/api/problem'
import { isHidden, useUpdateRecord } from '@/api/records'
import type { Field, FullRecord, ObjectDefinition, Values } from '@/api/types'
import { wireValues } from './form'
import { mergeChanges, settle } from './merging'
import type { Merged } from './merging'

/** `given_up` is the person's answer to a conflict: nothing of theirs was saved. */
export type Saved = { status: 'saved' | 'hidden' | 'given_up' } | { status: 'refused'; problem: Problem }

export interface Conflict extends Merged {
  current: FullRecord
}

const mostTries = 4

/** What the conflict dialog answers: for each field whether one's own value stays; null to keep all of theirs and stop. */
type Answer = Record<string, boolean> | null

export interface Saving {
  save: (record: FullRecord, before: Values, mine: Values) => Promise<Saved>
  conflict: Conflict | null
  answer: (choice: Answer) => void
  isSaving: boolean
}

export function useSaving(object: ObjectDefinition): Saving {
  const client = useQueryClient()
  const update = useUpdateRecord(object.name)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const answering = useRef<((choice: Answer) => void) | null>(null)

  function ask(found: Conflict): Promise<Answer> {
    setConflict(found)
    return new Promise((resolve) => {
      answering.current = resolve
    })
  }

  /** Null when there is nothing left to save, `'given_up'` when the person stopped. */
  async function bringTogether(fields: readonly Field[], before: Values, mine: Values, current: FullRecord): Promise<Values | 'given_up'> {
    const merged = mergeChanges(fields, before, mine, current)
    if (merged.clashes.length === 0) return merged.free
    const choice = await ask({ ...merged, current })
    return choice === null ? 'given_up' : settle(merged, choice)
  }

  async function save(record: FullRecord, before: Values, mine: Values): Promise<Saved> {
    const fields = object.fields
    let current = record
    let base = before
    let values = await bringTogether(fields, base, mine, current)
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (values === 'given_up') return { status: 'given_up' }
      if (Object.keys(values).length === 0) return { status: 'saved' }
      try {
        const saved = await update.mutateAsync({ id: record.id, version: current.version, values: wireValues(fields, values), shown: values })
        return { status: isHidden(saved) ? 'hidden' : 'saved' }
      } catch (error) {
        if (!isProblem(error)) throw error
        if (error.status !== 412 || !error.current || tries === mostTries - 1) return { status: 'refused', problem: error }
        base = { ...base, ...pick(current, values) }
        current = { ...current, ...error.current }
        client.setQueryData(keys.record(object.name, record.id), current)
        values = await bringTogether(fields, base, values, current)
      }
    }
    return { status: 'given_up' }
  }

  return {
    save,
    conflict,
    answer: (choice) => {
      setConflict(null)
      answering.current?.(choice)
      answering.current = null
    },
    isSaving: update.isPending,
  }
}

function pick(record: Values, values: Values): Values {
  return Object.fromEntries(Object.keys(values).map((name) => [name, record[name]]))
}
