/** Texts that are shown as links. They are kept as `[words](address)`. */
import { noValue } from '../errors.ts'
import type { Implementations } from '../function.ts'
import { isAddress } from '../link-text.ts'

type Characters = string | null

const insteadOfBracket = (bracket: string) => (bracket === '[' ? '［' : '］')

function linked(address: Characters, words: Characters = null): Characters {
  if (!address) return words
  if (!isAddress(address)) throw noValue('not_readable')
  if (!words) return address
  return `[${words.replace(/[[\]]/g, insteadOfBracket)}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`
}

export const links: Implementations = { HYPERLINK: linked }
