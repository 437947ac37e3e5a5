/** What a formula comes to for three real records, and why for one of them. */
import { useState } from 'react'
import { ChevronDown, ChevronRight, FlaskConical } from 'lucide-react'
import { useMe } from '@/api/session'
import type { Field } from '@/api/types'
import type { Explained, Outcome } from '@/lib/formula/explain'
import { functionName } from '@/lib/formula/names'
import type { Span } from '@/lib/formula/text'
import { slice } from '@/lib/formula/text'
import type { Typed } from '@/lib/formula/typed'
import { defineMessages, labelText, useLocale } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { Failed, LoadingRows } from '../faces'
import type { ObjectScope } from './object_scope'
import type { Sample, Samples } from './samples'
import { say } from './reading'
import { heldText, valueText } from './value_text'
import type { NameOf } from './value_text'
import { useWrittenNames } from './written_names'
import styles from './samples.module.css'

const useText = defineMessages('formula-samples', {
  'zh-CN': { title: '拿真实记录验算', others: '换三份', none: '还没有记录可以验算。', why: '{{name}}为什么是 {{value}}', not_reached: '没走到', no_value: '没有结果', unread: '公式写完就会出结果', look: '看「{{name}}」怎么算出来', asYou: '按您能看到的数据算。', result: '结果' },
  en: { title: 'Tried on real records', others: 'Three others', none: 'There is no record to try it on yet.', why: 'Why {{name}} comes to {{value}}', not_reached: 'not reached', no_value: 'no value', unread: 'Results come once the formula is finished', look: 'See how {{name}} is worked out', asYou: 'Worked out with the data you may see.', result: 'Result' },
})

export interface SampleTableProps {
  scope: ObjectScope
  samples: Samples
  /** What the result is shown as. */
  field: Field
  /** The text the parts stand in, and what to do when one is chosen. */
  text: string
  onPart?: (span: Span) => void
}

export function SampleTable({ scope, samples, field, text, onPart }: SampleTableProps) {
  const words = useText()
  const locale = useLocale()
  const [chosen, setChosen] = useState<string | null>(null)
  const all = samples.samples
  const shown = all.find((one) => one.id === chosen) ?? all[0]
  const me = useMe().data?.person
  const written = useWrittenNames(shown?.explained?.part ?? null)
  const nameOf: NameOf = (id) => (id === me?.id ? me.name : written(id))
  if (samples.problem) return <Failed problem={samples.problem} onRetry={samples.others} />
  return (
    <section className={styles.samples} aria-label={words('title')}>
      <header>
        <FlaskConical size={15} aria-hidden />
        <h3>{words('title')}</h3>
        {samples.hasMore && (
          <button type="button" onClick={samples.others}>
            {words('others')}
          </button>
        )}
      </header>
      {samples.isLoading && all.length === 0 ? <LoadingRows rows={3} columns={2} /> : all.length === 0 ? <p className={styles.quiet}>{words('none')}</p> : null}
      {all.length > 0 && (
        <div className={styles.rows} role="listbox" aria-label={words('result')}>
          {all.map((one) => (
            <button key={one.id} type="button" role="option" aria-selected={one === shown} aria-label={words('look', { name: one.name })} onClick={() => setChosen(one.id)}>
              <span>
                {one.name}
                <Inputs scope={scope} sample={one} locale={locale} />
              </span>
              <strong data-testid="sample-result">{one.explained ? resultText(one.explained, field, locale, words('no_value')) : '—'}</strong>
            </button>
          ))}
        </div>
      )}
      {shown?.explained && shown.explained.parts.length > 0 && (
        <>
          <h4>{words('why', { name: shown.name, value: resultText(shown.explained, field, locale, words('no_value')) })}</h4>
          <ul className={styles.tree} role="tree" aria-label={words('why', { name: shown.name, value: '' })}>
            <Part one={shown.explained} scope={scope} text={text} locale={locale} nameOf={nameOf} {...(onPart ? { onPart } : {})} />
          </ul>
        </>
      )}
      {all.length > 0 && !shown?.explained && <p className={styles.quiet}>{words('unread')}</p>}
      {all.length > 0 && shown?.explained && <p className={styles.quiet}>{words('asYou')}</p>}
    </section>
  )
}

