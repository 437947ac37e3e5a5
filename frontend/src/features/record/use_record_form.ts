/** The state of one form: values, what is wrong, what somebody else changed meanwhile, and the draft that outlives a closed drawer. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '@/api/problem'
import type { Field, FullRecord, ObjectDefinition, Values } from '@/api/types'
import { kindOf } from '@/registry/registry'
import { plainState, withTold } from '@/ui/rules/rule_state'
import type { AskRules, RuleState } from '@/ui/rules/rule_state'
import { useTold } from '@/ui/rules/use_told'
import { dropDraft, keepDraft, readDraft } from './drafts'
import { adopt, brokenElsewhere, changedValues, checkAll, sortProblem } from './form'

export interface RecordForm {
  before: Values
  isNew: boolean
  /** What is shown: what was typed, with what formulas fill in. */
  values: Values
  rules: RuleState
  errors: Record<string, string>
  /** What the server refused and no field of the form answers for. */
  refusal: string | null
  /** All the server refused last, until something is typed; lines look in it for what is theirs. */
  problem: Problem | null
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

export interface RecordFormOptions {
  /** What whoever opened the form filled in. */
  given?: readonly string[]
  ask?: AskRules
  /** Whose record it is: what only the server can tell of its rules is asked. */
  object?: ObjectDefinition
  /** All of the record as it is saved; none for a new one. */
  saved?: FullRecord | null
}

export function useRecordForm(fields: readonly Field[], starting: Values, key: string, { given = [], ask, object, saved = null }: RecordFormOptions = {}): RecordForm {
  const [draft] = useState(() => usableDraft(fields, key, given))
  const [before, setBefore] = useState(starting)
  const [typed, setTyped] = useState<Values>(() => ({ ...starting, ...draft }))
  const [touched, setTouched] = useState<ReadonlySet<string>>(() => new Set([...given, ...Object.keys(draft ?? {})]))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [hasTried, setTried] = useState(false)
  const [hasDraft, setDraft] = useState(draft !== null)
  const told = useTold(object ?? nowhere, object && saved, useMemo(() => (saved ? changedValues(fields, before, typed) : filledIn(fields, typed)), [saved, fields, before, typed]))
  const stateOf = useCallback(
    (of: Values, by: ReadonlySet<string>): RuleState => {
      const state = ask?.(of, saved && { ...saved, ...before }, by) ?? plainState(fields, of)
      return object ? withTold(object, state, told) : state
    },
    [ask, saved, before, fields, object, told],
  )
  const rules = useMemo(() => stateOf(typed, touched), [stateOf, typed, touched])
  const { values } = rules
  const changes = useMemo(() => {
    const sent = fields.filter((field) => !rules.hidden.has(field.name) && !rules.filled.has(field.name))
    return changedValues(sent, before, typed)
  }, [fields, before, typed, rules])
  const wrong = (name: string, state: RuleState): string | null => checkAll(fields, state.values, state)[name] ?? null
  const isForgotten = useRef(false)
  // What is picked is often changed and left in one go, before anything is drawn again.
  const latest = useRef({ rules, touched })
  useEffect(() => {
    latest.current = { rules, touched }
  }, [rules, touched])

  useEffect(() => {
    if (!isForgotten.current) keepDraft(key, changes)
  }, [key, changes])

  function setError(name: string, message: string | null): void {
    setErrors((known) => {
      const others = Object.fromEntries(Object.entries(known).filter(([other]) => other !== name))
      return message ? { ...others, [name]: message } : others
    })
  }

  /** What is wrong with a field that was left, and what does not hold because of it, at the fields that is told at. */
  function tell(field: Field, state: RuleState): void {
    setError(field.name, wrong(field.name, state))
    for (const { field: name, looksAt } of state.broken) if (name !== null && looksAt.includes(field.name)) setError(name, wrong(name, state))
  }

  return {
    before,
    isNew: saved === null,
    values,
    rules,
    errors: Object.fromEntries(Object.entries(errors).filter(([name]) => !rules.hidden.has(name))),
    refusal,
    problem,
    hasTried,
    hasDraft,
    changes,
    set: (field, value) => {
      setProblem(null)
      isForgotten.current = false
      const next = { ...typed, [field.name]: value }
      const nextTouched = new Set([...touched, field.name])
      setTyped((known) => ({ ...known, [field.name]: value }))
      setTouched(nextTouched)
      const state = stateOf(next, nextTouched)
      latest.current = { rules: state, touched: nextTouched }
      // What was wrong elsewhere may be right now.
      for (const name of Object.keys(errors)) setError(name, wrong(name, state))
      // What is picked is whole at once; what is typed is done when it is left.
      const { isPicked, holds } = kindOf(field)
      if (isPicked || holds === 'date' || holds === 'date_time') tell(field, state)
    },
    leave: (field) => {
      const { rules: state, touched: known } = latest.current
      if (hasTried || known.has(field.name)) tell(field, state)
    },
    check: () => {
      const found = checkAll(fields, values, rules)
      const elsewhere = brokenElsewhere(rules, fields)
      setErrors(found)
      setRefusal(elsewhere)
      setTried(true)
      return Object.keys(found).length === 0 && elsewhere === null
    },
    refuse: (problem) => {
      const { errors: found, rest } = sortProblem(problem, fields)
      setErrors(found)
      setRefusal(rest)
      setProblem(problem)
      setTried(true)
    },
    follow: (current) => {
      const followed = adopt(fields, before, typed, current)
      setBefore(followed.before)
      setTyped(followed.values)
    },
    restart: (fresh) => {
      const next = fresh ?? before
      dropDraft(key)
      setBefore(next)
      setTyped(next)
      setTouched(new Set(given))
      setErrors({})
      setRefusal(null)
      setProblem(null)
      setTried(false)
      setDraft(false)
    },
    forget: () => {
      isForgotten.current = true
      dropDraft(key)
    },
  }
}

const nowhere = { name: '', fields: [] }

function filledIn(fields: readonly Field[], typed: Values): Values {
  return Object.fromEntries(fields.filter((field) => !kindOf(field).isEmpty(typed[field.name] ?? null)).map((field) => [field.name, typed[field.name]]))
}

/** What was given by whoever opened the form counts more than an old draft; fields that are gone are left out. */
function usableDraft(fields: readonly Field[], key: string, given: readonly string[]): Values | null {
  const kept = readDraft(key)
  if (!kept) return null
  const known = fields.filter((field) => field.name in kept && !given.includes(field.name))
  return known.length > 0 ? Object.fromEntries(known.map((field) => [field.name, kept[field.name]])) : null
}
