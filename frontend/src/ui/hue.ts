/** The twelve chip hues, and which one somebody or something without a chosen hue wears. */
import { hues } from './tokens'
import type { Hue } from './tokens'

export type { Hue }

export function asHue(name: string | null | undefined): Hue {
  return hues.find((hue) => hue === name) ?? 'grey'
}

/** The same text always wears the same hue; grey is left to things that have none. */
export function hueFor(text: string): Hue {
  let sum = 0
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return hues[1 + (sum % (hues.length - 1))] ?? 'teal'
}
