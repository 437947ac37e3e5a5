/** The words of a formula that may not be finished: what is drawn and completed while it is typed. Places are UTF-16 units. */

export interface Part {
  readonly kind: 'field' | 'text' | 'number' | 'comment' | 'call' | 'name' | 'sign'
  readonly from: number
  readonly to: number
  readonly text: string
}

const words = new RegExp(
  [
    '(?<comment>//[^\\n]*|/\\*[^]*?(?:\\*/|$))',
    '(?<text>["“”＂](?:[^"“”＂]|["“”＂]{2})*(?:["“”＂]|$))',
    '(?<field>[{｛][^{}｛｝\\n]*[}｝])',
    '(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)',
    '(?<call>[\\p{L}_][\\p{L}\\p{N}_]*(?=\\s*[(（]))',
    '(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)',
    '(?<sign>==|!=|<>|<=|>=|&&|\\|\\||\\S)',
  ].join('|'),
  'gu',
)

export function partsOf(text: string): Part[] {
  return [...text.matchAll(words)].map((match) => {
    const [kind] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? ['sign']
    return { kind: kind as Part['kind'], from: match.index, to: match.index + match[0].length, text: match[0] }
  })
}

/** The names within braces. */
export function namesIn(field: string): string[] {
  return field.replace(/^[{｛]|[}｝]$/g, '').split('.').map((one) => one.trim())
}

export interface CallAround {
  readonly function: string
  /** Which argument the place is in. */
  readonly argument: number
  readonly from: number
}

const opening = /^[([（［]$/
const closing = /^[)\]）］]$/
const comma = /^[,，]$/

/** The innermost call a place stands in. */
export function callAround(parts: readonly Part[], place: number): CallAround | null {
  const open: { call: Part | null; argument: number }[] = []
  let before: Part | null = null
  for (const part of parts) {
    if (part.from >= place) break
    const top = open.at(-1)
    if (part.kind === 'sign' && opening.test(part.text)) open.push({ call: before?.kind === 'call' ? before : null, argument: 0 })
    else if (part.kind === 'sign' && closing.test(part.text)) open.pop()
    else if (part.kind === 'sign' && comma.test(part.text) && top) top.argument += 1
    before = part
  }
  const found = open.findLast((one) => one.call)
  return found?.call ? { function: found.call.text, argument: found.argument, from: found.call.from } : null
}
