/** Regular expressions: the part of them that means the same everywhere, read into a tree.
 *
 * Of the texts that match from one place on, the longest is taken, as POSIX and PostgreSQL have it. */
import { FormulaError } from './errors.ts'
import messages from './messages.json' with { type: 'json' }
import type { Span, Text } from './text.ts'
import { fill } from './text.ts'

export const last = 0x10ffff
const mostSigns = 500
const mostTimes = 255
/** Characters of text the tree may speak of, repetitions written out. */
const mostPlaces = 300
const mostDepth = 20

export type Range = readonly [number, number]

/** `some`: one character out of these, in order and apart; `times`: without end when `most` is null. */
export type Regex =
  | { readonly kind: 'some'; readonly ranges: readonly Range[] }
  | { readonly kind: 'row'; readonly parts: readonly Regex[] }
  | { readonly kind: 'either'; readonly parts: readonly Regex[] }
  | { readonly kind: 'times'; readonly part: Regex; readonly least: number; readonly most: number | null }
  | { readonly kind: 'group'; readonly part: Regex; readonly number: number | null }

type Some = Extract<Regex, { kind: 'some' }>
type Row = Extract<Regex, { kind: 'row' }>
/** How often at least and at most; null: without end. */
type Counts = readonly [number, number | null]

/** An alternative of the whole: what it matches, and whether only at the ends of the text. */
export interface Branch {
  readonly row: Row
  readonly atStart: boolean
  readonly atEnd: boolean
}

/** Where a regular expression is wrong, counted from 0, and why. */
export class RegexError extends Error {
  readonly place: number
  readonly reason: Text

  constructor(place: number, reason: Text) {
    super(reason.en)
    this.place = place
    this.reason = reason
  }

  /** As an error about the text that stands there in a formula. */
  at([start, end]: Span, written: string): FormulaError {
    const length = Array.from(written).length
    // With doubled quotes or escapes the places inside are not known.
    const inside = end - start === length + 2 && this.place < length
    const span: Span = inside ? [start + 1 + this.place, start + 2 + this.place] : [start, end]
    return new FormulaError('no_regex', fill(messages.NO_REGEX, { place: this.place + 1, reason: this.reason }), span)
  }
}

const known = new Map<string, readonly Branch[]>()

/** Throws RegexError. */
export function readRegex(written: string): readonly Branch[] {
  let found = known.get(written)
  if (!found) known.set(written, (found = new Reader(written).whole()))
  return found
}

/** In order, those that touch as one. */
function joined(ranges: readonly Range[]): Range[] {
  const found: Range[] = []
  for (const [first, end] of [...ranges].sort(([one, a], [other, b]) => one - other || a - b)) {
    const before = found[found.length - 1]
    if (before && first <= before[1] + 1) found[found.length - 1] = [before[0], Math.max(before[1], end)]
    else found.push([first, end])
  }
  return found
}

/** All characters but these. */
function others(ranges: readonly Range[]): Range[] {
  const found: Range[] = []
  let start = 0
  for (const [first, end] of ranges) {
    if (first > start) found.push([start, first - 1])
    start = end + 1
  }
  return start <= last ? [...found, [start, last]] : found
}

const digits: readonly Range[] = [[48, 57]]
const word: readonly Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]
const blanks: readonly Range[] = [
  [9, 13],
  [28, 32],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
]
const classes = new Map([
  ['d', digits],
  ['D', others(digits)],
  ['w', word],
  ['W', others(word)],
  ['s', blanks],
  ['S', others(blanks)],
])
const controls = new Map([
  ['t', 9],
  ['n', 10],
  ['r', 13],
])
const signs = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ '
const upToThreeDigits = /^[0-9]{1,3}$/

class Reader {
  private readonly written: readonly string[]
  private place = 0
  private groups = 0
  private depth = 0
  private anyCase = false

  constructor(written: string) {
    this.written = Array.from(written)
  }

  whole(): Branch[] {
    if (this.written.length > mostSigns) throw new RegexError(mostSigns, messages.TOO_LARGE)
    if (this.ahead(4) === '(?i)') {
      this.anyCase = true
      this.place = 4
    }
    const branches = [this.branch()]
    while (this.took('|')) branches.push(this.branch())
    if (this.place < this.written.length) throw new RegexError(this.place, fill(messages.BARE_SIGN, { sign: this.now }))
    if (branches.reduce((sum, one) => sum + placesIn(one.row), 0) > mostPlaces) throw new RegexError(0, messages.TOO_LARGE)
    return branches
  }

