/** Fits arguments to the parameters of an overload: variables get one type, conversions are put around. */
import { AS_DATE_TIME, AS_NOTHING, AS_TEXT, conversion } from './conversions.ts'
import type { Fix } from './errors.ts'
import { FormulaError } from './errors.ts'
import type { Function, Overload, Parameter } from './function.ts'
import messages from './messages.json' with { type: 'json' }
import type { Text } from './text.ts'
import { fill, slice } from './text.ts'
import type { Items } from './tree.ts'
import type { Typed } from './typed.ts'
import { stored, typed } from './typed.ts'
import type { Choices, Kind, Type } from './types.ts'
import { DATE_TIME, equal, itemOf, kinds, listOf, NOTHING, TEXT, type } from './types.ts'

const variables: ReadonlySet<string> = new Set(['T', 'U'])
const kindNames: ReadonlySet<string> = new Set(kinds)
/** Records as results: of the object every workspace has, or of any, whose fields are not told. */
const records: Readonly<Record<string, Type>> = { person: type('record', { object: 'person' }), reference: type('record') }
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const plurals: ReadonlyMap<string, string> = new Map([
  ['numbers', 'number'], ['texts', 'as_text'], ['values', 'any'], ['dates', 'date'], ['date_times', 'date_time'], ['booleans', 'boolean'],
])

type Bound = ReadonlyMap<string, Type>

export interface Call {
  readonly function: Function
  readonly overload: Overload
  readonly places: readonly Parameter[]
  /** Allows no conversion: overloads that need none are tried first. */
  readonly exactly: boolean
  readonly source: string
}

/** The arguments as the overload wants them, and the type of the result. Throws FormulaError. */
export function fit(call: Call, given: readonly Typed[]): readonly [Typed[], Type] {
  const bound = new Map<string, Type>()
  const named = new Set(call.places.map((place) => single(place.pattern)))
  for (const name of ['T', 'U']) {
    if (!named.has(name)) continue
    const binding = given.filter((_, index) => single(call.places[index]?.pattern ?? '') === name)
    bound.set(name, join(binding, call.source))
  }
  const fitted = given.map((argument, index) => fittedTo(call, call.places[index], argument, bound))
  return [fitted, resultOf(call.overload.result, bound, fitted)]
}

/** A written list: its items get one type. Of records only the ids are known then, not their fields. */
export function asItems(node: Items, items: readonly Typed[], source: string): Typed {
  const found = join(items, source)
  const joined = found.kind === 'record' ? type('record') : found
  const fitted = items.map((one) => converted(one, joined) ?? one)
  return typed({ kind: 'items', items: fitted.map(stored), span: node.span }, listOf(joined), { arguments: fitted })
}

function single(pattern: string): string {
  return pattern.replace(/^list /, '')
}

/** The one type all of these can have. Throws FormulaError. */
function join(given: readonly Typed[], source: string): Type {
  let found = NOTHING
  for (const one of given) {
    const item = itemOf(one.type)
    if (item.kind === 'nothing' || equal(item, found)) continue
    const joined: Type | null = found.kind === 'nothing' ? item : two(found, item)
    if (joined === null) {
      const problem = fill(messages.DIFFERENT_TYPES, { first: messages.KINDS[found.kind], second: messages.KINDS[item.kind] })
      throw new FormulaError('different_types', problem, one.node.span, fixOf(one, found, source))
    }
    found = joined
  }
  if (found.kind === 'record') {
    for (const one of given) {
      if (refers(one)) continue
      throw new FormulaError('different_types', fill(messages.DIFFERENT_TYPES, { first: messages.KINDS.record, second: messages.KINDS[one.type.kind] }), one.node.span)
    }
  }
  return found.kind === 'choice' && !given.every(chooses) ? TEXT : found
}

function two(first: Type, second: Type): Type | null {
  const pair = [first.kind, second.kind].sort().join(' ')
  if (pair === 'date date_time') return DATE_TIME
  if (pair === 'choice text') return first.kind === 'choice' ? first : second
  if (pair === 'record text') return first.kind === 'record' ? first : second
  if (pair === 'record record' && (first.object === null || second.object === null)) return type('record')
  return pair === 'choice choice' ? TEXT : null
}

/** Whether it is an option already, or written down so that it can be looked up among them. */
function chooses(one: Typed): boolean {
  if (one.type.kind === 'choice' || one.type.kind === 'nothing' || one.node.kind === 'literal') return true
  return one.node.kind === 'items' && one.arguments.every(chooses)
}

