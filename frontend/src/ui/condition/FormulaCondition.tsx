/** A condition written as a formula: sentences again where they can say it, else kept as it is. Fetched when somebody asks for it. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useObjects } from '@/api/objects'
import type { ObjectDefinition } from '@/api/types'
import { isFormula } from '@/lib/filter'
import type { Filter } from '@/lib/filter'
import { defineMessages, useLocale } from '@/lib/i18n'
import { conditionAsFormula } from '../formula/condition_to_formula'
import type { AsFormula } from '../formula/condition_to_formula'
import { FormulaBox } from '../formula/FormulaBox'
import { ObjectScope } from '../formula/object_scope'
import { readFormula } from '../formula/reading'
import { pathText } from './condition_text'
import { filterOf, isNews } from './filter_of'
import { operatorText } from './operators'
import styles from './condition.module.css'

const useText = defineMessages('formula-condition', {
  'zh-CN': {
    label: '条件公式', placeholder: '例如 金额 >= 10000 && 阶段 = "赢单"',
    unsayable: '「{{test}}」还没有对应的公式写法，这组条件请继续用句子。',
    many: '条件只能用这条记录和它关联到的记录；要统计其他记录，请先建一个计算字段。公式还没有生效。', as_formula: '这段写不成句子，作为公式生效。', drop: '不要这段公式，回到句子',
  },
  en: {
    label: 'Condition as a formula', placeholder: 'For example Amount >= 10000 && Stage = "Won"',
    unsayable: 'No formula says “{{test}}” yet. Please keep these conditions as sentences.',
    many: 'A condition looks at the record and the records it links to. Put sums over other records into a computed field first; until then the formula does not apply.', as_formula: 'No sentence says this; it applies as a formula.', drop: 'Drop the formula and go back to sentences',
  },
})

export interface FormulaConditionProps {
  object: ObjectDefinition
  value: Filter | null
  onChange: (filter: Filter | null) => void
  /** Whether sentences can take over what is written. */
  onFit: (fits: boolean) => void
  onDrop: () => void
}

export function FormulaCondition({ object, value, onChange, onFit, onDrop }: FormulaConditionProps) {
  const say = useText()
  useLocale()
  const objects = useObjects()
  const scope = useMemo(() => new ObjectScope(objects, object), [objects, object])
  const [start] = useState<AsFormula>(() => (value ? conditionAsFormula(value, scope) : { text: '' }))
  const [text, setText] = useState('text' in start ? start.text : '')
  const reading = useMemo(() => readFormula(text, scope, 'boolean'), [text, scope])
  const found = useMemo(() => filterOf(reading, scope), [reading, scope])
  const isBare = text.trim() === ''
  const fits = isBare || (found !== null && found !== 'many')
  const told = useRef(onFit)
  useEffect(() => {
    told.current = onFit
  })
  useEffect(() => told.current(fits), [fits])

  if ('unsayable' in start) {
    const { field: path, op } = start.unsayable
    const found = scope.path(path.split('.'))
    const field = 'unknown' in found ? null : found.field
    return <p className={styles.reason}>{say('unsayable', { test: `${pathText(objects, object, path)} ${field ? operatorText(op, field) : op}` })}</p>
  }
  function change(next: string): void {
    setText(next)
    const filter = filterOf(readFormula(next, scope, 'boolean'), scope)
    if (isNews(filter, value)) onChange(filter)
    if (next.trim() === '' && value !== null) onChange(null)
  }
  return (
    <div className={styles.formula}>
      <FormulaBox object={object} value={text} expects="boolean" lines={2} autoFocus label={say('label')} placeholder={say('placeholder')} onChange={change} />
      {found === 'many' && (
        <p className={styles.reason} role="alert">
          {say('many')}
        </p>
      )}
      {found !== null && found !== 'many' && isFormula(found) && <p className={styles.reason}>{say('as_formula')}</p>}
      {!fits && !reading.problem?.isUnfinished && (
        <button type="button" className={styles.drop} onClick={onDrop}>
          {say('drop')}
        </button>
      )}
    </div>
  )
}
