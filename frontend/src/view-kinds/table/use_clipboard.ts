/** Copying and pasting cells as in a spreadsheet, within the table and to and from other programs. */
import type { ClipboardEvent } from 'react'
import type { ObjectDefinition, Values } from '@/api/types'
import { currentLocale, labelText } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { toast } from '@/ui/toast'
import { rowAt, rowsBetween } from './blocks'
import type { Blocks } from './blocks'
import { fromSheet, ownType, readOwn, toSheet } from '@/lib/sheet_text'
import { whyReadOnly } from './columns'
import type { Column } from './columns'
import { useText } from './messages'
import type { CellChange } from './saving'
import type { Section } from './sections'
import type { Area } from './walking'

const mostCells = 1000

export interface Refusal {
  id: string
  path: string
  reason: string
}

interface Source {
  object: ObjectDefinition
  blocks: Blocks<Section>
  columns: readonly Column[]
  area: Area | null
}

export function copyCells(event: ClipboardEvent, { blocks, columns, area }: Source): void {
  if (!area || window.getSelection()?.type === 'Range') return
  const shown = columns.slice(area.left, area.right + 1)
  const rows = rowsBetween(blocks, area.top, area.bottom)
  const values = rows.map((row) => shown.map((column) => row[column.path] ?? null))
  const words = values.map((row) =>
    row.map((value, index) => {
      const column = shown[index]
      if (!column) return ''
      const kind = kindOf(column.field)
      return kind.isEmpty(value) ? '' : kind.format(value, column.field, currentLocale())
    }),
  )
  const text = toSheet(words)
  event.preventDefault()
  event.clipboardData.setData('text/plain', text)
  event.clipboardData.setData(ownType, JSON.stringify({ text, values }))
  const count = rows.length * shown.length
  if (count > 1) toast.show({ text: useText.say('copied', { count }) })
}

async function read(text: string, kept: unknown, hasKept: boolean, column: Column): Promise<{ value: unknown } | { error: string }> {
  const kind = kindOf(column.field)
  const parsed = kind.parse(text, column.field)
  if ('value' in parsed) return parsed
  if (hasKept && typeof kept === 'object' && kept !== null && kind.pointsTo) return { value: kept }
  const found = kind.resolve ? await kind.resolve(text, column.field) : parsed
  return 'value' in found ? found : { error: labelText(found.error) }
}

export interface Pasted {
  changes: CellChange[]
  refusals: Refusal[]
  /** Cells for which the table has no row or no column. */
  beyond: number
  /** The cells it was meant for. */
  filled: Area
}

/** What a paste would change, and which cells it cannot reach. One copied cell fills all chosen ones. */
export async function pasteCells(event: ClipboardEvent, source: Source): Promise<Pasted | null> {
  const { object, blocks, columns, area } = source
  if (!area) return null
  const text = event.clipboardData.getData('text/plain')
  const own = readOwn(text, event.clipboardData.getData(ownType))
  event.preventDefault()
  const cells = fromSheet(text)
  const isOne = cells.length === 1 && cells[0]?.length === 1
  const height = isOne ? area.bottom - area.top + 1 : cells.length
  const width = isOne ? area.right - area.left + 1 : Math.max(...cells.map((row) => row.length))
  if (height * width > mostCells) {
    toast.show({ text: useText.say('too_many_cells', { most: mostCells }), tone: 'danger' })
    return null
  }
  const changes: CellChange[] = []
  const refusals: Refusal[] = []
  let beyond = 0
  for (let down = 0; down < height; down += 1) {
    const row = rowAt(blocks, area.top + down)
    if (!row) {
      beyond += cells[down]?.length ?? width
      continue
    }
    const values: Values = {}
    for (let across = 0; across < width; across += 1) {
      const column = columns[area.left + across]
      const typed = isOne ? cells[0]?.[0] : cells[down]?.[across]
      if (typed === undefined) continue
      if (!column) {
        beyond += 1
        continue
      }
      const kept = isOne ? own?.[0]?.[0] : own?.[down]?.[across]
      const result = column.mayWrite ? await read(typed, kept, own !== null, column) : { error: whyReadOnly(object, column) }
      if ('error' in result) refusals.push({ id: row.id, path: column.path, reason: result.error })
      else values[column.path] = result.value
    }
    if (Object.keys(values).length > 0) changes.push({ id: row.id, values })
  }
  return { changes, refusals, beyond, filled: { top: area.top, left: area.left, bottom: area.top + height - 1, right: area.left + width - 1 } }
}
