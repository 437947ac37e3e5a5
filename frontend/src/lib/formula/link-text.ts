/** Links in what formulas come to: `[words](address)`, or an address alone. */

/** Of the web or of mail; no blanks and nothing that is not seen, no quotes, no `<>\`. The server has the same. */
const address =
  /^(?:https?:\/\/|mailto:)[^\u0001-\u0020<>"\\\u007f-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+$/i
const linked = /^\[([^[\]]+)\]\(([^()]+)\)$/

export interface LinkText {
  readonly words: string
  readonly href: string
}

export function isAddress(text: string): boolean {
  return address.test(text)
}

/** The link a text is; null for plain text. Nothing but http, https and mailto is ever one. */
export function linkIn(text: string): LinkText | null {
  const [, words = text, href = text] = linked.exec(text) ?? []
  return isAddress(href) ? { words, href } : null
}
