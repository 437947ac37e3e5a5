/** What moving a card does to the loaded columns and totals before the server has answered. */
import type { InfiniteData } from '@tanstack/react-query'
import type { AggregateAnswer, RecordPage, RecordRow } from '@/api/types'

export type Pages = InfiniteData<RecordPage, string | null>

export function takeCard(pages: Pages, id: string): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, records: page.records.filter((row) => row.id !== id) })) }
}

/** Puts the card where the sort says; behind all loaded ones only when nothing more is to come. */
export function placeCard(pages: Pages, row: RecordRow, sort: readonly string[]): Pages {
  const [first] = pages.pages
  if (!first) return pages
  if (sort.length === 0) return replacePage(pages, 0, [row, ...first.records])
  for (const [number, page] of pages.pages.entries()) {
    const at = page.records.findIndex((other) => comesBefore(row, other, sort))
    if (at >= 0) return replacePage(pages, number, page.records.toSpliced(at, 0, row))
  }
  const last = pages.pages.length - 1
  const end = pages.pages[last]
  return end?.next_cursor === null ? replacePage(pages, last, [...end.records, row]) : pages
}

function replacePage(pages: Pages, number: number, records: RecordRow[]): Pages {
  return { ...pages, pages: pages.pages.map((page, index) => (index === number ? { ...page, records } : page)) }
}

/** Empty values stand last whichever way a column is sorted. */
export function comesBefore(row: RecordRow, other: RecordRow, sort: readonly string[]): boolean {
  for (const part of sort) {
    const isDown = part.startsWith('-')
    const name = isDown ? part.slice(1) : part
    const [a, b] = [sortable(row[name]), sortable(other[name])]
    if (a === b) continue
    if (a === null) return false
    if (b === null) return true
    return isDown ? a > b : a < b
  }
  return false
}

function sortable(value: unknown): number | string | null {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string') return value.name
  return null
}

/** One record less here, one more there; sums follow the measures that were asked. */
export function shiftTotals(answer: AggregateAnswer, from: string | null, to: string | null, amounts: readonly number[]): AggregateAnswer {
  const known = answer.groups.some((group) => (group.key[0] ?? null) === to)
  const groups = known ? answer.groups : [...answer.groups, { key: [to], values: amounts.map(() => 0) }]
  const shift = (values: (number | string | null)[], sign: number) => values.map((value, index) => Number(value ?? 0) + sign * (amounts[index] ?? 0))
  return {
    groups: groups.map((group) => {
      const value = group.key[0] ?? null
      if (value === from) return { ...group, values: shift(group.values, -1) }
      return value === to ? { ...group, values: shift(group.values, 1) } : group
    }),
  }
}

/** What one record adds to the measures of the board: one, its sum, its weighted sum. */
export function amountsOf(row: RecordRow, sum: string | null, weight: string | null): number[] {
  if (!sum) return [1]
  const amount = Number(row[sum] ?? 0)
  return weight ? [1, amount, (amount * Number(row[weight] ?? 0)) / 100] : [1, amount]
}
