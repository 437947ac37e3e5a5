/** The editor of formulas with what it says below: what the formula comes to, what is wrong and how to mend it, what to write. */
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { CircleAlert, Check, Sigma, Plus } from 'lucide-react'
import { useObjects } from '@/api/objects'
import { useKnownCalendars } from './known_calendars'
import { builtinFunctions } from '@/lib/formula/builtin'
import { unitAt } from '@/lib/formula/text'
import { inWords } from '@/lib/formula/unify'
import { defineMessages, useLocale } from '@/lib/i18n'
import type { FormulaBoxProps, FormulaHandle } from './formula_box'
import { useEditor } from './editor'
import { ObjectScope } from './object_scope'
import { Palette } from './Palette'
import type { Shelf } from './Palette'
import { partsOf } from './parts'
import { readFormula, say } from './reading'
import { Signature, signatureAt } from './Signature'
import { useWrittenNames } from './written_names'
import styles from './formula.module.css'

const useText = defineMessages('formula-box', {
  'zh-CN': { label: '公式', placeholder: '输入字段名或函数，如 金额 或 如果', result: '结果是{{type}}', unfinished: '还没写完', field: '字段', function: '函数', close: '收起' },
  en: { label: 'Formula', placeholder: 'Type a field or a function, such as Amount or IF', result: 'Comes to {{type}}', unfinished: 'Not finished yet', field: 'Field', function: 'Function', close: 'Close' },
})

const operators = ['+', '-', '*', '/', '(', ')', ',', '=', '<>', '>', '<', '>=', '<=', '&', '&&', '||']

export function FormulaEditor({ object, objects, row = undefined, value, expects, onChange, onReading, sampleOf, label, placeholder, autoFocus = false, lines = 1, hasPalette = true, handle }: FormulaBoxProps) {
  const text = useText()
  const locale = useLocale()
  const known = useObjects()
  const every = objects ?? known
  const scope = useMemo(() => new ObjectScope(every, object, row ?? null), [every, object, row])
  useKnownCalendars(value)
  const [shelf, setShelf] = useState<Shelf | null>(null)
  const nameOf = useWrittenNames(useMemo(() => readFormula(value, scope).typed, [value, scope]))
  const context = useMemo(() => ({ scope, locale, expects, sampleOf, nameOf }), [scope, locale, expects, sampleOf, nameOf])
  const editor = useEditor({ context, value, onChange, label: label ?? text('label'), placeholder: placeholder ?? text('placeholder'), autoFocus, lines })
  const reading = useMemo(() => readFormula(editor.text, scope, expects), [editor.text, scope, expects])
  const announce = useRef(onReading)
  useEffect(() => {
    announce.current = onReading
  })
  useEffect(() => announce.current?.(reading), [reading])
  const { insert, select, replaceAll } = editor
  useImperativeHandle(handle, (): FormulaHandle => ({ insert, select, replaceAll }), [insert, select, replaceAll])
  const signature = editor.isFocused ? signatureAt(partsOf(editor.text), editor.cursor, builtinFunctions()) : null
  const { problem, typed } = reading

  function mend(): void {
    if (!problem?.fix) return
    const { span, replacement } = problem.fix
    editor.replace(unitAt(editor.text, span[0]), unitAt(editor.text, span[1]), replacement)
  }

  return (
    <div className={styles.box} data-wrong={(problem && !problem.isUnfinished) || undefined}>
      <div ref={editor.host} className={styles.editor} />
      <div className={styles.foot}>
        {hasPalette && (
          <span className={styles.inserts}>
            {(['fields', 'functions'] as const).map((one) => (
              <button key={one} type="button" aria-expanded={shelf === one} onClick={() => setShelf(shelf === one ? null : one)}>
                {one === 'fields' ? <Plus size={13} aria-hidden /> : <Sigma size={13} aria-hidden />}
                {text(one === 'fields' ? 'field' : 'function')}
              </button>
            ))}
          </span>
        )}
        <span className={styles.says} role="status" data-face={problem ? (problem.isUnfinished ? 'unfinished' : 'wrong') : 'right'}>
          {problem && (
            <>
              <CircleAlert size={14} aria-hidden />
              <span>{say(problem.text, locale)}</span>
            </>
          )}
          {!problem && typed && (
            <>
              <Check size={14} aria-hidden />
              <span>{text('result', { type: say(inWords(typed.type), locale) })}</span>
            </>
          )}
        </span>
        {problem?.fix && (
          <button type="button" className={styles.fix} onClick={mend}>
            {say(problem.fix.label, locale)}
          </button>
        )}
      </div>
      {signature && <Signature {...signature} />}
      {shelf && (
        <div className={styles.drawer}>
          <div className={styles.operators} role="group">
            {operators.map((sign) => (
              <button key={sign} type="button" onClick={() => insert(sign === '(' || sign === ')' ? sign : ` ${sign} `)}>
                {sign}
              </button>
            ))}
          </div>
          <Palette scope={scope} shelf={shelf} onShelf={setShelf} onInsert={insert} {...(sampleOf ? { sampleOf } : {})} />
        </div>
      )}
    </div>
  )
}