  private branch(): Branch {
    const atStart = this.took('^')
    const row = this.row(true)
    const atEnd = this.took('$')
    if (row.parts.length === 0 && !atStart && !atEnd) throw new RegexError(this.place, messages.NOTHING_HERE)
    if (this.now && !'|)'.includes(this.now)) throw new RegexError(this.place, messages.NOT_HERE)
    return { row, atStart, atEnd }
  }

  private row(mayBeEmpty: boolean): Row {
    const parts: Regex[] = []
    while (this.now && !'|)$'.includes(this.now)) parts.push(this.repeated(this.one()))
    if (parts.length === 0 && !mayBeEmpty) {
      throw new RegexError(this.place, this.now === '$' ? messages.NOT_HERE : messages.NOTHING_HERE)
    }
    return { kind: 'row', parts }
  }

  private one(): Regex {
    const sign = this.now
    const at = this.place
    if (sign === '(') return this.group()
    this.place += 1
    if (sign === '[') return this.set(at)
    if (sign === '.') return { kind: 'some', ranges: [[0, last]] }
    if (sign === '\\') return this.some(this.escaped())
    if ('*+?'.includes(sign)) throw new RegexError(at, messages.NOTHING_TO_REPEAT)
    if (sign === '^') throw new RegexError(at, messages.NOT_HERE)
    if ('{}]'.includes(sign)) throw new RegexError(at, fill(messages.BARE_SIGN, { sign }))
    return this.some([only(code(sign))])
  }

  private group(): Regex {
    const at = this.place
    let number: number | null = null
    this.place += 1
    this.depth += 1
    if (this.depth > mostDepth) throw new RegexError(at, messages.TOO_LARGE)
    if (this.took('?')) {
      if (!this.took(':')) throw new RegexError(at, messages.NO_SPECIAL_GROUP)
    } else {
      this.groups += 1
      number = this.groups
    }
    const first = this.row(false)
    const parts: Regex[] = [first]
    while (this.took('|')) parts.push(this.row(false))
    if (this.now === '$') throw new RegexError(this.place, messages.NOT_HERE)
    if (!this.took(')')) throw new RegexError(this.place, messages.REGEX_ENDS)
    this.depth -= 1
    return { kind: 'group', part: parts.length === 1 ? first : { kind: 'either', parts }, number }
  }

  private repeated(part: Regex): Regex {
    const at = this.place
    let counts: Counts
    if (this.took('*')) counts = [0, null]
    else if (this.took('+')) counts = [1, null]
    else if (this.took('?')) counts = [0, 1]
    else if (this.took('{')) counts = this.counted(at)
    else return part
    if (this.now && '*+?{'.includes(this.now)) throw new RegexError(this.place, messages.NOT_LAZY)
    return times(part, counts)
  }

  private counted(at: number): Counts {
    const end = this.written.indexOf('}', this.place)
    const inside = this.written.slice(this.place, Math.max(end, 0)).join('')
    const comma = inside.indexOf(',')
    const written = comma < 0 ? inside : inside.slice(0, comma)
    const more = comma < 0 ? '' : inside.slice(comma + 1)
    if (end < 0 || !upToThreeDigits.test(written) || (more && !upToThreeDigits.test(more))) {
      throw new RegexError(at, messages.WRONG_COUNT)
    }
    this.place = end + 1
    const least = Number(written)
    let most: number | null = least
    if (comma >= 0) most = more ? Number(more) : null
    const largest = most ?? least
    const isFine = (largest >= 1 && largest <= mostTimes) || (most === null && largest === 0)
    if (!isFine || least > largest) throw new RegexError(at, messages.WRONG_COUNT)
    return [least, most]
  }

  private set(at: number): Some {
    const isNegated = this.took('^')
    const found: Range[] = []
    while (this.now !== ']') found.push(...this.item())
    if (found.length === 0) throw new RegexError(at, messages.NOTHING_HERE)
    this.place += 1
    const { ranges } = this.some(joined(found))
    return { kind: 'some', ranges: isNegated ? others(ranges) : ranges }
  }

