/** What can be put into a formula, to find and to tap: fields by object, functions by family with help and examples. */
import { useMemo, useState } from 'react'
import { Input } from 'antd'
import { Copy, Search } from 'lucide-react'
import { builtinFunctions } from '@/lib/formula/builtin'
import help from '@/lib/formula/function-help.json'
import { functionName } from '@/lib/formula/names'
import { inWords } from '@/lib/formula/unify'
import { defineMessages, labelText, useLocale } from '@/lib/i18n'
import { Tabs } from '../Tabs'
import { toast } from '../toast'
import type { ObjectScope } from './object_scope'
import { say } from './reading'
import { Signature } from './Signature'
import { fieldsAt } from './suggestions'
import styles from './formula.module.css'

const useText = defineMessages('formula-palette', {
  'zh-CN': {
    fields: '字段', functions: '函数', find_field: '找字段，如 金额', find_function: '找函数，如 求和', none: '没有找到', copy: '复制例子', copied: '已复制', use: '放进公式', nothing: '空', of: '{{object}}的{{link}}', back: '关联到它的{{object}}', row: '可选的{{object}}（当前行）',
    operators: '运算符', logic: '逻辑', numbers: '数字', text: '文本', dates: '日期和时间', lists: '列表和关联记录', system: '系统', examples: '例子', shelves: '字段和函数',
  },
  en: {
    fields: 'Fields', functions: 'Functions', find_field: 'Find a field, such as Amount', find_function: 'Find a function, such as SUM', none: 'Nothing found', copy: 'Copy the example', copied: 'Copied', use: 'Put into the formula', nothing: 'empty', of: '{{link}} of the {{object}}', back: '{{object}} that link here', row: '{{object}} to choose from (CurrentValue)',
    operators: 'Operators', logic: 'Logic', numbers: 'Numbers', text: 'Text', dates: 'Dates and times', lists: 'Lists and linked records', system: 'System', examples: 'Examples', shelves: 'Fields and functions',
  },
})

export type Shelf = 'fields' | 'functions'

export interface PaletteProps {
  scope: ObjectScope
  shelf: Shelf
  onShelf: (shelf: Shelf) => void
  onInsert: (text: string, back?: number) => void
  sampleOf?: (names: readonly string[]) => string | null
}

