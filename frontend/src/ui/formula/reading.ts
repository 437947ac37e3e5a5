/** What a formula's text comes to: its checked tree, or what is wrong with it and where. */
import { builtinFunctions } from '@/lib/formula/builtin'
import { checkCalendarNames } from '@/lib/formula/calendar-names'
import { check } from '@/lib/formula/check-types'
import type { Fix } from '@/lib/formula/errors'
import { FormulaError } from '@/lib/formula/errors'
import { apiNames } from '@/lib/formula/names'
import { parse } from '@/lib/formula/parse'
import { renamed } from '@/lib/formula/rename'
import type { Span, Text } from '@/lib/formula/text'
import { fill, length, slice } from '@/lib/formula/text'
import type { Typed } from '@/lib/formula/typed'
import type { Kind, Type } from '@/lib/formula/types'
import { type } from '@/lib/formula/types'
import { inWords } from '@/lib/formula/unify'
import type { Locale } from '@/lib/i18n'
import { knownCalendars } from './known_calendars'
import type { ObjectScope } from './object_scope'

/** What a formula is wanted to come to. */
export type Expected = Exclude<Kind, 'nothing' | 'choice'>

export interface Problem {
  readonly text: Text
  readonly span: Span
  readonly fix: Fix | null
  /** Nothing is wrong yet: it is only not written to its end. */
  readonly isUnfinished: boolean
}

export interface Reading {
  readonly text: string
  readonly typed: Typed | null
  readonly problem: Problem | null
}

const unfinished: ReadonlySet<string> = new Set(['ends_early', 'missing_sign', 'too_few', 'unclosed_field', 'unclosed_text', 'unclosed_comment'])
const notWanted: Text = { zh: '公式的结果是{got}，这里要{wanted}。', en: 'The formula comes to {got}; {wanted} is wanted here.' }
const summed: Text = { zh: '求和', en: 'Add them up' }
const firstOnly: Text = { zh: '取第一个', en: 'Take the first' }

export function readFormula(text: string, scope: ObjectScope, expects?: Expected): Reading {
  if (text.trim() === '') return { text, typed: null, problem: null }
  try {
    const typed = check(parse(text), scope, builtinFunctions(), text, rowOf(scope))
    const calendars = knownCalendars()
    if (calendars) checkCalendarNames(typed.node, calendars)
    return { text, typed, problem: mismatch(text, typed, expects) }
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    const { code, span, fix } = error
    return { text, typed: null, problem: { text: error.text, span, fix, isUnfinished: unfinished.has(code) || (code === 'unexpected' && /^[)\]，,）]/.test(slice(text, ...span))) } }
  }
}

function rowOf({ row }: ObjectScope): Type | null {
  return row === null ? null : type('record', { object: row })
}

function mismatch(text: string, { type: got }: Typed, expects: Expected | undefined): Problem | null {
  if (!expects || got.kind === 'nothing') return null
  const kind = got.kind === 'choice' ? 'text' : got.kind
  if (!got.isList && kind === expects) return null
  const span: Span = [0, length(text)]
  let fix: Fix | null = null
  if (got.isList && kind === expects) {
    fix = { label: kind === 'number' ? summed : firstOnly, span, replacement: `${kind === 'number' ? 'SUM' : 'FIRST'}(${text})` }
  }
  return { text: fill(notWanted, { got: inWords(got), wanted: inWords(type(expects)) }), span, fix, isUnfinished: false }
}

/** As a reader sees it; text that does not read is left as it is. */
export function shownText(text: string, scope: ObjectScope, locale: Locale): string {
  const { typed } = readFormula(text, scope)
  return typed ? renamed(text, typed, scope.names(locale), builtinFunctions(), rowOf(scope)) : text
}

/** By names that change with no label and no language, where it reads. */
export function keptText({ text, typed }: Reading): string {
  return typed ? renamed(text, typed, apiNames, builtinFunctions()) : text
}

export function say(text: Text, locale: Locale): string {
  return text[locale === 'zh-CN' ? 'zh' : 'en']
}
