/** The options of a field in the order they are written: each right before those below it. */
import type { Choice } from '@/api/types'
import { movedTo } from '@/lib/order'

/** How far below the first level it lies. */
export function depthOf(choices: readonly Choice[], choice: Choice): number {
  let depth = 0
  let here: Choice | undefined = choice
  while (here?.parent && depth < 6) {
    const { parent }: Choice = here
    here = choices.find((one) => one.value === parent)
    depth += 1
  }
  return depth
}

/** Written by levels, also where options were given in another order. */
export function byLevels(choices: readonly Choice[]): Choice[] {
  const known = new Set(choices.map((one) => one.value))
  const seen = new Set<string>()
  const below = (parent: string | null): Choice[] =>
    choices
      .filter((one) => (one.parent && known.has(one.parent) ? one.parent : null) === parent && !seen.has(one.value))
      .flatMap((one) => {
        seen.add(one.value)
        return [one, ...below(one.value)]
      })
  return below(null)
}

/** Past the sibling before or after it, with all that lies below it. */
export function moved(choices: readonly Choice[], choice: Choice, by: 1 | -1): Choice[] {
  const siblings = choices.filter((one) => (one.parent ?? null) === (choice.parent ?? null))
  const place = siblings.indexOf(choice)
  const ordered = movedTo(siblings, place, place + by)
  const others = choices.filter((one) => !siblings.includes(one))
  return byLevels([...ordered, ...others])
}

export function mayMove(choices: readonly Choice[], choice: Choice, by: 1 | -1): boolean {
  const siblings = choices.filter((one) => (one.parent ?? null) === (choice.parent ?? null))
  return siblings[siblings.indexOf(choice) + by] !== undefined
}
