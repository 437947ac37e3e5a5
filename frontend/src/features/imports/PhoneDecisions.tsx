/** An import on a phone: how far it is, what waits for a decision, what it would do. */
import { ArrowRight, Monitor } from 'lucide-react'
import { labelText, useLocale } from '@/lib/i18n'
import panel from './ColumnPanel.module.css'
import type { Editing } from './editing'
import { MeaningSelect } from './MeaningSelect'
import { settle, valueRows } from './mapping'
import styles from './PhoneDecisions.module.css'
import { Relation } from './Relation'
import { useText } from './text'
import { counted } from './what'
import type { What } from './what'

export function PhoneDecisions({ editing, what }: { editing: Editing; what: What }) {
  const say = useText()
  const locale = useLocale()
  const { import_, report, remembered } = editing
  const cards = import_.columns.flatMap((column) => {
    const target = what.targets.find((one) => one.name === column.field)
    const rows = target ? valueRows(column, report, remembered) : []
    return target && rows.length > 0 ? [{ column, target, rows }] : []
  })
  const open = cards.reduce((sum, card) => sum + card.rows.filter((row) => row.meaning === undefined).length, 0)
  const mapped = import_.columns.filter((column) => column.field !== null).length
  return (
    <div className={styles.phone}>
      <header className={styles.head}>
        <h2>{open > 0 ? say('toDecide', { count: open }) : say('allSettled')}</h2>
        <span>{say('mappedOf', { mapped, all: import_.columns.length })}</span>
      </header>
      {cards.map(({ column, target, rows }) => (
        <section key={column.index} className={panel.card}>
          <header className={panel.title}>
            <span className={panel.letter}>{column.letter}</span>
            <h3>
              {column.header || column.letter} <ArrowRight size={14} aria-label="→" /> {labelText(target.label, locale)}
            </h3>
          </header>
          <ul>
            {rows.slice(0, 20).map((row) => (
              <li key={row.value}>
                <span>
                  {row.value}
                  {row.count > 0 && <span className={panel.note}>{say('rows', { count: counted(row.count) })}</span>}
                </span>
                <MeaningSelect
                  row={row}
                  column={column}
                  target={target}
                  size="large"
                  onSettle={(meaning) => editing.changeColumns((columns) => columns.map((one) => (one.index === column.index ? settle(one, row.value, meaning) : one)))}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className={styles.counts}>
        <Relation import_={import_} report={report} isStale={editing.isStale} what={what.label} targets={what.targets} />
      </div>
      <p className={styles.computer}>
        <Monitor size={16} aria-hidden /> {say('onComputer')}
      </p>
    </div>
  )
}