function resultText({ outcome, part }: Explained, field: Field, locale: Locale, none: string): string {
  if (outcome === 'not reached' || 'reason' in outcome) return none
  return heldText(outcome.value, field, part.type, locale)
}

/** The record's own values the formula looks at, small beside its name. */
function Inputs({ scope, sample, locale }: { scope: ObjectScope; sample: Sample; locale: Locale }) {
  const shown = [...(sample.values ?? [])].slice(0, 2).flatMap(([key, value]) => {
    const path = scope.path(key.split('.'))
    if ('unknown' in path || value === null) return []
    const reached = scope.find(path.names)
    return 'type' in reached ? [`${labelText(path.field?.label, locale) || scope.labels(path.names, locale).join(' › ')} ${path.field ? heldText(value, path.field, reached.type, locale) : valueText(value, reached.type, locale)}`] : []
  })
  return shown.length > 0 ? <small>{shown.join(' · ')}</small> : null
}

interface PartProps {
  one: Explained
  scope: ObjectScope
  text: string
  locale: Locale
  nameOf: NameOf
  onPart?: (span: Span) => void
}

function Part({ one, ...rest }: PartProps) {
  const { text, locale, scope, nameOf, onPart } = rest
  const [isOpen, setOpen] = useState(true)
  const { part, outcome } = one
  const isLeaf = one.parts.length === 0
  const Mark = isOpen ? ChevronDown : ChevronRight
  // A written value explains itself.
  const parts = one.parts.filter((each) => each.part.node.kind !== 'literal' || one.parts.length > 2)
  return (
    <li role="treeitem" aria-expanded={isLeaf ? undefined : isOpen} data-dim={outcome === 'not reached' || undefined}>
      <div className={styles.part}>
        {parts.length > 0 ? (
          <button type="button" className={styles.fold} aria-label={partText(part, text, scope, locale, nameOf)} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Mark size={13} aria-hidden />
          </button>
        ) : (
          <i aria-hidden />
        )}
        <button type="button" className={styles.name} onClick={() => onPart?.(part.node.span)}>
          {partText(part, text, scope, locale, nameOf)}
        </button>
        <span className={styles.dots} aria-hidden />
        <Value outcome={outcome} of={part} locale={locale} scope={scope} nameOf={nameOf} />
      </div>
      {isOpen && parts.length > 0 && (
        <ul role="group">
          {parts.map((each, index) => (
            <Part key={index} one={each} {...rest} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Value({ outcome, of, locale, scope, nameOf }: { outcome: Outcome; of: Typed; locale: Locale; scope: ObjectScope; nameOf: NameOf }) {
  const words = useText()
  if (outcome === 'not reached') return <span className={styles.value}>{words('not_reached')}</span>
  if ('reason' in outcome) return <span className={styles.value} data-face="none">{say(outcome.reason, locale)}</span>
  const path = of.node.kind === 'field' ? scope.path(of.node.names) : null
  const field = path && !('unknown' in path) ? path.field : null
  return (
    <span className={styles.value} data-face={outcome.value === false ? 'no' : outcome.value === null ? 'none' : 'value'}>
      {field ? heldText(outcome.value, field, of.type, locale) : valueText(outcome.value, of.type, locale, nameOf)}
    </span>
  )
}

const longest = 34

/** A part in a line: fields by their labels, calls by their name and what they are about. */
function partText({ node, call }: Typed, text: string, scope: ObjectScope, locale: Locale, nameOf: NameOf): string {
  if (node.kind === 'field') return scope.labels(node.names, locale).join(' › ')
  const written = slice(text, ...node.span).replace(/[{｛]([^{}｛｝]*)[}｝]/g, (_, names: string) => names.split('.').join(' › ')).replace(/"([^"]*)"/g, (all, id: string) => nameOf(id) ?? all).replace(/\s+/g, ' ').trim()
  if (written.length <= longest) return written
  if (node.kind === 'call' && call && call.function.family !== 'operators') return `${functionName(call.function, locale)}(…)`
  return `${written.slice(0, longest - 1)}…`
}
