/** How Chinese is read: characters by their most usual reading, phrases as they are spoken. Only the server has the table; pages ask it. */
import { noValue } from './errors.ts'

const longestPhrase = 4

let known: ReadonlyMap<string, string> | null = null

export function learnReadings(readings: Readonly<Record<string, string>>): void {
  known = new Map(Object.entries(readings))
}

/** The text with its Chinese as syllables with blanks between them, or as their first letters; the rest as it is. */
export function spoken(text: string, initials: boolean): string {
  const characters = Array.from(text)
  let found = ''
  let isBehind = false
  for (let place = 0; place < characters.length; ) {
    let size = longestPhrase
    let said: string | undefined
    for (; size > 0 && said === undefined; size -= said === undefined ? 1 : 0) said = reading(characters.slice(place, place + size).join(''))
    if (said === undefined) found += characters[place]
    else if (initials) found += said.split(' ').map((one) => one.charAt(0)).join('')
    else found += `${isBehind ? ' ' : ''}${said}`
    isBehind = said !== undefined
    place += Math.max(size, 1)
  }
  return found
}

function reading(word: string): string | undefined {
  if (/^[\0-\x7f]*$/.test(word)) return undefined
  if (known === null) throw noValue('not_readable')
  return known.get(word)
}