export function Palette({ scope, shelf, onShelf, onInsert, sampleOf }: PaletteProps) {
  const text = useText()
  const [typed, setTyped] = useState('')
  return (
    <div className={styles.palette}>
      <Tabs label={text('shelves')} items={[{ key: 'fields', label: text('fields') }, { key: 'functions', label: text('functions') }]} active={shelf} onChange={(key) => onShelf(key as Shelf)} />
      <Input
        allowClear
        prefix={<Search size={14} aria-hidden />}
        placeholder={text(shelf === 'fields' ? 'find_field' : 'find_function')}
        aria-label={text(shelf === 'fields' ? 'find_field' : 'find_function')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {shelf === 'fields' ? <Fields scope={scope} typed={typed} onInsert={onInsert} {...(sampleOf ? { sampleOf } : {})} /> : <FunctionList typed={typed} onInsert={onInsert} />}
    </div>
  )
}

function Fields({ scope, typed, onInsert, sampleOf }: Pick<PaletteProps, 'scope' | 'onInsert' | 'sampleOf'> & { typed: string }) {
  const text = useText()
  const locale = useLocale()
  const groups = useMemo(() => {
    const query = typed.trim().toLowerCase()
    const found = new Map<string, ReturnType<typeof fieldsAt>>()
    const rows = scope.row === null ? [] : fieldsAt(scope.inside(scope.row), [], locale, 0, true).filter((one) => one.words.includes(query))
    if (rows.length > 0) found.set(ofRow, rows)
    for (const one of fieldsAt(scope, [], locale, 1)) {
      const [way = ''] = one.names ?? []
      const key = (one.names?.length ?? 0) > 1 || way.includes(':') ? way : ''
      if (one.words.includes(query)) found.set(key, [...(found.get(key) ?? []), one])
    }
    return [...found]
  }, [scope, typed, locale])
  const title = (way: string): string => {
    const own = labelText(scope.object.label, locale)
    if (way === '') return own
    if (way === ofRow) return text('row', { object: labelText(scope.inside(scope.row ?? '').object.label, locale) })
    const [label = way] = scope.labels([way], locale)
    return way.includes(':') ? text('back', { object: label }) : text('of', { object: own, link: label })
  }
  if (groups.length === 0) return <p className={styles.none}>{text('none')}</p>
  return (
    <div className={styles.shelf}>
      {groups.map(([way, fields]) => (
        <section key={way}>
          <h4>{title(way)}</h4>
          {fields.map((one) => {
            const Icon = one.icon
            const now = sampleOf?.(one.names ?? [])
            return (
              <button key={one.text} type="button" className={styles.pick} data-field={one.names?.join('.')} onClick={() => onInsert(one.text)}>
                {Icon && <Icon size={14} aria-hidden />}
                <span>{way === '' ? one.label : one.label.split(' › ').at(-1)}</span>
                <small>{now ?? (one.type ? say(inWords(one.type), locale) : '')}</small>
              </button>
            )
          })}
        </section>
      ))}
    </div>
  )
}

const ofRow = 'row at hand'
const helpOf = new Map(help.map((one) => [one.name, one]))
const families = ['logic', 'numbers', 'text', 'dates', 'lists', 'system', 'operators'] as const

function FunctionList({ typed, onInsert }: Pick<PaletteProps, 'onInsert'> & { typed: string }) {
  const text = useText()
  const locale = useLocale()
  const [open, setOpen] = useState<string | null>(null)
  const query = typed.trim().toLowerCase()
  const all = builtinFunctions().all.filter((one) => {
    const words = helpOf.get(one.name)?.help
    return `${one.names.join(' ')} ${words?.zh ?? ''} ${words?.en ?? ''}`.toLowerCase().includes(query)
  })
  const shelves = families.map((family) => ({ family, functions: all.filter((one) => one.family === family) })).filter((one) => one.functions.length > 0)
  if (shelves.length === 0) return <p className={styles.none}>{text('none')}</p>
  return (
    <div className={styles.shelf}>
      {shelves.map(({ family, functions }) => (
        <section key={family}>
          <h4>{text(family)}</h4>
          {functions.map((one) => {
            const isOpen = open === one.name || all.length === 1
            const name = functionName(one, locale)
            return (
              <div key={one.name} className={styles.function} data-open={isOpen || undefined}>
                <button type="button" className={styles.pick} aria-expanded={isOpen} onClick={() => setOpen(isOpen ? null : one.name)}>
                  <em aria-hidden>ƒ</em>
                  <span>{name}</span>
                  <small>{locale === 'zh-CN' && name !== one.name ? one.name : one.names.find((each) => each !== name)}</small>
                </button>
                {isOpen && <Help name={one.name} onInsert={() => (family === 'operators' ? onInsert(` ${one.name} `) : onInsert(`${name}()`, 1))} />}
              </div>
            )
          })}
        </section>
      ))}
    </div>
  )
}

function Help({ name, onInsert }: { name: string; onInsert: () => void }) {
  const text = useText()
  const locale = useLocale()
  const found = helpOf.get(name)
  const called = builtinFunctions().find(name)
  if (!found || !called) return null
  async function copy(formula: string): Promise<void> {
    await navigator.clipboard?.writeText(formula)
    toast.show({ text: text('copied') })
  }
  return (
    <div className={styles.help}>
      {called.family !== 'operators' && <Signature function={called} argument={-1} />}
      <p>{say(found.help, locale)}</p>
      {found.examples.map((one) => (
        <div key={one.formula} className={styles.example}>
          <code>{one.formula}</code>
          <span>→ {one.value === null ? text('nothing') : String(one.value)}</span>
          <button type="button" aria-label={text('copy')} title={text('copy')} onClick={() => void copy(one.formula)}>
            <Copy size={13} aria-hidden />
          </button>
        </div>
      ))}
      <button type="button" className={styles.use} onClick={onInsert}>
        {text('use')}
      </button>
    </div>
  )
}
