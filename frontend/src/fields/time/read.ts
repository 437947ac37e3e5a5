/** Reads an hour of the day as people type it; the twin of the server's reading. */
const shape = /^(上午|下午|中午|晚上|凌晨|早上)?\s*(\d{1,2})(?:[:.时点](\d{1,2})?分?(?:[:.]?(\d{1,2})(?:\.0+)?秒?)?)?\s*([ap]\.?m\.?)?$/i
const afternoon: ReadonlySet<string> = new Set(['下午', '晚上', '中午', 'p'])
const beforeNoon: ReadonlySet<string> = new Set(['a', '凌晨', '上午'])

/** `HH:MM`, or `HH:MM:SS` with seconds; null when it is no time. */
export function readTime(text: string, withSeconds: boolean): string | null {
  const plain = text.normalize('NFKC').trim()
  const match = shape.exec(plain)
  if (!match || !/[:.时点ap]/i.test(plain)) return null
  const [, word, hours, minutes = '0', seconds = '0', half = ''] = match
  let hour = Number(hours)
  const part = word ?? half.slice(0, 1).toLowerCase()
  if (half && hour > 12) return null
  if (afternoon.has(part) && hour < 12 && !(part === '中午' && hour >= 10)) hour += 12
  else if (beforeNoon.has(part) && hour === 12) hour = 0
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const two = (figure: number | string): string => String(figure).padStart(2, '0')
  return `${two(hour)}:${two(minutes)}${withSeconds ? `:${two(seconds)}` : ''}`
}
