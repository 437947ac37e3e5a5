/** Completion in the editor of formulas. */
import { pickedCompletion } from '@codemirror/autocomplete'
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { builtinFunctions } from '@/lib/formula/builtin'
import { rowWords } from '@/lib/formula/parse'
import { currentLocale } from '@/lib/i18n'
import type { Context } from './context'
import { contextOf } from './context'
import { iconNode } from './icon_node'
import { partsOf } from './parts'
import { fieldsAt, fits, functionSuggestions, optionSuggestions, ranked } from './suggestions'
import type { Suggestion } from './suggestions'
import { wantedAt } from './wanted'
import type { Wanted } from './wanted'


interface Offered extends Completion {
  suggestion: Suggestion
  isFit: boolean
  now: string
}

export function complete(asked: CompletionContext): CompletionResult | null {
  const context = contextOf(asked.state)
  const braces = asked.matchBefore(/[{｛][^{}｛｝\n]*/)
  const word = asked.matchBefore(/[\p{L}\p{N}_]+/u)
  if (!braces && !word && !asked.explicit && !followsComparison(asked)) return null
  const from = braces?.from ?? word?.from ?? asked.pos
  const parts = partsOf(asked.state.doc.toString())
  if (parts.some((part) => (part.kind === 'text' || part.kind === 'comment') && part.from < asked.pos && asked.pos < part.to)) return null
  const wanted = wantedAt(parts, from, context.scope, builtinFunctions(), context.expects)
  const found = braces ? withinBraces(context, braces.text.slice(1), wanted) : inTheOpen(context, word?.text ?? '', wanted)
  if (found.length === 0) return null
  return { from, options: found.map((one) => offered(one, wanted, context)), filter: false }
}

/** After `{stage} =` the options come by themselves. */
function followsComparison(asked: CompletionContext): boolean {
  return asked.matchBefore(/[=≠]\s*/) !== null
}

function withinBraces({ scope, locale }: Context, typed: string, wanted: Wanted): Suggestion[] {
  const steps = typed.split('.')
  const query = steps.pop() ?? ''
  const before = steps.map((one) => one.trim())
  const { row } = wanted
  if (row !== null && before.length === 1 && rowWords.has(before[0]?.toLowerCase() ?? '')) return ranked(fieldsAt(scope.inside(row), [], locale, 0, true), query, wanted)
  const path = before.length > 0 ? scope.path(before) : null
  if (path && 'unknown' in path) return []
  return ranked(fieldsAt(scope, path?.names ?? [], locale, 1), query, wanted)
}

function inTheOpen({ scope, locale }: Context, typed: string, wanted: Wanted): Suggestion[] {
  const row = wanted.row ? fieldsAt(scope.inside(wanted.row), [], locale, 0, true) : []
  const fields = fieldsAt(scope, [], locale, 1)
  return ranked([...optionSuggestions(wanted, locale), ...row, ...fields, ...functionSuggestions(builtinFunctions(), locale)], typed, wanted)
}

function offered(suggestion: Suggestion, wanted: Wanted, { sampleOf }: Context): Offered {
  return {
    label: suggestion.label,
    suggestion,
    isFit: fits(suggestion, wanted),
    now: suggestion.names && suggestion.kind === 'field' ? (sampleOf?.(suggestion.names) ?? '') : '',
    apply: (view, completion, from, to) => put(view, completion, suggestion, from, to),
  }
}

function put(view: EditorView, completion: Completion, { kind, text }: Suggestion, from: number, to: number): void {
  const after = view.state.sliceDoc(to, to + 1)
  const isCall = kind === 'function'
  const end = kind === 'field' && /[}｝]/.test(after) ? to + 1 : to
  const insert = isCall ? (/[(（]/.test(after) ? text.slice(0, -1) : `${text})`) : text
  view.dispatch({
    changes: { from, to: end, insert },
    selection: { anchor: from + (isCall ? text.length : insert.length) },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
  })
}

/** How an offer looks: its icon, its name, its kind and what it is for the record at hand. */
export const looks = [
  {
    position: 20,
    render: (completion: Completion) => {
      const { suggestion } = completion as Offered
      const icon = suggestion.icon ? iconNode(suggestion.icon) : document.createElement('span')
      if (!suggestion.icon) icon.textContent = suggestion.kind === 'function' ? 'ƒ' : '=' 
      icon.className = 'cm-formula-icon'
      return icon
    },
  },
  {
    position: 80,
    render: (completion: Completion) => {
      const { suggestion, isFit, now } = completion as Offered
      const detail = document.createElement('span')
      detail.className = 'cm-formula-detail'
      detail.textContent = suggestion.detail
      if (isFit) detail.dataset['fits'] = 'true'
      const value = document.createElement('span')
      value.className = 'cm-formula-now'
      value.textContent = now
      const both = document.createDocumentFragment()
      both.append(detail, value)
      const host = document.createElement('span')
      host.className = 'cm-formula-more'
      host.append(both)
      host.lang = currentLocale()
      return host
    },
  },
]
