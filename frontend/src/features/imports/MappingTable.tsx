/** Every column of the file: where it goes, why, and what is wrong with it. */
import { useState } from 'react'
import { ArrowRight, Check, CircleAlert, CircleHelp, Minus } from 'lucide-react'
import { Checkbox } from 'antd'
import type { ImportColumn, ImportReport } from '@/api/import_types'
import { labelText, useLocale } from '@/lib/i18n'
import { Chip } from '@/ui/Chip'
import { isAmbiguous } from './mapping'
import type { Target } from './mapping'
import styles from './MappingTable.module.css'
import { TargetSelect } from './TargetSelect'
import { useText } from './text'
import { counted } from './what'

const reasonHues = { same_name: 'green', synonym: 'blue', content: 'indigo', chosen: 'teal', none: 'grey' } as const

export interface MappingTableProps {
  columns: readonly ImportColumn[]
  targets: readonly Target[]
  report: ImportReport | null
  isStale: boolean
  selected: number | null
  onSelect: (index: number) => void
  onAssign: (index: number, field: string | null) => void
}

function troubles(column: ImportColumn, report: ImportReport | null): number {
  return report?.columns.find((one) => one.column === column.index)?.invalid ?? 0
}

export function MappingTable({ columns, targets, report, isStale, selected, onSelect, onAssign }: MappingTableProps) {
  const say = useText()
  const [isSorted, setSorted] = useState(false)
  const comma = useLocale() === 'zh-CN' ? '、' : ', '
  const mapped = columns.filter((column) => column.field !== null).length
  const shown = isSorted ? [...columns].sort((a, b) => troubles(b, report) - troubles(a, report)) : columns
  return (
    <section>
      <div className={styles.head}>
        <h2>{say('mapped', { mapped, rest: columns.length - mapped })}</h2>
        <Checkbox checked={isSorted} onChange={(event) => setSorted(event.target.checked)}>
          {say('problemsFirst')}
        </Checkbox>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th aria-label="#" />
              <th>{say('column')}</th>
              <th>{say('samples')}</th>
              <th aria-hidden />
              <th>{say('target')}</th>
              <th>{say('reason')}</th>
              <th>{say('check')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <tr key={column.index} data-selected={column.index === selected} onClick={() => onSelect(column.index)}>
                <td className={styles.letter}>{column.letter}</td>
                <td className={styles.header} title={column.header}>
                  <button type="button" aria-pressed={column.index === selected}>
                    {column.header || column.letter}
                  </button>
                </td>
                <td className={styles.samples} title={column.samples.join('\n')}>
                  {column.samples.slice(0, 2).join(comma)}
                </td>
                <td className={styles.arrow}>
                  <ArrowRight size={14} aria-hidden />
                </td>
                <td onClick={(event) => event.stopPropagation()}>
                  <TargetSelect column={column} columns={columns} targets={targets} disabled={false} onChange={(field) => onAssign(column.index, field)} />
                </td>
                <td>
                  <Chip hue={reasonHues[column.reason]} title={say(`reasonHint_${column.reason}`)}>
                    {say(`reason_${column.reason}`)}
                  </Chip>
                </td>
                <td className={styles.check}>
                  <Verdict column={column} report={report} isStale={isStale} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Verdict({ column, report, isStale }: { column: ImportColumn; report: ImportReport | null; isStale: boolean }) {
  const say = useText()
  const locale = useLocale()
  const comma = locale === 'zh-CN' ? '、' : ', '
  if (column.field === null) {
    return (
      <span className={styles.quiet}>
        <Minus size={14} aria-hidden /> {say('notImported')}
      </span>
    )
  }
  const found = report?.columns.find((one) => one.column === column.index)
  const open = (found?.unmatched ?? []).filter((one) => !(one.value in column.values))
  if (open.length > 0) {
    const values = open.slice(0, 3).map((one) => one.value).join(comma)
    return (
      <span className={styles.ask}>
        <CircleHelp size={14} aria-hidden /> {say('unmatchedOf', { count: open.length, values })}
      </span>
    )
  }
  const [problem] = (found?.problems ?? []).filter((one) => !(found?.unmatched.length && ['unmatched', 'ambiguous', 'not_an_option'].includes(one.code)))
  if (problem) {
    const [example] = problem.examples
    const message = labelText(problem.message, locale)
    return (
      <span className={styles.wrong} title={example?.value ? `${message} (${example.value})` : message}>
        <CircleAlert size={14} aria-hidden /> {say('problemOf', { count: counted(problem.count), message })}
      </span>
    )
  }
  if (!report || isStale) return <span className={styles.quiet}>{say('waiting')}</span>
  if (isAmbiguous(column)) {
    return (
      <span className={styles.ask}>
        <CircleHelp size={14} aria-hidden /> {say('chooseFormat', { format: column.format ?? '', others: column.formats.filter((format) => format !== column.format).join(comma) })}
      </span>
    )
  }
  return (
    <span className={styles.fine}>
      <Check size={14} aria-hidden /> {say('allFine')}
    </span>
  )
}