  private item(): readonly Range[] {
    const at = this.place
    const first = this.character()
    const rest = this.ahead(2)
    const start = single(first)
    if (!rest.startsWith('-') || rest === '-]' || start === null) return first
    this.place += 1
    const end = single(this.character())
    if (end === null || end < start) throw new RegexError(at, messages.WRONG_RANGE)
    return [[start, end]]
  }

  private character(): readonly Range[] {
    const sign = this.now
    if (!sign) throw new RegexError(this.place, messages.REGEX_ENDS)
    if (sign === '[') throw new RegexError(this.place, fill(messages.BARE_SIGN, { sign }))
    this.place += 1
    return sign === '\\' ? this.escaped() : [only(code(sign))]
  }

  private escaped(): readonly Range[] {
    const sign = this.now
    if (!sign) throw new RegexError(this.place, messages.REGEX_ENDS)
    this.place += 1
    const ranges = classes.get(sign)
    if (ranges) return ranges
    const control = controls.get(sign)
    if (control !== undefined) return [only(control)]
    if (signs.includes(sign)) return [only(code(sign))]
    const written = this.ahead(4)
    if (sign === 'u' && /^[0-9a-fA-F]{4}$/.test(written)) {
      this.place += 4
      return [only(Number.parseInt(written, 16))]
    }
    throw new RegexError(this.place - 1, fill(messages.NO_ESCAPE, { sign }))
  }

  /** In both cases where case does not count; for the letters of ASCII. */
  private some(ranges: readonly Range[]): Some {
    if (!this.anyCase) return { kind: 'some', ranges }
    const found = [...ranges]
    for (const [first, end] of ranges) {
      for (const [start, stop, step] of [[65, 90, 32] as const, [97, 122, -32] as const]) {
        const low = Math.max(first, start)
        const high = Math.min(end, stop)
        if (low <= high) found.push([low + step, high + step])
      }
    }
    return { kind: 'some', ranges: joined(found) }
  }

  private get now(): string {
    return this.written[this.place] ?? ''
  }

  private ahead(count: number): string {
    return this.written.slice(this.place, this.place + count).join('')
  }

  private took(sign: string): boolean {
    if (this.now !== sign) return false
    this.place += 1
    return true
  }
}

function code(sign: string): number {
  return sign.codePointAt(0) ?? 0
}

function only(one: number): Range {
  return [one, one]
}

function single([first, ...more]: readonly Range[]): number | null {
  return first && more.length === 0 && first[0] === first[1] ? first[0] : null
}

/** What may be nothing is repeated as if it were something: engines take long over options in options. */
function times(part: Regex, [least, most]: Counts): Regex {
  const some = mayBeNothing(part) ? something(part) : null
  return some ? { kind: 'times', part: some, least: 0, most } : { kind: 'times', part, least, most }
}

/** Whether it matches the empty text too. */
function mayBeNothing(regex: Regex): boolean {
  switch (regex.kind) {
    case 'some':
      return false
    case 'times':
      return regex.least === 0 || mayBeNothing(regex.part)
    case 'group':
      return mayBeNothing(regex.part)
    case 'row':
      return regex.parts.every(mayBeNothing)
    case 'either':
      return regex.parts.some(mayBeNothing)
  }
}

/** The same without the empty text; null where that would have to be written out. */
function something(regex: Regex): Regex | null {
  if (!mayBeNothing(regex)) return regex
  switch (regex.kind) {
    case 'times':
      return mayBeNothing(regex.part) ? null : { ...regex, least: 1 }
    case 'group': {
      const part = something(regex.part)
      return part && { ...regex, part }
    }
    case 'either': {
      const parts = regex.parts.map(something).filter((one) => one !== null)
      return parts.length === regex.parts.length ? { kind: 'either', parts } : null
    }
    case 'row':
      return regex.parts.length === 1 && regex.parts[0] ? something(regex.parts[0]) : null
    default:
      return null
  }
}

/** How many characters it speaks of, repetitions written out. */
function placesIn(regex: Regex): number {
  switch (regex.kind) {
    case 'some':
      return 1
    case 'times':
      return placesIn(regex.part) * (regex.most ?? Math.max(regex.least, 1))
    case 'group':
      return placesIn(regex.part)
    default:
      return regex.parts.reduce((sum, one) => sum + placesIn(one), 0)
  }
}
