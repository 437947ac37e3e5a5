/** Durations as people write them; the twin of the server's reading. */
import type { Field } from '@/api/types'
import { currentLocale } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'

export type Form = 'hours_minutes' | 'hours_minutes_seconds' | 'days_hours'

/** What a bare figure counts: the least unit that the form shows. */
const least: Readonly<Record<Form, number>> = { hours_minutes: 60, hours_minutes_seconds: 1, days_hours: 3600 }

const units: Readonly<Record<string, number>> = {
  s: 1, sec: 1, secs: 1, second: 1, seconds: 1, 秒: 1, 秒钟: 1,
  m: 60, min: 60, mins: 60, minute: 60, minutes: 60, 分: 60, 分钟: 60,
  h: 3600, hr: 3600, hrs: 3600, hour: 3600, hours: 3600, 时: 3600, 小时: 3600, 个小时: 3600,
  d: 86400, day: 86400, days: 86400, 天: 86400, 日: 86400,
}

export function formOf(field: Pick<Field, 'options'>): Form {
  const { form } = field.options
  return typeof form === 'string' && form in least ? (form as Form) : 'hours_minutes'
}

/** `typed` writes what can be typed back whatever the language. */
export function writeDuration(value: number, form: Form, way: Locale | 'typed' = currentLocale()): string {
  const seconds = Math.abs(Math.round(value))
  const sign = value < 0 ? '-' : ''
  const two = (figure: number): string => String(figure).padStart(2, '0')
  const second = seconds % 60
  const minute = Math.floor(seconds / 60) % 60
  if (form !== 'days_hours') {
    // Seconds that the form does not show are shown when there are any: a cell never tells less than is there.
    const tail = form === 'hours_minutes_seconds' || second > 0 ? `:${two(second)}` : ''
    return `${sign}${Math.floor(seconds / 3600)}:${two(minute)}${tail}`
  }
  const parts: [number, string, string][] = [
    [Math.floor(seconds / 86400), '天', 'd'],
    [Math.floor(seconds / 3600) % 24, '小时', 'h'],
    [minute, '分', 'min'],
    [second, '秒', 's'],
  ]
  const told = parts.filter(([figure]) => figure > 0).map(([figure, zh, en]) => `${figure} ${way === 'zh-CN' ? zh : en}`)
  return told.length === 0 ? `0 ${way === 'zh-CN' ? '小时' : 'h'}` : sign + told.join(' ')
}

/** Seconds; null when it is no duration. */
export function readDuration(text: string, form: Form): number | null {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  const clock = /^(-?)(\d{1,10}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(plain)
  if (clock) {
    const [, sign, hours, minutes, seconds = '0'] = clock
    const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    return sign && whole ? -whole : whole
  }
  if (/^-?\d{1,13}(\.\d{1,9})?$/.test(plain)) return Math.round(Number(plain) * least[form])
  const sign = plain.startsWith('-') ? -1 : 1
  const part = /(\d{1,13}(?:\.\d{1,9})?)\s*([a-z]+|[\u4e00-\u9fff]+)[\s,，]*/y
  part.lastIndex = sign < 0 ? 1 : 0
  let whole = 0
  do {
    const found = part.exec(plain)
    const unit = found ? units[found[2] ?? ''] : undefined
    if (!found || unit === undefined) return null
    whole += Number(found[1]) * unit
  } while (part.lastIndex < plain.length)
  return sign * Math.round(whole)
}
