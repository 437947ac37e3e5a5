/** A formula at leisure: what it can use at the left, the formula, and at the right what it comes to for real records. */
import { useCallback, useMemo, useRef, useState } from 'react'
import { Button } from '../Button'
import { Dialog } from '../Dialog'
import type { Field, ObjectDefinition } from '@/api/types'
import { unitAt } from '@/lib/formula/text'
import { write } from '@/lib/formula/write'
import { defineMessages, useLocale } from '@/lib/i18n'
import { FormulaBox } from './FormulaBox'
import type { FormulaHandle } from './formula_box'
import { KeepEmpty } from './KeepEmpty'
import { ObjectScope } from './object_scope'
import { Palette } from './Palette'
import type { Shelf } from './Palette'
import { readFormula } from './reading'
import type { Expected, Reading } from './reading'
import { useSamples } from './samples'
import { SampleTable } from './SampleTable'
import { heldText } from './value_text'
import styles from './studio.module.css'

const useText = defineMessages('formula-studio', {
  'zh-CN': { done: '用这个公式', cancel: '取消', tidy: '排整齐', how: '怎么算' },
  en: { done: 'Use this formula', cancel: 'Cancel', tidy: 'Lay out', how: 'How it is worked out' },
})

export interface FormulaStudioProps {
  title: string
  object: ObjectDefinition
  objects: readonly ObjectDefinition[]
  /** What the result is shown as. */
  field: Field
  value: string
  expects?: Expected
  /** False for an object that has no records yet. */
  isThere?: boolean
  onDone: (text: string) => void
  onClose: () => void
}

const lineWidth = 56

export function FormulaStudio({ title, object, objects, field, value, expects, isThere = true, onDone, onClose }: FormulaStudioProps) {
  const text = useText()
  const locale = useLocale()
  const scope = useMemo(() => new ObjectScope(objects, object), [objects, object])
  const [written, setWritten] = useState(value)
  const [reading, setReading] = useState<Reading>(() => readFormula(value, scope, expects))
  const [shelf, setShelf] = useState<Shelf>('fields')
  const box = useRef<FormulaHandle>(null)
  const samples = useSamples(scope, reading.typed, isThere)
  const [first] = samples.samples
  const sampleOf = useCallback(
    (names: readonly string[]) => {
      const path = scope.path(names)
      const known = first?.values?.get(names.join('.'))
      if ('unknown' in path || !path.field || known === undefined) return null
      const reached = scope.find(names)
      return 'type' in reached ? heldText(known, path.field, reached.type, locale) : null
    },
    [first, scope, locale],
  )
  const isRight = reading.problem === null && reading.typed !== null
  return (
    <Dialog
      open
      centered
      width={1240}
      title={title}
      onCancel={onClose}
      keyboard={false}
      footer={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button type="primary" disabled={!isRight} onClick={() => onDone(written)}>
            {text('done')}
          </Button>
        </>
      }
    >
      <div className={styles.studio}>
        <div className={styles.palette}>
          <Palette scope={scope} shelf={shelf} onShelf={setShelf} onInsert={(words, back) => box.current?.insert(words, back)} sampleOf={sampleOf} />
        </div>
        <div className={styles.middle}>
          <header>
            <h3>{text('how')}</h3>
            <Button size="small" type="text" disabled={!reading.typed} onClick={() => reading.typed && box.current?.replaceAll(write(reading.typed, scope.names(locale), lineWidth))}>
              {text('tidy')}
            </Button>
          </header>
          <FormulaBox object={object} objects={objects} value={written} expects={expects} lines={12} hasPalette={false} autoFocus handle={box} sampleOf={sampleOf} onChange={setWritten} onReading={setReading} />
          <KeepEmpty value={written} reading={reading} scope={scope} onChange={setWritten} />
        </div>
        <div className={styles.samples}>
          <SampleTable
            scope={scope}
            samples={samples}
            field={field}
            text={reading.text}
            onPart={(span) => box.current?.select(unitAt(reading.text, span[0]), unitAt(reading.text, span[1]))}
          />
        </div>
      </div>
    </Dialog>
  )
}
