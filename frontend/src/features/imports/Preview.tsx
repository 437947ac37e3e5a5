/** The first rows as the records they will become. */
import { CircleAlert } from 'lucide-react'
import type { ImportColumn, ImportReport } from '@/api/import_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { Target } from './mapping'
import styles from './Preview.module.css'
import { useText } from './text'

export interface PreviewProps {
  report: ImportReport | null
  isStale: boolean
  columns: readonly ImportColumn[]
  targets: readonly Target[]
  rows: number
}

export function Preview({ report, isStale, columns, targets, rows }: PreviewProps) {
  const say = useText()
  const locale = useLocale()
  const filled = new Set(columns.map((column) => column.field))
  const shown = targets.filter((target) => target.name === 'name' || filled.has(target.name))
  const lines = report?.preview.slice(0, rows) ?? []
  return (
    <section className={styles.preview}>
      <h2>{say('preview', { count: lines.length || rows })}</h2>
      {lines.length === 0 ? (
        <p className={styles.empty}>{say('previewEmpty')}</p>
      ) : (
        <div className={styles.frame} data-stale={isStale}>
          <table>
            <thead>
              <tr>
                <th className={styles.row}>{say('previewRow')}</th>
                {shown.map((target) => (
                  <th key={target.name} data-align={alignOf(target)}>
                    {labelText(target.label, locale)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => {
                const wholeRow = line.problems['_row']
                return (
                  <tr key={line.row}>
                    <td className={styles.row} title={wholeRow ? labelText(wholeRow, locale) : undefined}>
                      {wholeRow && <CircleAlert size={12} className={styles.wrong} aria-label={labelText(wholeRow, locale)} />} {line.row}
                    </td>
                    {shown.map((target) => (
                      <td key={target.name} data-align={alignOf(target)}>
                        <Cell target={target} text={line.values[target.name]} problem={line.problems[target.name]} />
                      </td>
                    ))}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function alignOf(target: Target): 'left' | 'right' {
  return target.field ? kindOf(target.field).align : 'left'
}

interface CellProps {
  target: Target
  text: unknown
  problem: Parameters<typeof labelText>[0]
}

function Cell({ target, text, problem }: CellProps) {
  const locale = useLocale()
  const written = typeof text === 'string' ? text : ''
  if (problem) {
    return (
      <span className={styles.wrong} title={labelText(problem, locale)}>
        {written} <CircleAlert size={12} aria-label={labelText(problem, locale)} />
      </span>
    )
  }
  if (!target.field || target.linksTo !== null || !written) return <>{written}</>
  const kind = kindOf(target.field)
  const read = kind.parse(written, target.field)
  if (!('value' in read) || kind.isEmpty(read.value)) return <>{written}</>
  return <kind.Cell value={read.value} field={target.field} place="cell" />
}
