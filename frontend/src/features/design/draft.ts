/** The draft of a designer: kept on this computer at once, undone and redone step by step, published as a whole. */
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useMe } from '@/api/session'
import { sameJson } from '@/lib/equal'
import type { DesignStep } from '@/api/design_types'
import { drop, put } from './steps'

const mostUndo = 100

export interface Draft {
  /** The design the draft stands on. */
  base: number
  steps: readonly DesignStep[]
  past: readonly (readonly DesignStep[])[]
  future: readonly (readonly DesignStep[])[]
}

const empty: Draft = { base: 0, steps: [], past: [], future: [] }
const listeners = new Set<() => void>()
const cache = new Map<string, { text: string | null; draft: Draft }>()

function keyOf(person: string): string {
  return `guanxi.design-draft.${person}`
}

function read(key: string): Draft {
  const text = localStorage.getItem(key)
  const known = cache.get(key)
  if (known && known.text === text) return known.draft
  let draft = empty
  try {
    if (text) draft = { ...empty, ...(JSON.parse(text) as Partial<Draft>) }
  } catch {
    // A draft that cannot be read is as good as none; the next change replaces it.
  }
  cache.set(key, { text, draft })
  return draft
}

function write(key: string, draft: Draft): void {
  if (draft.steps.length === 0 && draft.past.length === 0 && draft.future.length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(draft))
  listeners.forEach((notify) => notify())
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify)
  window.addEventListener('storage', notify)
  return () => {
    listeners.delete(notify)
    window.removeEventListener('storage', notify)
  }
}

export interface Drafting {
  draft: Draft
  add: (...steps: DesignStep[]) => void
  remove: (index: number) => void
  undo: () => void
  redo: () => void
  clear: () => void
  /** Puts the draft behind a newer design. */
  rebase: (version: number) => void
}

/** `version` is the design that is live, which a new draft stands on. */
export function useDraft(version: number | undefined): Drafting {
  const key = keyOf(useMe().data?.person.id ?? '')
  const draft = useSyncExternalStore(subscribe, () => read(key))

  const change = useCallback(
    (act: (steps: readonly DesignStep[]) => readonly DesignStep[]) => {
      const before = read(key)
      const steps = act(before.steps)
      if (sameJson(steps, before.steps)) return
      const base = before.steps.length === 0 ? (version ?? before.base) : before.base
      write(key, { base, steps, past: [...before.past, before.steps].slice(-mostUndo), future: [] })
    },
    [key, version],
  )

  return useMemo(
    () => ({
      draft,
      add: (...steps) => change((known) => steps.reduce(put, [...known])),
      remove: (index) => change((known) => drop(known, index)),
      undo: () => {
        const before = read(key)
        const last = before.past.at(-1)
        if (last) write(key, { ...before, steps: last, past: before.past.slice(0, -1), future: [before.steps, ...before.future] })
      },
      redo: () => {
        const before = read(key)
        const [next, ...future] = before.future
        if (next) write(key, { ...before, steps: next, past: [...before.past, before.steps], future })
      },
      clear: () => write(key, empty),
      rebase: (base) => {
        const before = read(key)
        if (before.base !== base) write(key, { ...before, base })
      },
    }),
    [change, draft, key],
  )
}
