/** What is to become of the lines of a record, as far as it is not saved yet. */

type Values = Record<string, unknown>

/** A line that was changed, or a new one. */
export interface DraftLine {
  /** The id of a saved line; a name of our own for a new one. */
  readonly key: string
  readonly id: string | null
  /** The version it was changed from. */
  readonly version: number | null
  /** What was changed, as it is shown. */
  readonly shown: Values
  /** The same as it is sent. */
  readonly sent: Values
}

export interface LinesDraft {
  readonly changed: Readonly<Record<string, DraftLine>>
  readonly created: readonly DraftLine[]
  readonly removed: readonly string[]
  /** The keys as they stood and as they are to stand; null while new lines only come last. */
  readonly order: { readonly was: readonly string[]; readonly is: readonly string[] } | null
}

export const noLines: LinesDraft = { changed: {}, created: [], removed: [], order: null }

export function isLinesDraft(value: unknown): value is LinesDraft {
  return typeof value === 'object' && value !== null && 'created' in value && 'changed' in value && 'removed' in value
}

export function isUnchanged(draft: LinesDraft): boolean {
  return Object.keys(linesToWire(draft)).length === 0
}

/** As it is sent; members with nothing in them are left out. */
export function linesToWire(draft: LinesDraft): Values {
  const parts: Record<string, unknown[]> = {
    changed: Object.values(draft.changed).map(({ id, version, sent }) => ({ id, version, ...sent })),
    created: draft.created.map(({ sent }) => sent),
    removed: [...draft.removed],
    moved: movesOf(draft),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, some]) => some.length > 0))
}

/** Each line that does not stay where it is, after which one it is to stand: in order, so that the one before is there already. */
function movesOf({ order, created, removed }: LinesDraft): unknown[] {
  if (!order) return []
  const gone = new Set(removed)
  const is = order.is.filter((key) => !gone.has(key))
  const places = new Map(created.map(({ key }, place) => [key, place]))
  const before = new Map(order.was.map((key, place) => [key, place]))
  const staying = longestGrowing(is.filter((key) => before.has(key)), (key) => before.get(key) ?? 0)
  const nameOf = (key: string | undefined): unknown => (key === undefined ? null : (places.get(key) ?? key))
  const moves: unknown[] = []
  is.forEach((key, at) => {
    if (staying.has(key)) return
    moves.push({ id: nameOf(key), _after: nameOf(is[at - 1]) })
  })
  return moves
}

/** The most items that can stay where they are. */
function longestGrowing(keys: readonly string[], placeOf: (key: string) => number): Set<string> {
  const ends: string[] = []
  const before = new Map<string, string>()
  for (const key of keys) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (placeOf(ends[middle] ?? '') < placeOf(key)) low = middle + 1
      else high = middle
    }
    const previous = ends[low - 1]
    if (previous !== undefined) before.set(key, previous)
    ends[low] = key
  }
  const kept = new Set<string>()
  for (let key = ends.at(-1); key !== undefined; key = before.get(key)) kept.add(key)
  return kept
}
