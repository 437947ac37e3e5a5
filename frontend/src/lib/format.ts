/** Figures, money and dates as people read them, in both languages. */
import type { Locale } from './i18n'

const noBreak = '\u00a0'
const minus = '−'

const currencySigns: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: '¥', HKD: 'HK$' }

export function currencySign(currency: string): string {
  return currencySigns[currency] ?? `${currency}${noBreak}`
}

function signed(value: number, body: string): string {
  return value < 0 ? `${minus}${body}` : body
}

const writers = new Map<string, Intl.NumberFormat>()

/** Making such a writer costs far more than using it, and a table writes thousands of figures while it scrolls. */
function figures(fewest: number, most: number, groupsDigits = true): Intl.NumberFormat {
  const key = `${fewest} ${most} ${groupsDigits}`
  const known = writers.get(key)
  if (known) return known
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: fewest, maximumFractionDigits: most, useGrouping: groupsDigits })
  writers.set(key, made)
  return made
}

export function formatNumber(value: number, decimals?: number, groupsDigits = true): string {
  return signed(value, figures(decimals ?? 0, decimals ?? 10, groupsDigits).format(Math.abs(value)))
}

/** `¥2,860,000` or `¥2,860,000.50`: cents are shown only where there are some. */
export function formatMoney(value: number, currency = 'CNY'): string {
  const hasCents = Math.round(Math.abs(value) * 100) % 100 !== 0
  const body = figures(hasCents ? 2 : 0, 2).format(Math.abs(value))
  return signed(value, `${currencySign(currency)}${body}`)
}

function grouped(value: number, decimals: number): string {
  return figures(decimals, decimals).format(value)
}

/** Short figures: `286.0 万`, `1.25 亿` in Chinese; `2.86M`, `125M` in English. */
export function shortFigure(value: number, locale: Locale): string {
  const size = Math.abs(value)
  if (locale === 'zh-CN') {
    if (size >= 1e8) return signed(value, `${grouped(size / 1e8, 2)}${noBreak}亿`)
    if (size >= 1e4) return signed(value, `${grouped(size / 1e4, 1)}${noBreak}万`)
    return signed(value, grouped(size, Number.isInteger(size) ? 0 : 2))
  }
  if (size >= 1e9) return signed(value, `${scaled(size / 1e9)}B`)
  if (size >= 1e6) return signed(value, `${scaled(size / 1e6)}M`)
  if (size >= 1e4) return signed(value, `${scaled(size / 1e3)}k`)
  return signed(value, grouped(size, Number.isInteger(size) ? 0 : 2))
}

function scaled(value: number): string {
  return value >= 100 ? grouped(value, 0) : grouped(value, 2)
}

/** `¥286.0 万` / `¥2.86M`. */
export function shortMoney(value: number, locale: Locale, currency = 'CNY'): string {
  const figure = shortFigure(Math.abs(value), locale)
  return signed(value, `${currencySign(currency)}${figure}`)
}

export function formatPercent(value: number, decimals?: number): string {
  return `${formatNumber(value, decimals)}%`
}

/** A change is always signed: `+5.5%`, `−3`. */
export function formatChange(value: number, unit = ''): string {
  const rounded = Math.round(value * 10) / 10
  const sign = rounded < 0 ? minus : '+'
  return `${sign}${figures(0, 1).format(Math.abs(rounded))}${unit}`
}

/** Reads what a person types: `2,480,000`, `¥248 万`, `2.48M`, `１２`, `-3`. Null when it is no number. */
export function parseFigure(text: string): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,¥$€£%]/g, '')
    .replace(/CNY|USD|元/gi, '')
    .replace(/[−－]/g, '-')
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(万|亿|千|[kKmMbB])?$/.exec(plain)
  if (!match) return null
  const scale = { 千: 1e3, k: 1e3, K: 1e3, 万: 1e4, m: 1e6, M: 1e6, 亿: 1e8, b: 1e9, B: 1e9 }[match[2] ?? ''] ?? 1
  const places = (match[1]?.split('.')[1] ?? '').length
  const value = Number(match[1]) * scale
  return scale === 1 ? value : Number(value.toFixed(Math.max(places, 2)))
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

export function isoDate(date: Date): string {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** `11-28` within the current year, else the whole date. */
export function shortDate(iso: string, today: Date = new Date()): string {
  const day = iso.slice(0, 10)
  return day.slice(0, 4) === String(today.getFullYear()) ? day.slice(5) : day
}

const weekdays: Record<Locale, readonly string[]> = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function daysBetween(from: Date, to: Date): number {
  const start = Date.UTC(from.getFullYear(), from.getMonth(), from.getDate())
  const end = Date.UTC(to.getFullYear(), to.getMonth(), to.getDate())
  return Math.round((end - start) / 86_400_000)
}

/** A day in prose: `今天`, `昨天`, `11-24 周二` / `Today`, `Tue 24 Nov`. */
export function proseDay(date: Date, locale: Locale, today: Date = new Date()): string {
  const distance = daysBetween(today, date)
  const near: Record<number, [string, string]> = { [-1]: ['昨天', 'Yesterday'], 0: ['今天', 'Today'], 1: ['明天', 'Tomorrow'] }
  const word = near[distance]
  if (word) return locale === 'zh-CN' ? word[0] : word[1]
  const weekday = weekdays[locale][date.getDay()] ?? ''
  const sameYear = date.getFullYear() === today.getFullYear()
  if (locale === 'zh-CN') return `${sameYear ? isoDate(date).slice(5) : isoDate(date)} ${weekday}`
  return `${weekday} ${date.getDate()} ${months[date.getMonth()] ?? ''}${sameYear ? '' : ` ${date.getFullYear()}`}`
}

export function clockTime(date: Date): string {
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** A moment in prose: `今天 15:00`. */
export function proseMoment(iso: string, locale: Locale, now: Date = new Date()): string {
  const date = new Date(iso)
  return `${proseDay(date, locale, now)} ${clockTime(date)}`
}

/** A moment in tables: `2026-11-28 15:00` in the reader's zone. */
export function tableMoment(iso: string): string {
  const date = new Date(iso)
  return `${isoDate(date)} ${clockTime(date)}`
}
