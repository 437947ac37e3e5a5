/** Lines on a phone: a card each; a tap opens the line. */
import { ChevronRight } from 'lucide-react'
import type { Field, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { Line, LineProblem } from './lines'
import { sumsOf } from './lines'
import { useText } from './messages'
import type { LinesForm } from './use_lines'
import styles from './cards.module.css'

export interface LineCardsProps {
  form: LinesForm
  valuesOf: (line: Line) => Values
  problems: readonly LineProblem[]
  onOpen: (key: string) => void
  label: string
}

const mostFacts = 4
const pageOf = 50

export function LineCards({ form, valuesOf, problems, onOpen, label: name }: LineCardsProps) {
  const say = useText()
  const label = useLabel()
  const { lines, columns } = form
  const wrong = new Set(problems.map(({ key }) => key))
  const [title, ...facts] = columns
  const sums = sumsOf(columns, lines.map(valuesOf))
  if (lines.length === 0) return <p className={styles.none}>{say(form.mayWrite ? 'none_may_add' : 'none')}</p>
  return (
    <>
      <ul className={styles.cards} aria-label={name}>
        {lines.map((line, index) => {
          const values = valuesOf(line)
          return (
            <li key={line.key} className={styles.item} style={index > pageOf ? { contentVisibility: 'auto' } : undefined}>
              <button type="button" className={styles.card} data-wrong={wrong.has(line.key) || undefined} data-new={line.id === null || undefined} onClick={() => onOpen(line.key)}>
                <span className={styles.number}>{index + 1}</span>
                <span className={styles.text}>
                  <strong>{title && !kindOf(title).isEmpty(values[title.name] as never) ? <Shown field={title} value={values[title.name]} /> : say('unnamed')}</strong>
                  <span className={styles.facts}>
                    {facts.filter((field) => !kindOf(field).isEmpty(values[field.name] as never)).slice(0, mostFacts).map((field) => (
                      <span key={field.name}>
                        <small>{label(field.label)}</small> <Shown field={field} value={values[field.name]} />
                      </span>
                    ))}
                  </span>
                </span>
                <ChevronRight size={16} aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
      <p className={styles.sums}>
        <span>{say('total', { count: lines.length })}</span>
        {columns.filter(({ name: column }) => sums.has(column)).map((field) => (
          <span key={field.name}>
            <small>{label(field.label)}</small> <Shown field={field} value={sums.get(field.name)} />
          </span>
        ))}
      </p>
    </>
  )
}

function Shown({ field, value }: { field: Field; value: unknown }) {
  const { Cell } = kindOf(field)
  return <Cell value={value} field={field} place="page" />
}
