/** Finds what a regular expression matches, in time that grows with the text and never explodes.
 *
 * The places of the expression are the states (Glushkov's automaton); sets of them are the bits of a number. */
import type { Branch, Range, Regex } from './regex-syntax.ts'
import { last as lastCode, readRegex } from './regex-syntax.ts'

/** Sets of states remembered; when there are more, all are forgotten. */
const mostSets = 20_000

/** Whether it matches nothing too, with which places it begins, and with which it ends. */
interface Shape {
  readonly isNothing: boolean
  readonly first: bigint
  readonly last: bigint
}

/** From its first character to the one after the last. */
export type Match = readonly [number, number]

/** The places of an expression: what each matches, and which may follow which. */
class Places {
  private readonly sets: (readonly Range[])[] = []
  private readonly followers: bigint[] = []
  private readonly leaders: bigint[] = []
  private readonly found = new Map<string, bigint>()
  private readonly knownAfter = new Map<bigint, bigint>()
  private readonly knownBefore = new Map<bigint, bigint>()

  add(regex: Regex): Shape {
    switch (regex.kind) {
      case 'some': {
        const bit = 1n << BigInt(this.sets.length)
        this.sets.push(regex.ranges)
        this.followers.push(0n)
        this.leaders.push(0n)
        return { isNothing: false, first: bit, last: bit }
      }
      case 'group':
        return this.add(regex.part)
      case 'row':
        return this.row(regex.parts.map((one) => this.add(one)))
      case 'either':
        return either(regex.parts.map((one) => this.add(one)))
      case 'times':
        return this.times(regex.part, regex.least, regex.most)
    }
  }

  /** The places this character can stand at. */
  matching(character: string): bigint {
    const known = this.found.get(character)
    if (known !== undefined) return known
    const code = character.codePointAt(0) ?? 0
    let found = 0n
    this.sets.forEach((ranges, place) => {
      if (ranges.some(([first, last]) => first <= code && code <= last)) found |= 1n << BigInt(place)
    })
    this.found.set(character, found)
    return found
  }

  after(places: bigint): bigint {
    return union(places, this.followers, this.knownAfter)
  }

  before(places: bigint): bigint {
    return union(places, this.leaders, this.knownBefore)
  }

  get size(): number {
    return this.sets.length
  }

  /** The places that some character can stand at, for each kind of character there is. */
  kinds(): bigint[] {
    const starts = new Set([0, ...this.sets.flatMap((ranges) => ranges.flatMap(([first, end]) => [first, end + 1]))])
    const found = new Set([...starts].filter((one) => one <= lastCode).map((one) => this.matching(String.fromCodePoint(one))))
    return [...found].filter((one) => one > 0n)
  }

  /** Ways from place to place, each kind of character by itself. */
  arcs(kinds: readonly bigint[]): number {
    const standing = kinds.map(bits)
    const often = this.sets.map(() => 0)
    for (const places of standing) for (const place of places) often[place] = (often[place] ?? 0) + 1
    return this.leaders.reduce((sum, leaders, place) => sum + bits(leaders).length * (often[place] ?? 0), 0)
  }

  /** Repetitions written out, the last one going round when there is no end. */
  private times(part: Regex, least: number, most: number | null): Shape {
    const shapes = Array.from({ length: most === null ? Math.max(least, 1) : least }, () => this.add(part))
    if (most !== null) {
      const more = Array.from({ length: most - least }, () => this.add(part))
      return this.row(more.length > 0 ? [...shapes, this.options(more)] : shapes)
    }
    const round = shapes[shapes.length - 1]
    if (!round) throw new TypeError('Something is repeated at least once.')
    this.link(round.last, round.first)
    return least === 0 ? { ...round, isNothing: true } : this.row(shapes)
  }

  /** Up to so many of the same, each only behind the one before; behind any where they may be nothing. */
  private options(shapes: readonly Shape[]): Shape {
    const [first] = shapes
    if (!first || first.isNothing) return this.row(shapes)
    shapes.slice(1).forEach((one, place) => this.link(shapes[place]?.last ?? 0n, one.first))
    return { isNothing: true, first: first.first, last: either(shapes).last }
  }