/** Whether it is a record, or the id of one written down. */
function refers(one: Typed): boolean {
  if (one.type.kind === 'record' || one.type.kind === 'nothing') return true
  if (one.node.kind === 'items') return one.arguments.every(refers)
  return one.node.kind === 'literal' && typeof one.node.value === 'string' && uuid.test(one.node.value)
}

/** The type a pattern stands for; null when it takes several. */
function wantedBy(pattern: string, bound: Bound): Type | null {
  const name = single(pattern)
  let found: Type | undefined
  if (variables.has(name)) found = bound.get(name)
  else if (records[name]) found = records[name]
  else if (kindNames.has(name) && name !== 'record' && name !== 'choice') found = type(name as Kind)
  if (!found) return null
  return pattern.startsWith('list ') ? listOf(found) : found
}

function fittedTo(call: Call, place: Parameter | undefined, argument: Typed, bound: Bound): Typed {
  if (!place) throw new TypeError('Every argument has its place.')
  const plural = plurals.get(place.pattern)
  const pattern = plural === undefined ? place.pattern : (argument.type.isList ? 'list ' : '') + plural
  if (pattern === 'anything') return argument
  const wanted = wantedBy(pattern, bound)
  if (wanted === null) {
    const fits = special(pattern, argument)
    if (fits) return fits
  } else if (same(argument.type, wanted)) {
    return ofType(argument, wanted)
  } else {
    const fits = converted(argument, wanted)
    if (fits && (!call.exactly || isFree(argument, wanted))) return fits
  }
  const problem = fill(messages.WRONG_TYPE, {
    name: call.function.name,
    parameter: place.name,
    wanted: patternInWords(pattern, wanted),
    got: inWords(argument.type),
  })
  throw new FormulaError('wrong_type', problem, argument.node.span, fixOf(argument, wanted, call.source))
}

function special(pattern: string, argument: Typed): Typed | null {
  const isList = pattern.startsWith('list ')
  if (argument.type.isList !== isList) return null
  const { kind } = argument.type
  switch (single(pattern)) {
    case 'moment':
      return kind === 'date' || kind === 'date_time' || kind === 'nothing' ? argument : null
    case 'record':
    case 'choice':
      return kind === single(pattern) || kind === 'nothing' ? argument : null
    case 'as_text': {
      const wanted = isList ? listOf(TEXT) : TEXT
      return kind === 'text' || kind === 'nothing' ? ofType(argument, wanted) : conversion(AS_TEXT, argument, wanted)
    }
    case 'any':
      return argument
    default:
      return null
  }
}

function same(got: Type, wanted: Type): boolean {
  if (got.isList !== wanted.isList) return false
  if (got.kind === 'nothing' || wanted.kind === 'nothing' || equal(got, wanted)) return true
  return got.kind === wanted.kind && got.kind !== 'choice' && (wanted.object === null || wanted.object === got.object)
}

/** Nothing, where it stands for a value of some kind, is of that kind; a yes or no is never empty. */
function ofType(argument: Typed, wanted: Type): Typed {
  if (argument.type.kind !== 'nothing' || wanted.kind === 'nothing') return argument
  if (argument.node.kind === 'literal') {
    return typed({ kind: 'literal', value: wanted.kind === 'boolean' ? false : null, span: argument.node.span }, wanted)
  }
  if (argument.node.kind === 'items') {
    return typed(argument.node, wanted, { arguments: argument.arguments.map((one) => ofType(one, itemOf(wanted))) })
  }
  return conversion(AS_NOTHING, argument, wanted)
}

/** Whether the conversion only reads a written option. */
function isFree(argument: Typed, wanted: Type): boolean {
  return (wanted.kind === 'choice' || wanted.kind === 'record') && (argument.node.kind === 'literal' || argument.node.kind === 'items')
}

function converted(argument: Typed, wanted: Type): Typed | null {
  const got = argument.type
  if (same(got, wanted)) return ofType(argument, wanted)
  if (wanted.isList && !got.isList && got.kind !== 'record') {
    const inner = converted(argument, itemOf(wanted))
    if (!inner) return null
    return typed({ kind: 'items', items: [inner.node], span: argument.node.span }, wanted, { arguments: [inner], inner: argument })
  }
  if (got.isList !== wanted.isList) return null
  if (wanted.kind === 'choice') return asChoice(argument, wanted)
  if (wanted.kind === 'record') return asRecord(argument, wanted)
  if (wanted.kind === 'date_time' && got.kind === 'date') return conversion(AS_DATE_TIME, argument, wanted)
  if (wanted.kind === 'text' && got.kind === 'choice') return conversion(AS_TEXT, argument, wanted)
  return null
}

