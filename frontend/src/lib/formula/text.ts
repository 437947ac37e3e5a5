/** Texts in the product's two languages, and text by characters: by code points, as the server counts them. */

export interface Text {
  readonly zh: string
  readonly en: string
}

/** First character and the one after the last, in code points. */
export type Span = readonly [number, number]
export const nowhere: Span = [0, 0]

/** The sentence with its `{places}` filled; doubled braces stand for one. */
export function fill(text: Text, values: Readonly<Record<string, string | number | Text>>): Text {
  return { zh: filled(text.zh, values, 'zh'), en: filled(text.en, values, 'en') }
}

function filled(template: string, values: Readonly<Record<string, string | number | Text>>, language: 'zh' | 'en'): string {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (whole: string, name: string | undefined) => {
    if (name === undefined) return whole.charAt(0)
    const value = values[name] ?? ''
    return typeof value === 'object' ? value[language] : String(value)
  })
}

const surrogate = /[\ud800-\udfff]/

/** How many characters. */
export function length(text: string): number {
  return surrogate.test(text) ? Array.from(text).length : text.length
}

/** The characters from `start` up to `end`; places beyond the text are its end. */
export function slice(text: string, start: number, end?: number): string {
  if (!surrogate.test(text)) return text.slice(start, end)
  return Array.from(text).slice(start, end).join('')
}

/** A place counted in UTF-16 units, counted in characters. */
export function placesIn(text: string): (unit: number) => number {
  if (!surrogate.test(text)) return (unit) => unit
  const places: number[] = []
  let count = 0
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit += 1) places.push(count)
    count += 1
  }
  return (unit) => places[unit] ?? count
}

/** A place counted in characters, counted in UTF-16 units. */
export function unitAt(text: string, place: number): number {
  return surrogate.test(text) ? slice(text, 0, place).length : Math.min(place, text.length)
}

/** Less than 0, 0 or more than 0: the order of code points, which the units of UTF-16 keep but for the last planes. */
export function compare(first: string, second: string): number {
  if (first === second) return 0
  const shorter = Math.min(first.length, second.length)
  for (let place = 0; place < shorter; place += 1) {
    const one = first.charCodeAt(place)
    const other = second.charCodeAt(place)
    if (one !== other) return raised(one) - raised(other)
  }
  return first.length - second.length
}

/** Surrogates above all other units. */
function raised(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

/** Characters without a breadth, as the server knows them. */
export const blanks = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const around = new RegExp(`^[${blanks}]+|[${blanks}]+$`, 'g')

/** Without blanks at the ends. */
export function stripped(text: string): string {
  return text.replace(around, '')
}
