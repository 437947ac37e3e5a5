/** Where everything stands in the long list: heads of groups, rows, and places that still wait for their rows. */
import type { RecordRow } from '@/api/types'

export interface BlockSource<S> {
  section: S
  hasHead: boolean
  isCollapsed: boolean
  rows: readonly RecordRow[]
  /** Rows known to be there but not loaded. */
  missing: number
  /** Rows before this group, loaded or not, so that numbers run through. */
  before: number
}

export interface Block<S> extends BlockSource<S> {
  /** The place of its head, or of its first row. */
  start: number
  /** How many rows of the whole list stand before its first one and can be walked to. */
  firstRow: number
  length: number
}

export type Item<S> =
  | { kind: 'head'; block: Block<S> }
  | { kind: 'row'; block: Block<S>; row: RecordRow; at: number }
  | { kind: 'missing'; block: Block<S>; at: number }

export interface Blocks<S> {
  list: readonly Block<S>[]
  /** Places in all. */
  length: number
  /** Rows one can walk to. */
  rows: number
}

export function blocksOf<S>(sources: readonly BlockSource<S>[]): Blocks<S> {
  let start = 0
  let firstRow = 0
  const list = sources.map((source): Block<S> => {
    const rows = source.isCollapsed ? 0 : source.rows.length
    const missing = source.isCollapsed ? 0 : source.missing
    const block = { ...source, start, firstRow, length: Number(source.hasHead) + rows + missing }
    start += block.length
    firstRow += rows
    return block
  })
  return { list, length: start, rows: firstRow }
}

function blockBy<S>(blocks: Blocks<S>, isBefore: (block: Block<S>) => boolean): Block<S> | undefined {
  let low = 0
  let high = blocks.list.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const block = blocks.list[middle]
    if (block && isBefore(block)) low = middle
    else high = middle - 1
  }
  return blocks.list[low]
}

export function itemAt<S>(blocks: Blocks<S>, place: number): Item<S> | undefined {
  const block = blockBy(blocks, (each) => each.start <= place)
  if (!block) return undefined
  const within = place - block.start - Number(block.hasHead)
  if (within < 0) return { kind: 'head', block }
  const row = block.isCollapsed ? undefined : block.rows[within]
  return row ? { kind: 'row', block, row, at: within } : { kind: 'missing', block, at: within }
}

/** The row that is `ordinal`-th of those one can walk to. */
export function rowAt<S>(blocks: Blocks<S>, ordinal: number): RecordRow | undefined {
  if (ordinal < 0 || ordinal >= blocks.rows) return undefined
  const block = blockBy(blocks, (each) => each.firstRow <= ordinal)
  // Empty and collapsed groups share their first row with the next one; the last of them holds it.
  return block?.rows[ordinal - block.firstRow]
}

export function placeOf<S>(blocks: Blocks<S>, ordinal: number): number {
  const block = blockBy(blocks, (each) => each.firstRow <= ordinal)
  return block ? block.start + Number(block.hasHead) + ordinal - block.firstRow : 0
}

const ordinals = new WeakMap<object, ReadonlyMap<string, number>>()

/** Asked for every selected record at every redraw, so it is looked up rather than searched. */
function ordinalsOf<S>(blocks: Blocks<S>): ReadonlyMap<string, number> {
  const known = ordinals.get(blocks)
  if (known) return known
  const made = new Map<string, number>()
  for (const block of blocks.list) {
    if (!block.isCollapsed) block.rows.forEach((row, at) => made.set(row.id, block.firstRow + at))
  }
  ordinals.set(blocks, made)
  return made
}

export function ordinalOf<S>(blocks: Blocks<S>, id: string): number {
  return ordinalsOf(blocks).get(id) ?? -1
}

export function rowsBetween<S>(blocks: Blocks<S>, from: number, to: number): RecordRow[] {
  const rows: RecordRow[] = []
  for (let ordinal = Math.min(from, to); ordinal <= Math.max(from, to); ordinal += 1) {
    const row = rowAt(blocks, ordinal)
    if (row) rows.push(row)
  }
  return rows
}
