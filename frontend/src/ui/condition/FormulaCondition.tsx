/** A condition written as a formula, as long as it says what sentences can say. Fetched when somebody asks for it. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useObjects } from '@/api/objects'
import type { ObjectDefinition } from '@/api/types'
import { sameJson } from '@/lib/equal'
import type { Filter } from '@/lib/filter'
import { stored } from '@/lib/formula/typed'
import { defineMessages, useLocale } from '@/lib/i18n'
import { conditionAsFormula } from '../formula/condition_to_formula'
import type { AsFormula } from '../formula/condition_to_formula'
import { FormulaBox } from '../formula/FormulaBox'
import { formulaAsCondition } from '../formula/formula_to_condition'
import { ObjectScope } from '../formula/object_scope'
import { readFormula } from '../formula/reading'
import { pathText } from './condition_text'
import { operatorText } from './operators'
import styles from './condition.module.css'

const useText = defineMessages('formula-condition', {
  'zh-CN': {
    label: '条件公式', placeholder: '例如 金额 >= 10000 && 阶段 = "赢单"',
    unsayable: '「{{test}}」还没有对应的公式写法，这组条件请继续用句子。',
    fields_compared: '句子条件只能把字段和一个值相比，不能把两个字段相比。', calculated: '句子条件里只能写一个固定的值，不能再计算。', many: '句子条件只能用这条记录和它关联到的记录。',
    test: '这个字段没有这种判断方式。', function: '这里的函数写不成句子。', kept: '公式已保留在这里，还没有生效；改成上面说的样子就会生效。', drop: '不要这段公式，回到句子',
  },
  en: {
    label: 'Condition as a formula', placeholder: 'For example Amount >= 10000 && Stage = "Won"',
    unsayable: 'No formula says “{{test}}” yet. Please keep these conditions as sentences.',
    fields_compared: 'A sentence compares a field with a value, not two fields.', calculated: 'A sentence takes a plain value; it cannot calculate.', many: 'A sentence looks at the record and the records it links to.',
    test: 'This field has no such test.', function: 'This function cannot be said as a sentence.', kept: 'The formula stays here but does not apply yet; it will once it has that form.', drop: 'Drop the formula and go back to sentences',
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
  const read = useMemo(() => (reading.typed && !reading.problem ? formulaAsCondition(stored(reading.typed), scope) : null), [reading, scope])
  const isBare = text.trim() === ''
  const fits = isBare || (read !== null && 'filter' in read)
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
    const { typed, problem } = readFormula(next, scope, 'boolean')
    const answer = typed && !problem ? formulaAsCondition(stored(typed), scope) : null
    const filter = next.trim() === '' ? null : answer && 'filter' in answer ? answer.filter : undefined
    if (filter !== undefined && !sameJson(filter, value)) onChange(filter)
  }
  return (
    <div className={styles.formula}>
      <FormulaBox object={object} value={text} expects="boolean" lines={2} autoFocus label={say('label')} placeholder={say('placeholder')} onChange={change} />
      {read && 'obstacle' in read && (
        <p className={styles.reason} role="alert">
          {say(read.obstacle)} {say('kept')}
        </p>
      )}
      {!fits && !reading.problem?.isUnfinished && (
        <button type="button" className={styles.drop} onClick={onDrop}>
          {say('drop')}
        </button>
      )}
    </div>
  )
}
