/** A sub-table in a form: its lines as a grid, as cards on a phone, with what keeps them from being saved. */
import { useMemo, useState } from 'react'
import { Plus, Undo2 } from 'lucide-react'
import type { Problem } from '@/api/problem'
import type { Field, RecordRow, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, LoadingRows } from '@/ui/faces'
import { useWidth } from '@/ui/width'
import { LineCards } from './LineCards'
import { LineSheet } from './LineSheet'
import { LinesGrid } from './LinesGrid'
import { lineProblems, mostLines } from './lines'
import type { Line } from './lines'
import { useText } from './messages'
import { useLines } from './use_lines'
import styles from './lines.module.css'

export interface LinesFieldProps {
  /** The object of the record. */
  of: string
  /** The record; null for a new one. */
  record: string | null
  field: Field
  value: unknown
  before: unknown
  onChange: (value: unknown) => void
  /** Why it could not be saved. */
  problem: Problem | null
  /** The lines as they would be if the form were saved now. */
  preview: PreviewedLines | null
  isBehind?: boolean
  id?: string
  'aria-labelledby'?: string
}

export interface PreviewedLines {
  /** The ids of new lines, in the order in which they were sent. */
  created: string[]
  records: RecordRow[]
}

const mostTold = 5

export function LinesField({ of, record, field, value, before, onChange, problem, preview, isBehind = false, id, ...aria }: LinesFieldProps) {
  const say = useText()
  const label = useLabel()
  const { isPhone } = useWidth()
  const form = useLines({ of, record, field, value, before, onChange })
  const [opened, setOpened] = useState<string | null>(null)
  const [revealed, setRevealed] = useState<{ key: string; column: string | null } | null>(null)
  const problems = useMemo(() => lineProblems(problem, field.name, form.draft), [problem, field.name, form.draft])
  const told = useMemo(() => previewed(preview, form.draft.created.map(({ key }) => key)), [preview, form.draft])
  const { lines, columns, object } = form
  const shown = (line: Line): Values => computed(form.stateOf(line).values, told.get(line.key), object?.fields ?? [])
  const openedLine = lines.find(({ key }) => key === opened)
  const mayAdd = form.mayWrite && Boolean(object?.rights.create) && lines.length < mostLines

  function add(): void {
    const [key] = form.add([{}])
    if (key === undefined) return
    if (isPhone) setOpened(key)
    else setRevealed({ key, column: null })
  }
  if (form.failed) return <Failed problem={form.failed} onRetry={form.retry} />
  if (form.isPending || !object) return <LoadingRows rows={3} />
  return (
    <div className={styles.field} id={id} tabIndex={-1}>
      {problems.length > 0 && (
        <ul className={styles.problems} role="alert">
          {problems.slice(0, mostTold).map((one, index) => {
            const number = lines.findIndex(({ key }) => key === one.key) + 1
            const column = object.fields.find(({ name }) => name === one.column)
            const said = number === 0 ? one.message : column ? say('wrong_at', { number, column: label(column.label), message: one.message }) : say('wrong_row', { number, message: one.message })
            return (
              <li key={index}>
                <button type="button" onClick={() => one.key !== null && (isPhone ? setOpened(one.key) : setRevealed({ key: one.key, column: one.column }))}>
                  {said}
                </button>
              </li>
            )
          })}
          {problems.length > mostTold && <li>{say('more_wrong', { count: problems.length - mostTold })}</li>}
        </ul>
      )}
      {isPhone ? (
        <LineCards form={form} valuesOf={shown} problems={problems} onOpen={setOpened} label={label(field.label)} />
      ) : (
        <LinesGrid form={form} of={of} valuesOf={shown} isBehind={isBehind} problems={problems} revealed={revealed} onOpen={setOpened} mayAdd={mayAdd} onAdd={add} {...aria} />
      )}
      <div className={styles.bar}>
        {mayAdd && (
          <Button icon={<Plus size={16} aria-hidden />} onClick={add}>
            {say('add')}
          </Button>
        )}
        {form.canUndo && (
          <Button type="text" icon={<Undo2 size={16} aria-hidden />} onClick={form.undo}>
            {say('undo')}
          </Button>
        )}
        {form.mayWrite && !isPhone && lines.length > 0 && <span className={styles.hint}>{say('hint')}</span>}
      </div>
      {openedLine && (
        <LineSheet
          key={openedLine.key}
          form={form}
          field={field}
          line={openedLine}
          values={shown(openedLine)}
          number={lines.indexOf(openedLine) + 1}
          problems={problems.filter(({ key }) => key === openedLine.key)}
          renderLines={(line, one, labelId) => (
            <LinesField of={object.name} record={line.id} field={one} value={line.values[one.name]} before={line.saved?.[one.name] ?? null} onChange={(next) => form.change([{ key: line.key, field: one, value: next }])} problem={null} preview={null} aria-labelledby={labelId} />
          )}
          onClose={() => setOpened(null)}
        />
      )}
      {columns.length === 0 && <p className={styles.hint}>{say('none')}</p>}
    </div>
  )
}

/** What the server makes of each line, by its key in the form. */
function previewed(preview: PreviewedLines | null, created: readonly string[]): Map<string, RecordRow> {
  if (!preview) return new Map()
  const keys = new Map(preview.created.map((id, place) => [id, created[place] ?? id]))
  return new Map(preview.records.map((row) => [keys.get(row.id) ?? row.id, row]))
}

/** Computed fields as the server tells them, everything else as it was typed. */
function computed(values: Values, told: RecordRow | undefined, fields: readonly Field[]): Values {
  if (!told) return values
  const filled = fields.filter((field) => field.computed || values[field.name] === undefined || values[field.name] === null)
  return { ...values, ...Object.fromEntries(filled.filter(({ name }) => name in told).map(({ name }) => [name, told[name]])) }
}
