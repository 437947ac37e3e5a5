/** Formula text → tokens. Full-width signs and quotes count as their plain twins; comments are left out. */
import { FormulaError } from './errors.ts'
import messages from './messages.json' with { type: 'json' }
import type { Span } from './text.ts'
import { blanks, fill, length, placesIn } from './text.ts'
import { mostCharacters } from './tree.ts'

/** A word of a formula. */
export interface Token {
  readonly kind: 'number' | 'text' | 'field' | 'name' | 'sign' | 'end'
  readonly value: string
  readonly span: Span
}

const full = '（），；｛｝［］“”＂＝＜＞＋－−＊×／÷％＆｜！．＾\u3000\u00a0;'
const plain = '(),,{}[]""' + '"=<>+--**//%&|!.^  ,'
const twins = new Map([...full].map((character, place) => [character, plain.charAt(place)]))
const twin = new RegExp(`[${full.replace(/[[\]^]/g, '\\$&')}]`, 'g')
const same: Readonly<Record<string, string>> = { '==': '=', '!=': '<>', '≠': '<>', '≤': '<=', '≥': '>=' }

const words = new RegExp(
  [
    `(?<blank>[${blanks}]+)`,
    '(?<comment>//[^\\n]*|/\\*[^]*?\\*/)',
    '(?<number>(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2}(?![0-9]))?)',
    '(?<name>[\\p{L}\\p{Nl}\\p{No}_][\\p{L}\\p{N}_]*)',
    '(?<sign>==|!=|<>|<=|>=|&&|\\|\\||[≠≤≥=<>+\\-*/%^&\\(\\),.\\[\\]])',
  ].join('|'),
  'uy',
)

/** The words of a formula, the last of kind end. Throws FormulaError. */
export function tokensOf(text: string): Token[] {
  const characters = length(text)
  if (characters > mostCharacters) {
    throw new FormulaError('too_long', fill(messages.TOO_LONG, { most: mostCharacters }), [0, characters])
  }
  const reading: Reading = { text, plain: text.replace(twin, (one) => twins.get(one) ?? one), at: placesIn(text) }
  const found: Token[] = []
  let place = 0
  while (place < text.length) {
    const [token, next] = nextToken(reading, place)
    if (token) found.push(token)
    place = next
  }
  found.push({ kind: 'end', value: '', span: [characters, characters] })
  return found
}

interface Reading {
  readonly text: string
  readonly plain: string
  readonly at: (unit: number) => number
}

function nextToken(reading: Reading, place: number): [Token | null, number] {
  const { text, plain, at } = reading
  if (plain[place] === '"') return textToken(reading, place)
  if (plain[place] === '{') return fieldToken(reading, place)
  words.lastIndex = place
  const match = words.exec(plain)
  const groups = match?.groups ?? {}
  if (plain.startsWith('/*', place) && groups['comment'] === undefined) {
    throw new FormulaError('unclosed_comment', messages.UNCLOSED_COMMENT, [at(place), at(text.length)])
  }
  if (!match) {
    const character = String.fromCodePoint(text.codePointAt(place) ?? 0)
    throw new FormulaError('strange_character', fill(messages.STRANGE, { character }), [at(place), at(place) + 1])
  }
  const [word] = match
  const end = place + word.length
  const span: Span = [at(place), at(end)]
  if (groups['number'] !== undefined) return [{ kind: 'number', value: word, span }, end]
  if (groups['name'] !== undefined) return [{ kind: 'name', value: word, span }, end]
  if (groups['sign'] !== undefined) return [{ kind: 'sign', value: same[word] ?? word, span }, end]
  return [null, end]
}

/** A text in quotes; a doubled quote inside stands for one. What is inside is left as written. */
function textToken({ text, plain, at }: Reading, place: number): [Token, number] {
  let value = ''
  let start = place + 1
  for (;;) {
    const end = plain.indexOf('"', start)
    if (end < 0) throw new FormulaError('unclosed_text', messages.UNCLOSED_TEXT, [at(place), at(text.length)])
    value += text.slice(start, end)
    if (!plain.startsWith('""', end)) return [{ kind: 'text', value, span: [at(place), at(end + 1)] }, end + 1]
    value += text.charAt(end)
    start = end + 2
  }
}

function fieldToken({ text, plain, at }: Reading, place: number): [Token, number] {
  const end = plain.indexOf('}', place)
  if (end < 0) throw new FormulaError('unclosed_field', messages.UNCLOSED_FIELD, [at(place), at(text.length)])
  return [{ kind: 'field', value: text.slice(place + 1, end), span: [at(place), at(end + 1)] }, end + 1]
}
