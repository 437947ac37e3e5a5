/** Hours of a day as people write them: `09:00-12:00, 13:30-18:00`. */
import type { DayWish, Interval } from '@/api/calendars'

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

export function hoursText(intervals: readonly Interval[]): string {
  return intervals.map(([start = 0, end = 0]) => `${clock(start)}-${clock(end)}`).join(', ')
}

const pattern = /^(\d{1,2})(?::(\d{2}))?[-~至到](\d{1,2})(?::(\d{2}))?$/

/** The intervals in their order; nothing for nothing, null when the text cannot be read or hours overlap. */
export function parseHours(text: string): Interval[] | null {
  const parts = text.normalize('NFKC').replace(/[–—]/g, '-').replace(/\s*([-~至到])\s*/g, '$1').split(/[,;、\s]+/).filter(Boolean)
  const found: (readonly [number, number])[] = []
  for (const part of parts) {
    const [, from, fromMinute = '0', until, untilMinute = '0'] = pattern.exec(part) ?? []
    const start = Number(from) * 60 + Number(fromMinute)
    const end = Number(until) * 60 + Number(untilMinute)
    const isClock = Number(fromMinute) < 60 && Number(untilMinute) < 60
    if (!(isClock && start < end && end <= 1440)) return null
    found.push([start, end])
  }
  found.sort(([first], [second]) => first - second)
  return found.some(([start], place) => place > 0 && start < (found[place - 1]?.[1] ?? 0)) ? null : found
}

/** A year of public holidays, a day a line: `2027-02-05, 休, 春节`. The lines that cannot be read are told. */
export function parseYear(text: string, year: number): { days: DayWish[]; unread: string[] } {
  const days = new Map<string, DayWish>()
  const unread: string[] = []
  for (const line of text.split(/\r?\n/).map((one) => one.trim()).filter(Boolean)) {
    const [day = '', kind = '', name = ''] = line.split(/[,，;\t]/).map((one) => one.trim())
    const [, written = '', month = '', date = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(day) ?? []
    const iso = `${written}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    const works = /^(班|补班|上班|调休|work|workday|1)$/i.test(kind)
    const rests = /^(休|休息|放假|假|rest|holiday|0)$/i.test(kind)
    const isDay = new Date(`${iso}T00:00:00Z`).toJSON()?.slice(0, 10) === iso
    if (!isDay || Number(written) !== year || works === rests) unread.push(line)
    else days.set(iso, { day: iso, kind: works ? 'work' : 'rest', ...(name ? { name: { 'zh-CN': name, en: name } } : {}) })
  }
  return { days: [...days.values()], unread }
}
