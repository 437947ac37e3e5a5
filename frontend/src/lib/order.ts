/** Changing the order of lists. */

/** The list with the item at one place moved to another. */
export function movedTo<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
