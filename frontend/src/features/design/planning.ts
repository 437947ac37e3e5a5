/** Asks the server what a draft would do, again after each change, and notices when somebody published meanwhile. */
import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { planDesign } from '@/api/design'
import { isProblem, problemText } from '@/api/problem'
import type { DesignPlan, DesignStep } from '@/api/design_types'
import { useRested } from '@/lib/hooks'
import type { Drafting } from './draft'

export interface Planning {
  plan: DesignPlan | undefined
  isPlanning: boolean
  problem: unknown
  /** What is wrong with single steps, by their place. */
  refusals: ReadonlyMap<number, string>
  /** Somebody published since the draft was begun. */
  isMoved: boolean
  dismissMoved: () => void
}

export function usePlan(drafting: Drafting, version: number | undefined): Planning {
  const { draft, rebase } = drafting
  const rested = useRested(draft.steps, 350)
  const [isMoved, setMoved] = useState(false)
  const isBehind = version !== undefined && draft.steps.length > 0 && draft.base !== version

  useEffect(() => {
    if (!isBehind) return
    rebase(version)
    setMoved(true)
  }, [isBehind, rebase, version])

  const asked = useQuery({
    queryKey: ['design', 'plan', version, rested],
    queryFn: ({ signal }) => planDesign({ base_version: version ?? 0, steps: [...rested] }, signal),
    enabled: version !== undefined && rested.length > 0,
    placeholderData: (previous) => previous,
    retry: false,
  })

  const plan = rested.length > 0 && !asked.isError ? asked.data : undefined

  return {
    plan,
    isPlanning: asked.isFetching || asked.isPlaceholderData || rested !== draft.steps,
    problem: rested.length > 0 ? asked.error : null,
    refusals: refusalsOf(asked.error, rested),
    isMoved: isMoved && draft.steps.length > 0,
    dismissMoved: () => setMoved(false),
  }
}

/** Sentences by step, from pointers such as `/steps/2/field/label`. */
export function refusalsOf(error: unknown, steps: { length: number }): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  if (!isProblem(error)) return found
  for (const one of error.errors) {
    const index = Number(/^\/steps\/(\d+)/.exec(one.pointer ?? '')?.[1] ?? Number.NaN)
    if (index < steps.length) found.set(index, one.message)
  }
  return found
}

/** An addition with the name the server makes for it, so that later changes can speak of it. Throws a `Problem` when it cannot be. */
export async function namedAddition(drafting: Drafting, version: number, step: DesignStep): Promise<DesignStep> {
  const plan = await planDesign({ base_version: version, steps: [...drafting.draft.steps, step] })
  const made = plan.steps.at(-1)
  if (step.action === 'add_object') return { ...step, object: { ...step.object, name: made?.object ?? step.object.name ?? '' } }
  if (step.action === 'add_field') return { ...step, field: { ...step.field, name: made?.field ?? step.field.name ?? '' } }
  return step
}

/** Why an addition was refused, in the words for its place in the draft. */
export function additionRefusal(error: unknown, drafting: Drafting): string {
  const place = drafting.draft.steps.length
  return refusalsOf(error, { length: place + 1 }).get(place) ?? problemText(error)
}
