/** Copying from lines and pasting into them: what a spreadsheet holds becomes cells, and new lines where there are none. */
import type { Field, Values } from '@/api/types'
import type { Locale } from '@/lib/i18n'
import { fromSheet } from '@/lib/sheet_text'
import { kindOf } from '@/registry/registry'
import { toast } from '@/ui/toast'
import type { CellChange } from './lines'
import { mostLines } from './lines'
import { useText } from './messages'
import type { LinesForm } from './use_lines'
import { isFilledIn } from './use_lines'

export function copyText(value: unknown, column: Field, locale: Locale): string {
  const kind = kindOf(column)
  return kind.isEmpty(value as never) ? '' : kind.format(value as never, column, locale)
}

/** So many names are looked up side by side. */
const atOnce = 8

export async function paste(text: string, form: LinesForm, at: { row: number; column: number }): Promise<void> {
  const { lines, columns } = form
  const cells = fromSheet(text)
  if (Math.max(0, at.row + cells.length - lines.length) + lines.length > mostLines) {
    toast.show({ text: useText.say('too_many', { most: mostLines }), tone: 'danger' })
    return
  }
  const read = readerOf()
  const start = lines.length === 0 ? 0 : at.row
  const changes: CellChange[] = []
  const created: Values[] = []
  let lost = 0
  for (let begin = 0; begin < cells.length; begin += atOnce) {
    const some = await Promise.all(cells.slice(begin, begin + atOnce).map((row) => Promise.all(row.map((cell, across) => {
      const column = columns[at.column + across]
      return column && isFilledIn(column, form.mayWrite ? 'write' : 'read') ? read(cell, column) : null
    }))))
    some.forEach((row, index) => {
      const line = lines[start + begin + index]
      const values: Values = {}
      row.forEach((found, across) => {
        const column = columns[at.column + across]
        if (!column || !found || (line && !form.mayChange(line, column))) lost += 1
        else if (line) changes.push({ key: line.key, field: column, value: found.value })
        else values[column.name] = found.value
      })
      if (!line) created.push(values)
    })
  }
  if (changes.length > 0) form.change(changes)
  if (created.length > 0) form.add(created)
  toast.show(lost > 0 ? { text: useText.say('not_pasted', { count: lost }), tone: 'danger' } : { text: useText.say('pasted', { count: cells.length }), undo: form.undo })
}

/** Reads cells; a name that was looked up once is known. */
function readerOf(): (text: string, column: Field) => Promise<{ value: unknown } | null> {
  const known = new Map<string, Promise<{ value: unknown } | null>>()
  return (text, column) => {
    const key = `${column.name} ${text}`
    const found = known.get(key) ?? readCell(text, column)
    known.set(key, found)
    return found
  }
}

async function readCell(text: string, column: Field): Promise<{ value: unknown } | null> {
  const kind = kindOf(column)
  const parsed = kind.parse(text, column)
  if ('value' in parsed) return parsed
  const found = kind.resolve ? await kind.resolve(text, column) : parsed
  return 'value' in found ? found : null
}
