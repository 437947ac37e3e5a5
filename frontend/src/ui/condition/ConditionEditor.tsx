/** Builds a condition: field, test, value, and groups joined by and / or. Incomplete parts stay here and are not handed on. */
import { Suspense, lazy, useState } from 'react'
import { Button, Segmented, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { fieldAtPath, useObjects } from '@/api/objects'
import type { Field, ObjectDefinition } from '@/api/types'
import { sameJson } from '@/lib/equal'
import { addTo, asGroup, isFormula, isGroup, isLeaf, joiner, members, removeAt, replaceAt, setJoiner, tidy, valueless } from '@/lib/filter'
import type { Filter, Group, Leaf, Path } from '@/lib/filter'
import { defineMessages } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { FieldPicker } from './FieldPicker'
import { firstOperator, operatorText, sameShape } from './operators'
import { targetOf, useReferenceNames, withNames, withoutNames } from './references'
import type { Names } from './references'
import styles from './condition.module.css'

const useText = defineMessages('condition-editor', {
  'zh-CN': {
    where: '当', and: '并且', or: '或者', all: '全部满足', any: '满足任一', add: '添加条件', add_group: '添加条件组', remove: '去掉这个条件', remove_group: '去掉这一组',
    test: '判断方式', not: '以下不成立', empty: '还没有条件', group: '条件组', gone: '字段「{{name}}」已不存在', sentences: '句子', formula: '公式', written: '怎么写条件', unfit: '公式还没写完，或有错误',
  },
  en: {
    where: 'Where', and: 'and', or: 'or', all: 'All of these', any: 'Any of these', add: 'Add condition', add_group: 'Add group', remove: 'Remove this condition', remove_group: 'Remove this group',
    test: 'Test', not: 'None of the following', empty: 'No conditions yet', group: 'Group of conditions', gone: 'The field “{{name}}” is no longer there', sentences: 'Sentences', formula: 'Formula', written: 'How the conditions are written', unfit: 'The formula is not finished, or something is wrong with it',
  },
})

/** Deeper nesting is kept and shown, but not begun here. */
const deepest = 2

export interface ConditionEditorProps {
  object: ObjectDefinition
  value: Filter | null
  /** Complete conditions only; null when there are none. */
  onChange: (filter: Filter | null) => void
}

const FormulaPart = lazy(async () => ({ default: (await import('./FormulaPart')).FormulaPart }))
const FormulaCondition = lazy(async () => ({ default: (await import('./FormulaCondition')).FormulaCondition }))

/** Sentences or a formula: two ways to write the same. */
export function ConditionEditor(props: ConditionEditorProps) {
  const say = useText()
  const [way, setWay] = useState<'sentences' | 'formula'>('sentences')
  const [fits, setFits] = useState(true)
  return (
    <div className={styles.editor}>
      <Segmented<'sentences' | 'formula'>
        size="small"
        className={styles.ways ?? ''}
        aria-label={say('written')}
        value={way}
        onChange={setWay}
        options={[
          { value: 'sentences', label: say('sentences'), disabled: !fits, ...(fits ? {} : { title: say('unfit') }) },
          { value: 'formula', label: say('formula') },
        ]}
      />
      {way === 'sentences' ? (
        <Sentences {...props} />
      ) : (
        <Suspense>
          <FormulaCondition
            {...props}
            onFit={setFits}
            onDrop={() => {
              setFits(true)
              setWay('sentences')
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

function Sentences({ object, value, onChange }: ConditionEditorProps) {
  const [draft, setDraft] = useState<Group>(() => asGroup(value))
  const [seen, setSeen] = useState<Filter | null>(value)
  const [handedOn, setHandedOn] = useState<Filter | null>(value)
  const names = useReferenceNames(object, value)

  // What comes back is mostly what was handed on, a moment later; only something else replaces what is being built.
  if (!sameJson(value, seen)) {
    setSeen(value)
    if (!sameJson(value, handedOn)) {
      setHandedOn(value)
      setDraft(asGroup(value))
    }
  }
  function change(next: Filter): void {
    const group = asGroup(next)
    const complete = tidy(withoutNames(group))
    setDraft(group)
    setHandedOn(complete)
    if (!sameJson(complete, tidy(handedOn))) onChange(complete)
  }
  return <GroupEditor object={object} root={draft} group={draft} path={[]} names={names} onChange={change} />
}

interface PartProps {
  object: ObjectDefinition
  root: Filter
  path: Path
  names: Names
  onChange: (root: Filter) => void
}

function GroupEditor({ group, ...part }: PartProps & { group: Group }) {
  const say = useText()
  const { object, root, path, onChange } = part
  const parts = members(group)
  const join = joiner(group)
  const first = object.fields.find((field) => field.retired_at === null && field.operators.length > 0)
  const begin = (): Leaf | null => (first ? { field: first.name, op: firstOperator(first) } : null)

  function add(): void {
    const leaf = begin()
    if (leaf) onChange(addTo(root, path, leaf))
  }
  function addGroup(): void {
    const leaf = begin()
    if (leaf) onChange(addTo(root, path, { [join === 'and' ? 'or' : 'and']: [leaf] } as Group))
  }
  return (
    <div className={styles.group} data-nested={path.length > 0 || undefined} role="group" aria-label={say('group')}>
      {parts.length > 1 && (
        <Segmented<'and' | 'or'>
          size="small"
          value={join}
          onChange={(next) => onChange(setJoiner(root, path, next))}
          options={[
            { value: 'and', label: say('all') },
            { value: 'or', label: say('any') },
          ]}
        />
      )}
      {parts.length === 0 && <p className={styles.empty}>{say('empty')}</p>}
      {parts.map((each, index) => (
        <div key={index} className={styles.row}>
          <span className={styles.join}>{index === 0 ? say('where') : say(join)}</span>
          <PartEditor {...part} part={each} path={[...path, index]} />
          <Button
            type="text"
            className={styles.remove ?? ''}
            aria-label={say(isLeaf(each) || isFormula(each) ? 'remove' : 'remove_group')}
            icon={<X size={14} />}
            onClick={() => onChange(removeAt(root, [...path, index]))}
          />
        </div>
      ))}
      <div className={styles.adds}>
        <Button type="text" size="small" icon={<Plus size={14} />} onClick={add}>
          {say('add')}
        </Button>
        {path.length < deepest && (
          <Button type="text" size="small" icon={<Plus size={14} />} onClick={addGroup}>
            {say('add_group')}
          </Button>
        )}
      </div>
    </div>
  )
}

function PartEditor({ part, ...props }: PartProps & { part: Filter }) {
  const say = useText()
  if (isLeaf(part)) return <LeafEditor {...props} leaf={part} />
  if (isFormula(part)) return <FormulaEditor {...props} text={part.formula} />
  if (isGroup(part)) return <GroupEditor {...props} group={part} />
  return (
    <div className={styles.negation}>
      <span className={styles.join}>{say('not')}</span>
      <PartEditor {...props} part={part.not} path={[...props.path, 0]} />
    </div>
  )
}

function FormulaEditor({ object, root, path, onChange, text }: PartProps & { text: string }) {
  const say = useText()
  return (
    <div className={styles.written}>
      <Suspense>
        <FormulaPart object={object} text={text} label={say('formula')} onChange={(formula) => onChange(replaceAt(root, path, { formula }))} />
      </Suspense>
    </div>
  )
}

function LeafEditor({ object, root, path, names, onChange, leaf }: PartProps & { leaf: Leaf }) {
  const say = useText()
  const objects = useObjects()
  const field = fieldAtPath(objects, object, leaf.field)?.at(-1)
  const put = (next: Leaf): void => onChange(replaceAt(root, path, next))

  function pick(name: string): void {
    const next = fieldAtPath(objects, object, name)?.at(-1)
    if (next) put({ field: name, op: firstOperator(next) })
  }
  function test(op: string): void {
    put('value' in leaf && sameShape(op, leaf.op) ? { ...leaf, op } : { field: leaf.field, op })
  }
  return (
    <div className={styles.leaf}>
      <FieldPicker object={object} value={leaf.field} onChange={pick} mayPick={(each) => each.operators.length > 0} overLinks />
      {field ? (
        <>
          <Select<string>
            className={styles.op ?? ''}
            variant="filled"
            aria-label={say('test')}
            value={leaf.op}
            onChange={test}
            popupMatchSelectWidth={false}
            options={field.operators.map((op) => ({ value: op, label: operatorText(op, field) }))}
          />
          {!valueless.has(leaf.op) && (
            <div className={styles.value}>
              <Value field={field} leaf={leaf} names={names} onChange={(value) => put({ ...leaf, value })} />
            </div>
          )}
        </>
      ) : (
        <span className={styles.gone}>{say('gone', { name: leaf.field })}</span>
      )}
    </div>
  )
}

function Value({ field, leaf, names, onChange }: { field: Field; leaf: Leaf; names: Names; onChange: (value: unknown) => void }) {
  const { FilterValue } = kindOf(field)
  const value = targetOf(field) ? withNames(leaf.value, names) : leaf.value
  return <FilterValue field={field} op={leaf.op} value={value ?? null} onChange={onChange} />
}
