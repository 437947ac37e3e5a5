/** Cells as spreadsheets exchange them: tabs between columns, line breaks between rows, quotes around what holds either. */

export const ownType = 'application/x-guanxi-cells'

export function toSheet(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => row.map(quoted).join('\t')).join('\n')
}

function quoted(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function fromSheet(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? ''
    if (isQuoted) {
      if (sign === '"' && source[at + 1] === '"') {
        cell += '"'
        at += 1
      } else if (sign === '"') isQuoted = false
      else cell += sign
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === '\t') {
      row.push(cell)
      cell = ''
    } else if (sign === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
    } else cell += sign
  }
  rows.push([...row, cell])
  return rows
}

/** What was copied here before keeps its values, so that links need not be found again by name. */
export function readOwn(text: string, kept: string): unknown[][] | null {
  try {
    const own = JSON.parse(kept) as { text: string; values: unknown[][] }
    return own.text === text ? own.values : null
  } catch {
    return null
  }
}
