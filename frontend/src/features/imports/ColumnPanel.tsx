/** One column beside the list: how it is written, how it finds records, and what its values mean. */
import { useId } from 'react'
import { ArrowRight } from 'lucide-react'
import { Checkbox, Select } from 'antd'
import { useFieldTypes } from '@/api/design'
import { useCatalog } from '@/api/objects'
import type { ImportColumn, ImportReport, Unmatched } from '@/api/import_types'
import { labelText, useLocale } from '@/lib/i18n'
import { FieldLabel } from '@/ui/FieldLabel'
import styles from './ColumnPanel.module.css'
import { MeaningSelect } from './MeaningSelect'
import { isAmbiguous, matchFields, person, settle, valueRows } from './mapping'
import type { Target, ValueRow } from './mapping'
import { useText } from './text'
import { counted } from './what'

const mostShown = 50

export interface ColumnPanelProps {
  column: ImportColumn
  target: Target
  report: ImportReport | null
  remembered: ReadonlyMap<string, Unmatched>
  onChange: (column: ImportColumn) => void
}

export function ColumnPanel({ column, target, report, remembered, onChange }: ColumnPanelProps) {
  const say = useText()
  const locale = useLocale()
  const rows = valueRows(column, report, remembered)
  const open = rows.filter((row) => row.meaning === undefined)
  return (
    <section className={styles.column}>
      <header className={styles.title}>
        <span className={styles.letter}>{column.letter}</span>
        <h3>
          {column.header || column.letter} <ArrowRight size={14} aria-label="→" /> {labelText(target.label, locale)}
        </h3>
        {rows.length > 0 && <span className={styles.count}>{open.length > 0 ? say('toSettle', { count: open.length }) : say('allSettled')}</span>}
      </header>
      {column.format !== null && <FormatChoice column={column} target={target} onChange={onChange} />}
      {target.linksTo !== null && <LinkChoice column={column} target={target} onChange={onChange} />}
      {rows.length > 0 && <Values column={column} target={target} rows={rows} onChange={onChange} />}
      <Problems column={column} report={report} />
    </section>
  )
}

/** Those that fit come first; the others of the type can be chosen against what the cells seem to say. */
function FormatChoice({ column, target, onChange }: Pick<ColumnPanelProps, 'column' | 'target' | 'onChange'>) {
  const say = useText()
  const id = useId()
  const known = useFieldTypes().data?.find((type) => type.name === target.type)?.formats ?? []
  const options = [...new Set([...column.formats, ...known])].map((format) => ({ value: format, label: format === 'serial' ? say('format_serial') : format }))
  return (
    <div className={styles.setting}>
      <FieldLabel htmlFor={id} help={isAmbiguous(column) ? say('formatHint') : undefined}>
        {say('format')}
      </FieldLabel>
      <Select id={id} value={column.format} options={options} style={{ width: '100%' }} onChange={(format) => onChange({ ...column, format })} />
    </div>
  )
}

function LinkChoice({ column, target, onChange }: Pick<ColumnPanelProps, 'column' | 'target' | 'onChange'>) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const catalog = useCatalog()
  const linked = catalog.data?.objects.find((one) => one.name === target.linksTo)
  const link = column.link ?? { match_by: 'name', create_missing: false }
  const isRecord = linked !== undefined
  const mayCreate = linked?.rights.create ?? target.field === null
  return (
    <div className={styles.setting}>
      {(isRecord || target.linksTo === person) && target.field !== null && (
        <>
          <FieldLabel htmlFor={id}>{say('linkBy', { what: labelText(target.label, locale) })}</FieldLabel>
          <Select
            id={id}
            value={link.match_by}
            options={(isRecord ? matchFields(linked) : personMatches).map((one) => ({ value: one.name, label: labelText(one.label, locale) }))}
            style={{ width: '100%' }}
            onChange={(matchBy) => onChange({ ...column, link: { ...link, match_by: matchBy } })}
          />
        </>
      )}
      {mayCreate && (
        <Checkbox checked={link.create_missing} onChange={(event) => onChange({ ...column, link: { ...link, create_missing: event.target.checked } })}>
          <span title={say('createMissingHint')}>{say('createMissing')}</span>
        </Checkbox>
      )}
    </div>
  )
}

const personMatches = [
  { name: 'name', label: { 'zh-CN': '姓名', en: 'Name' } },
  { name: 'email', label: { 'zh-CN': '邮箱', en: 'E-mail' } },
]

interface ValuesProps {
  column: ImportColumn
  target: Target
  rows: readonly ValueRow[]
  onChange: (column: ImportColumn) => void
}

function Values({ column, target, rows, onChange }: ValuesProps) {
  const say = useText()
  const open = rows.filter((row) => row.meaning === undefined)
  const suggested = open.filter((row) => row.suggestion !== null)
  return (
    <div className={styles.values}>
      <ul className={styles.list}>
        {rows.slice(0, mostShown).map((row) => (
          <li key={row.value}>
            <span className={styles.value} title={row.value}>
              {row.value}
              {row.count > 0 && <span className={styles.rows}>{say('rows', { count: counted(row.count) })}</span>}
            </span>
            <ArrowRight size={12} className={styles.arrow} aria-hidden />
            <MeaningSelect row={row} column={column} target={target} onSettle={(meaning) => onChange(settle(column, row.value, meaning))} />
          </li>
        ))}
      </ul>
      {rows.length > mostShown && <p className={styles.note}>{say('moreValues', { count: rows.length - mostShown })}</p>}
      {open.length > 0 && (
        <div className={styles.bulk}>
          {suggested.length > 0 && (
            <button type="button" onClick={() => onChange(suggested.reduce((one, row) => settle(one, row.value, row.suggestion?.value), column))}>
              {say('acceptAll')}
            </button>
          )}
          <button type="button" onClick={() => onChange(open.reduce((one, row) => settle(one, row.value, null), column))}>
            {say('emptyAll')}
          </button>
        </div>
      )}
    </div>
  )
}

function Problems({ column, report }: Pick<ColumnPanelProps, 'column' | 'report'>) {
  const say = useText()
  const locale = useLocale()
  const found = report?.columns.find((one) => one.column === column.index)
  const problems = (found?.problems ?? []).filter((one) => !(found?.unmatched.length && ['unmatched', 'ambiguous', 'not_an_option'].includes(one.code)))
  if (problems.length === 0) return null
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={problem.code + labelText(problem.message, locale)}>
          <span>{say('problemOf', { count: counted(problem.count), message: labelText(problem.message, locale) })}</span>
          <span className={styles.note}>
            {problem.examples.map((one) => `${say('rowExample', { row: one.row })}${one.value ? ` “${one.value}”` : ''}`).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