function asChoice(argument: Typed, wanted: Type): Typed | null {
  const { node } = argument
  if (node.kind === 'items') {
    const items = argument.arguments.map((one) => asChoice(one, itemOf(wanted)) ?? one)
    return typed({ kind: 'items', items: items.map(stored), span: node.span }, wanted, { arguments: items })
  }
  if (!wanted.choices || node.kind !== 'literal' || typeof node.value !== 'string') {
    return argument.type.kind === 'nothing' ? argument : null
  }
  const value = optionNamed(node.value, wanted.choices)
  if (value === null) {
    const options = [...wanted.choices.labels.values()].map((labels) => Object.values(labels)[0] ?? '').join('、')
    throw new FormulaError('no_option', fill(messages.NO_OPTION, { value: node.value, options }), node.span)
  }
  return typed({ kind: 'literal', value, span: node.span }, wanted)
}

/** The id of a record, written down. */
function asRecord(argument: Typed, wanted: Type): Typed | null {
  const { node } = argument
  if (!refers(argument)) return null
  if (node.kind === 'items') {
    const items = argument.arguments.map((one) => asRecord(one, itemOf(wanted)) ?? one)
    return typed({ kind: 'items', items: items.map(stored), span: node.span }, wanted, { arguments: items })
  }
  if (node.kind !== 'literal' || typeof node.value !== 'string') return null
  return typed({ kind: 'literal', value: node.value.toLowerCase(), span: node.span }, wanted)
}

/** The value of the option that is written so, or labelled so in any language. */
export function optionNamed(written: string, choices: Choices): string | null {
  if (choices.labels.has(written)) return written
  const folded = caseFolded(written)
  for (const [value, labels] of choices.labels) {
    if (Object.values(labels).some((label) => caseFolded(label) === folded)) return value
  }
  return null
}

/** The same for texts that differ in case only; the dotless ı has no other. */
function caseFolded(text: string): string {
  return Array.from(text, (one) => (one === 'ı' ? one : one.toUpperCase().toLowerCase())).join('')
}

function resultOf(pattern: string, bound: Bound, fitted: readonly Typed[]): Type {
  const found = pattern === 'same' ? fitted[0]?.type : wantedBy(pattern, bound)
  if (!found) throw new TypeError(`The result '${pattern}' is no type.`)
  return found
}

export function inWords(one: Type): Text {
  const kind = messages.KINDS[one.kind]
  return one.isList ? fill(messages.LISTS, { kind }) : kind
}

function patternInWords(pattern: string, wanted: Type | null): Text {
  if (wanted) return inWords(wanted)
  const words: Readonly<Record<string, Text>> = { moment: messages.MOMENT, as_text: messages.KINDS.text, record: messages.KINDS.record, choice: messages.KINDS.choice }
  const kind = words[single(pattern)] ?? messages.ANY
  return pattern.startsWith('list ') ? fill(messages.LISTS, { kind }) : kind
}

const plainNumber = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/

/** A call to put around an argument so that it fits. */
function fixOf(argument: Typed, wanted: Type | null, source: string): Fix | null {
  const { span } = argument.node
  const written = slice(source, ...span)
  if (!written || !wanted) return null
  const got = argument.type
  if (got.isList && !wanted.isList) {
    return got.kind === 'number' && wanted.kind === 'number'
      ? { label: messages.SUM_LIST, span, replacement: `SUM(${written})` }
      : { label: messages.FIRST_OF_LIST, span, replacement: `FIRST(${written})` }
  }
  if (got.kind === 'text' && wanted.kind === 'number') {
    if (argument.node.kind !== 'literal') return { label: messages.READ_AS_NUMBER, span, replacement: `VALUE(${written})` }
    const plain = written.replace(/^["“”]+|["“”]+$/g, '')
    return plainNumber.test(plain) ? { label: messages.READ_AS_NUMBER, span, replacement: plain } : null
  }
  if (got.kind === 'text' && (wanted.kind === 'date' || wanted.kind === 'date_time')) {
    return { label: messages.READ_AS_DATE, span, replacement: `TODATE(${written})` }
  }
  return wanted.kind === 'text' && !got.isList ? { label: messages.WRITE_AS_TEXT, span, replacement: `TEXT(${written})` } : null
}