  private row(shapes: readonly Shape[]): Shape {
    let isNothing = true
    let first = 0n
    let last = 0n
    for (const one of shapes) {
      this.link(last, one.first)
      if (isNothing) first |= one.first
      last = one.isNothing ? last | one.last : one.last
      isNothing &&= one.isNothing
    }
    return { isNothing, first, last }
  }

  private link(before: bigint, after: bigint): void {
    for (const place of bits(before)) this.followers[place] = (this.followers[place] ?? 0n) | after
    for (const place of bits(after)) this.leaders[place] = (this.leaders[place] ?? 0n) | before
  }
}

/** A part of an expression that is matched by itself. */
class Piece {
  readonly number: number | null
  private readonly places = new Places()
  private readonly shape: Shape

  constructor(regex: Regex, number: number | null) {
    this.number = number
    this.shape = this.places.add(regex)
  }

  /** The places from `start` on from which it can reach one of these ends. */
  starts(text: readonly string[], start: number, ends: ReadonlySet<number>): Set<number> {
    const found = new Set(this.shape.isNothing ? ends : [])
    let active = 0n
    for (let place = Math.max(start, ...ends) - 1; place >= start; place -= 1) {
      active = this.places.before(active) | (ends.has(place + 1) ? this.shape.last : 0n)
      active &= this.places.matching(text[place] ?? '')
      if (active & this.shape.first) found.add(place)
    }
    return found
  }

  /** The last of these ends it can reach. */
  farthest(text: readonly string[], start: number, ends: ReadonlySet<number>): number {
    let found = start
    let possible = this.shape.first
    for (let place = start; place < text.length; place += 1) {
      const active = possible & this.places.matching(text[place] ?? '')
      if (active & this.shape.last && ends.has(place + 1)) found = place + 1
      if (!active) break
      possible = this.places.after(active)
    }
    return found
  }
}

/** An expression ready to be looked for. */
export class Automaton {
  readonly mayBeNothing: boolean
  readonly places = new Places()
  private readonly branches: readonly (Branch & { readonly shape: Shape })[]
  /** All of it, what may begin anywhere, and what may end anywhere. */
  private readonly all: Shape
  private readonly begins: Shape
  private readonly ends: Shape

  constructor(branches: readonly Branch[]) {
    this.branches = branches.map((one) => ({ ...one, shape: this.places.add(one.row) }))
    this.all = either(this.branches.map((one) => one.shape))
    this.begins = either(this.branches.filter((one) => !one.atStart).map((one) => one.shape))
    this.ends = either(this.branches.filter((one) => !one.atEnd).map((one) => one.shape))
    this.mayBeNothing = this.all.isNothing
  }

  /** The places a match may begin with: behind the start of the text, and at it. */
  get beginnings(): readonly [bigint, bigint] {
    return [this.begins.first, this.all.first]
  }

  /** All places from which something matches, the last first. */
  starts(text: readonly string[]): number[] {
    const found = this.isNothingAt(text.length, text) ? [text.length] : []
    let active = 0n
    for (let place = text.length - 1; place >= 0; place -= 1) {
      active = (this.places.before(active) | this.lasts(place + 1, text)) & this.places.matching(text[place] ?? '')
      if (active & this.firsts(place) || this.isNothingAt(place, text)) found.push(place)
    }
    return found
  }

  /** From the left, the longest at each place, none reaching into another. */
  *matches(text: readonly string[]): Generator<Match> {
    const fruitless = text.map(() => new Set<bigint>())
    let done = 0
    for (const start of this.starts(text).reverse()) {
      if (start < done) continue
      done = this.longest(text, start, fruitless)
      yield [start, done]
    }
  }

