/** Which drawn row shows which record: those that stay keep theirs, those that come take over from those that went. */

export type Slots = ReadonlyMap<string, number>

/** Rows drawn anew cost twice as much as rows that only get other words, which is felt in fast scrolling. */
export function reassign(before: Slots, shown: readonly string[]): Slots {
  const after = new Map<string, number>()
  for (const key of shown) {
    const slot = before.get(key)
    if (slot !== undefined) after.set(key, slot)
  }
  const taken = new Set(after.values())
  let free = 0
  for (const key of shown) {
    if (after.has(key)) continue
    while (taken.has(free)) free += 1
    after.set(key, free)
    taken.add(free)
  }
  return after
}
