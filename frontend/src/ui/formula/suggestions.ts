/** What can be written at a place: fields, options, functions, best first. */
import type { LucideIcon } from 'lucide-react'
import { List } from 'lucide-react'
import type { Function, Functions } from '@/lib/formula/function'
import messages from '@/lib/formula/messages.json'
import { booleans, functionName, quoted, rowWord } from '@/lib/formula/names'
import type { Type } from '@/lib/formula/types'
import { inWords } from '@/lib/formula/unify'
import { labelText } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import type { ObjectScope } from './object_scope'
import { backName, nameable, targetOfField, typeOfField } from './object_scope'
import { say } from './reading'
import type { Wanted } from './wanted'

export interface Suggestion {
  readonly kind: 'field' | 'function' | 'option'
  /** As people read it. */
  readonly label: string
  /** What is written; a function with its opening bracket. */
  readonly text: string
  readonly detail: string
  readonly names?: readonly string[]
  readonly function?: Function
  readonly icon: LucideIcon | null
  /** Everything it is found by, small. */
  readonly words: string
  readonly type: Type | null
  /** Kept by the platform; what people made comes first. */
  readonly isSystem?: boolean
  readonly score: number
}

type Bare = Omit<Suggestion, 'score'>

/** The fields of an object, of what it links to, and of what links to it, as far as one step. */
export function fieldsAt(scope: ObjectScope, before: readonly string[], locale: Locale, depth: number, row = false): Bare[] {
  const here = scope.target(before)
  if (!here) return []
  const inside = scope.inside(here.name)
  const own = nameable(here)
  const found = own.map((field) => suggestionOf(scope, inside, before, [field.name], locale, row))
  const ways = depth > 0 && !row ? [...own.filter((field) => !field.system || field.name === 'owner').filter(targetOfField).map((field) => field.name), ...inside.linksTo(here).map(backName)] : []
  const further = ways.flatMap((way) => {
    const target = inside.target([way])
    const isBack = way.includes(':')
    const fields = target ? nameable(target).filter((field) => !field.system || field.name === 'name') : []
    const all = fields.map((field) => suggestionOf(scope, inside, before, [way, field.name], locale, row))
    return isBack ? [suggestionOf(scope, inside, before, [way], locale, row), ...all] : all
  })
  return [...found, ...further]
}

function suggestionOf(scope: ObjectScope, inside: ObjectScope, before: readonly string[], path: readonly string[], locale: Locale, row: boolean): Bare {
  const names = [...before, ...path]
  const whole = row ? null : scope.path(names)
  const found = inside.path(path)
  const field = 'unknown' in found ? null : found.field
  const called = row ? [rowWord[locale], ...inside.names(locale).called(path)] : [...scope.names(locale).called(names)]
  const reached = row || (whole && 'unknown' in whole) ? inside.find(path) : scope.find(names)
  const type = 'type' in reached ? reached.type : field ? typeOfField(field) : null
  const labels = row ? [rowWord[locale], ...inside.labels(path, locale)] : scope.labels(names, locale)
  return {
    kind: 'field',
    label: labels.slice(before.length).join(' › '),
    text: `{${called.join('.')}}`,
    detail: type ? say(inWords(type), locale) : '',
    names,
    icon: field ? kindOf(field).icon : List,
    isSystem: field !== null && field.system && field.name !== 'name',
    words: [...labels, ...Object.values(field?.label ?? {}), ...path].join(' ').toLowerCase(),
    type,
  }
}

export function functionSuggestions(functions: Functions, locale: Locale): Bare[] {
  return functions.all.flatMap((one) => {
    if (one.family === 'operators' || one.family === 'internal') return []
    const result = one.overloads[0]?.result ?? ''
    const words = messages.KINDS as Readonly<Record<string, { zh: string; en: string }>>
    const kind = words[result]
    return [{
      kind: 'function' as const,
      label: functionName(one, locale),
      text: `${functionName(one, locale)}(`,
      detail: kind ? say(kind, locale) : '',
      function: one,
      icon: null,
      words: one.names.join(' ').toLowerCase(),
      type: null,
    }]
  })
}

export function optionSuggestions(wanted: Wanted, locale: Locale): Bare[] {
  const option = (label: string, text: string, more = ''): Bare => ({ kind: 'option', label, text, detail: '', icon: null, words: `${label} ${more}`.toLowerCase(), type: null })
  const choices = [...(wanted.choices?.labels ?? [])].map(([value, labels]) => option(labelText(labels, locale) || value, quoted(labelText(labels, locale) || value), `${value} ${Object.values(labels).join(' ')}`))
  const isYes = wanted.kinds?.size === 1 && wanted.kinds.has('boolean')
  return isYes ? [...choices, ...booleans[locale].map((word) => option(word, word))] : choices
}

/** Those that match what was typed, the best first: what fits the place, then what begins so. */
export function ranked(all: readonly Bare[], typed: string, wanted: Wanted, most = 60): Suggestion[] {
  const query = typed.trim().toLowerCase()
  return all
    .filter((one) => one.words.includes(query) || one.label.toLowerCase().includes(query))
    .map((one) => ({ ...one, score: scoreOf(one, query, wanted) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
}

function scoreOf(one: Bare, query: string, wanted: Wanted): number {
  let score = one.kind === 'option' ? 40 : one.kind === 'field' ? 10 : query ? 8 : 0
  if (query && one.label.toLowerCase().startsWith(query)) score += 12
  if (query && one.label.toLowerCase() === query) score += 12
  if (one.label.includes('›')) score -= 3
  if (one.isSystem) score -= 6
  if (fits(one, wanted)) score += 20
  if (one.text.startsWith(`{${rowWord['zh-CN']}.`) || one.text.startsWith(`{${rowWord.en}.`)) score += 15
  return score
}

/** Whether a value of it would do at the place; unknown is no. */
export function fits({ type, function: called }: Bare, { kinds, isList }: Wanted): boolean {
  if (!kinds) return isList === null ? false : type?.isList === isList
  if (called) return called.overloads.some((one) => kinds.has(one.result) || (kinds.has('number') && one.result === 'numbers'))
  return type !== null && kinds.has(type.kind) && (isList === null || type.isList === isList)
}
