/** Puts other names for the same things into a formula's text and leaves all else as it was written. */
import { placesOf } from './check-types.ts'
import type { Functions } from './function.ts'
import type { Names } from './names.ts'
import { booleans, functionName, quoted, rowWord } from './names.ts'
import { rowWords } from './parse.ts'
import type { Span } from './text.ts'
import { slice, stripped } from './text.ts'
import { tokensOf } from './tokens.ts'
import type { Typed } from './typed.ts'
import type { Type } from './types.ts'
import { itemOf } from './types.ts'

interface Edit {
  readonly span: Span
  readonly text: string
}

/** The text of a checked formula with its fields, options and functions called by `names`. */
export function renamed(text: string, checked: Typed, names: Names, functions: Functions, row: Type | null = null): string {
  const fields = [...ofFields(checked, text, names, row)]
  // A function may be another word for a field: all of it is one name then.
  const words = [...ofWords(text, names, functions)].filter(({ span }) => !fields.some((one) => one.span[0] <= span[0] && span[1] <= one.span[1]))
  const edits = [...fields, ...words].sort((one, other) => other.span[0] - one.span[0])
  const characters = Array.from(text)
  for (const { span, text: word } of edits) characters.splice(span[0], span[1] - span[0], word)
  return characters.join('')
}

function* ofFields(typed: Typed, text: string, names: Names, row: Type | null): Generator<Edit> {
  if (typed.inner) return yield* ofFields(typed.inner, text, names, row)
  const { node } = typed
  if (node.kind === 'field') yield { span: node.span, text: `{${names.called(node.names).join('.')}}` }
  if (node.kind === 'row') yield { span: node.span, text: rowText(node.names, slice(text, ...node.span), names, row) }
  if (node.kind === 'literal' && typeof node.value === 'string' && typed.type.kind === 'choice') {
    const labels = typed.type.choices?.labels.get(node.value) ?? {}
    yield { span: node.span, text: quoted(names.option(node.value, labels)) }
  }
  const places = typed.call && node.kind === 'call' ? placesOf(typed.call.function, typed.call.overload, node) : []
  const [first] = typed.arguments
  for (const [index, argument] of typed.arguments.entries()) {
    const inner = places[index]?.perRow && first ? itemOf(first.type) : row
    yield* ofFields(argument, text, names, inner)
  }
}

/** `FILTER(…).{b}` names a field of the row without saying so. */
function rowText(path: readonly string[], written: string, names: Names, row: Type | null): string {
  const called = row?.object ? names.inside(row.object).called(path) : path
  const first = stripped(written.slice(1).split(/[.}｝]/, 1)[0] ?? '')
  return `{${(rowWords.has(first.toLowerCase()) ? [rowWord[names.locale], ...called] : called).join('.')}}`
}

function* ofWords(text: string, names: Names, functions: Functions): Generator<Edit> {
  const tokens = tokensOf(text)
  for (const [place, token] of tokens.entries()) {
    if (token.kind !== 'name') continue
    const next = tokens[place + 1]
    const found = next?.kind === 'sign' && next.value === '(' ? functions.find(token.value) : undefined
    const word = token.value.toUpperCase()
    if (found) yield { span: token.span, text: functionName(found, names.locale) }
    else if (word === 'TRUE' || word === '真') yield { span: token.span, text: booleans[names.locale][1] }
    else if (word === 'FALSE' || word === '假') yield { span: token.span, text: booleans[names.locale][0] }
  }
}
