/** The columns of a grid of lines: figures need little room, words share what is left. */
import type { Field } from '@/api/types'
import { kindOf } from '@/registry/registry'

const numberWidth = 48
const toolsWidth = 96
const widths = { figure: [96, 130], words: [120, 190] } as const

export function tracks(columns: readonly Field[], hasTools: boolean): { template: string; least: number } {
  const least = columns.map((column) => {
    const { align, width } = kindOf(column)
    const [narrowest, widest] = align === 'right' ? widths.figure : widths.words
    return Math.max(narrowest, Math.min(width, widest))
  })
  const shares = columns.map((column, index) => `minmax(${String(least[index] ?? 0)}px, ${kindOf(column).align === 'right' ? '1fr' : '2fr'})`)
  const tools = hasTools ? toolsWidth : 0
  return {
    template: [`${String(numberWidth)}px`, ...shares, ...(hasTools ? [`${String(toolsWidth)}px`] : [])].join(' '),
    least: least.reduce((sum, one) => sum + one, numberWidth + tools),
  }
}