  /** Where the longest match from here on ends. Ways that led nowhere once are not gone again from another start. */
  private longest(text: readonly string[], start: number, fruitless: readonly Set<bigint>[]): number {
    let end = start
    let possible = this.firsts(start)
    let gone: bigint[] = []
    for (let place = start; place < text.length && !fruitless[place]?.has(possible); place += 1) {
      gone.push(possible)
      const active = possible & this.places.matching(text[place] ?? '')
      if (active & this.lasts(place + 1, text)) {
        end = place + 1
        gone = []
      }
      if (!active) break
      possible = this.places.after(active)
    }
    gone.forEach((one, passed) => fruitless[end + passed]?.add(one))
    return end
  }

  private firsts(place: number): bigint {
    return place === 0 ? this.all.first : this.begins.first
  }

  private lasts(place: number, text: readonly string[]): bigint {
    return place === text.length ? this.all.last : this.ends.last
  }

  private isNothingAt(place: number, text: readonly string[]): boolean {
    return this.branches.some(
      ({ shape, atStart, atEnd }) => shape.isNothing && !(atStart && place > 0) && !(atEnd && place < text.length),
    )
  }
}

/** The groups of an expression that are asked for, each as long as it can be, the first ones first. */
class Parts {
  private readonly pieces: readonly Piece[]

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces
  }

  /** By their numbers, in a match that is known. */
  of(text: readonly string[], [start, end]: Match): Map<number, string> {
    const ends: ReadonlySet<number>[] = [new Set([end])]
    for (const piece of this.pieces.slice(1).reverse()) ends.unshift(piece.starts(text, start, ends[0] ?? new Set()))
    const found = new Map<number, string>()
    let from = start
    this.pieces.forEach((piece, index) => {
      const reached = piece.farthest(text, from, ends[index] ?? new Set())
      if (piece.number !== null) found.set(piece.number, text.slice(from, reached).join(''))
      from = reached
    })
    return found
  }
}

const automata = new Map<string, Automaton>()

/** Throws RegexError. */
export function automaton(written: string): Automaton {
  let found = automata.get(written)
  if (!found) automata.set(written, (found = new Automaton(readRegex(written))))
  return found
}

const partsOf = new Map<string, Parts>()

/** For groups that `groupsOf` knows. */
export function parts(written: string, wanted: readonly number[]): Parts {
  const key = `${wanted.join(' ')} ${written}`
  let found = partsOf.get(key)
  if (!found) partsOf.set(key, (found = new Parts(pieces(written, wanted))))
  return found
}

function pieces(written: string, wanted: readonly number[]): Piece[] {
  const found: Piece[] = []
  let plain: Regex[] = []
  const close = () => {
    if (plain.length > 0) found.push(new Piece({ kind: 'row', parts: plain }, null))
    plain = []
  }
  for (const one of readRegex(written)[0]?.row.parts ?? []) {
    if (one.kind === 'group' && one.number !== null && wanted.includes(one.number)) {
      close()
      found.push(new Piece(one, one.number))
    } else plain.push(one)
  }
  close()
  return found
}

/** The groups there is exactly one of in every match: not repeated, no alternatives, in no other. */
export function groupsOf([first, ...more]: readonly Branch[]): number[] {
  if (!first || more.length > 0) return []
  return first.row.parts.flatMap((one) => (one.kind === 'group' && one.number !== null ? [one.number] : []))
}

function either(shapes: readonly Shape[]): Shape {
  return {
    isNothing: shapes.some((one) => one.isNothing),
    first: shapes.reduce((found, one) => found | one.first, 0n),
    last: shapes.reduce((found, one) => found | one.last, 0n),
  }
}

function bits(number: bigint): number[] {
  const found: number[] = []
  const written = number.toString(2)
  for (let place = 0; place < written.length; place += 1) {
    if (written.charCodeAt(written.length - 1 - place) === 49) found.push(place)
  }
  return found
}

function union(places: bigint, neighbours: readonly bigint[], known: Map<bigint, bigint>): bigint {
  let found = known.get(places)
  if (found === undefined) {
    found = bits(places).reduce((sum, place) => sum | (neighbours[place] ?? 0n), 0n)
    if (known.size >= mostSets) known.clear()
    known.set(places, found)
  }
  return found
}
