/** An address as it is kept: `310115 上海市浦东新区 世纪大道 100 号`; without a region the street alone. */

export interface Parts {
  code: string
  region: string
  street: string
}

export function partsOf(value: string): Parts {
  const match = /^(\d{6}) (\S+)(?: (.*))?$/s.exec(value)
  return match ? { code: match[1] ?? '', region: match[2] ?? '', street: match[3] ?? '' } : { code: '', region: '', street: value }
}

export function written({ code, region, street }: Parts): string | null {
  const text = [code, region, street].filter((part) => part !== '').join(' ')
  return text === '' ? null : text
}

export function wordsOf(value: string): string {
  const { region, street } = partsOf(value)
  return [region, street].filter((part) => part !== '').join(' ')
}

/** The address after its words were edited: the region stays while they still begin with it; else the server looks for one. */
export function edited(before: string | null, words: string): string | null {
  const { code, region } = partsOf(before ?? '')
  if (code !== '' && words.startsWith(region)) return written({ code, region, street: words.slice(region.length).trimStart() })
  return words === '' ? null : words
}
