/** Where a formula is written. The editor is fetched when the first one opens. */
import { Suspense, lazy } from 'react'
import type { FormulaBoxProps } from './formula_box'
import styles from './formula.module.css'

const Editor = lazy(async () => ({ default: (await import('./FormulaEditor')).FormulaEditor }))

export function FormulaBox(props: FormulaBoxProps) {
  return (
    <Suspense fallback={<div className={styles.box} style={{ minHeight: 34 + (props.lines ?? 1) * 28 }} aria-busy />}>
      <Editor {...props} />
    </Suspense>
  )
}
