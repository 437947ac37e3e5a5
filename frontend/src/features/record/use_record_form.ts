/** The state of one form: values, what is wrong, what somebody else changed meanwhile, and the draft that outlives a closed drawer. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '@/api/problem'
import type { Field, Values } from '@/api/types'
import { dropDraft, keepDraft, readDraft } from './drafts'
import { adopt, changedValues, checkAll, checkField, sortProblem } from './form'

export interface RecordForm {
  before: Values
  values: Values
  errors: Record<string, string>
  /** What the server refused and no field of the form answers for. */
  refusal: string | null
  /** Errors are listed above the form only after somebody tried to save. */
  hasTried: boolean
  hasDraft: boolean
  changes: Values
  set: (field: Field, value: unknown) => void
  leave: (field: Field) => void
  /** All fields checked; true when the form may be sent. */
  check: () => boolean
  refuse: (problem: Problem) => void
  /** Takes over what was changed elsewhere, except in fields the person has touched. */
  follow: (current: Values) => void
  /** Back to how it began; the draft is dropped. */
  restart: (values?: Values) => void
  forget: () => void
}

export function useRecordForm(fields: readonly Field[], starting: Values, key: string, given: readonly string[] = []): RecordForm {
  const [draft] = useState(() => usableDraft(fields, key, given))
  const [before, setBefore] = useState(starting)
  const [values, setValues] = useState<Values>(() => ({ ...starting, ...draft }))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [hasTried, setTried] = useState(false)
  const [hasDraft, setDraft] = useState(draft !== null)
  const changes = useMemo(() => changedValues(fields, before, values), [fields, before, values])
  const isForgotten = useRef(false)

  useEffect(() => {
    if (!isForgotten.current) keepDraft(key, changes)
  }, [key, changes])

  function setError(name: string, message: string | null): void {
    setErrors((known) => {
      const others = Object.fromEntries(Object.entries(known).filter(([other]) => other !== name))
      return message ? { ...others, [name]: message } : others
    })
  }

  return {
    before,
    values,
    errors,
    refusal,
    hasTried,
    hasDraft,
    changes,
    set: (field, value) => {
      isForgotten.current = false
      setValues((known) => ({ ...known, [field.name]: value }))
      if (errors[field.name]) setError(field.name, checkField(field, value))
    },
    leave: (field) => {
      const touched = hasTried || field.name in changes
      if (touched) setError(field.name, checkField(field, values[field.name]))
    },
    check: () => {
      const found = checkAll(fields, values)
      setErrors(found)
      setRefusal(null)
      setTried(true)
      return Object.keys(found).length === 0
    },
    refuse: (problem) => {
      const { errors: found, rest } = sortProblem(problem, fields)
      setErrors(found)
      setRefusal(rest)
      setTried(true)
    },
    follow: (current) => {
      const followed = adopt(fields, before, values, current)
      setBefore(followed.before)
      setValues(followed.values)
    },
    restart: (fresh) => {
      const next = fresh ?? before
      dropDraft(key)
      setBefore(next)
      setValues(next)
      setErrors({})
      setRefusal(null)
      setTried(false)
      setDraft(false)
    },
    forget: () => {
      isForgotten.current = true
      dropDraft(key)
    },
  }
}

/** What was given by whoever opened the form counts more than an old draft; fields that are gone are left out. */
function usableDraft(fields: readonly Field[], key: string, given: readonly string[]): Values | null {
  const kept = readDraft(key)
  if (!kept) return null
  const known = fields.filter((field) => field.name in kept && !given.includes(field.name))
  return known.length > 0 ? Object.fromEntries(known.map((field) => [field.name, kept[field.name]])) : null
}
