/** Reads days and moments as people type them: `2026-3-1`, `3/1`, `2026年3月1日`, `今天`, `+3`. */
import { isoDate } from './format'

const words: Readonly<Record<string, number>> = {
  今天: 0, 今日: 0, today: 0, 明天: 1, tomorrow: 1, 后天: 2, 昨天: -1, yesterday: -1, 前天: -2,
}

function shifted(today: Date, days: number): string {
  return isoDate(new Date(today.getFullYear(), today.getMonth(), today.getDate() + days))
}

function day(year: number, month: number, date: number): string | null {
  const made = new Date(2000, month - 1, date)
  made.setFullYear(year)
  return made.getFullYear() === year && made.getMonth() === month - 1 && made.getDate() === date ? isoDate(made) : null
}

/** The day as `YYYY-MM-DD`; null when it is none. A day without a year is one of this year. */
export function parseDay(text: string, today: Date = new Date()): string | null {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  const word = words[plain]
  if (word !== undefined) return shifted(today, word)
  const ahead = /^([+-]\d{1,4})(天|d)?$/.exec(plain)
  if (ahead) return shifted(today, Number(ahead[1]))
  const joined = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  const whole = joined ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  if (whole) return day(Number(whole[1]), Number(whole[2]), Number(whole[3]))
  const short = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  return short ? day(today.getFullYear(), Number(short[1]), Number(short[2])) : null
}

/** The moment as ISO text in UTC, read in the reader's zone; null when it is none. */
export function parseMoment(text: string, today: Date = new Date()): string | null {
  const plain = text.normalize('NFKC').trim()
  const [, date = plain, hours = '0', minutes = '0'] = /^(.*?)[ T](\d{1,2})[:点](\d{1,2})?(?::\d{2})?分?$/.exec(plain) ?? []
  const found = parseDay(date, today)
  if (!found || Number(hours) > 23 || Number(minutes) > 59) return null
  const [year = 0, month = 1, dayOfMonth = 1] = found.split('-').map(Number)
  return new Date(year, month - 1, dayOfMonth, Number(hours), Number(minutes)).toISOString()
}
