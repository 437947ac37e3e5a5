/** Reads a month as people type it: `2026-3`, `2026年3月`, `202603`, `本月`, or any day in it. */
import { isoDate } from '@/lib/format'

const words: Readonly<Record<string, number>> = { 本月: 0, 'this month': 0, 上月: -1, 'last month': -1, 下月: 1, 'next month': 1 }

/** The month's first day as `YYYY-MM-DD`; null when it is none. */
export function readMonth(text: string, today: Date = new Date()): string | null {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  const ahead = words[plain]
  if (ahead !== undefined) return isoDate(new Date(today.getFullYear(), today.getMonth() + ahead, 1))
  const match = /^(\d{4})(\d{2})$/.exec(plain) ?? /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:\s*[-/.]?\s*\d{1,2}\s*日?)?$/.exec(plain)
  const [year, month] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)]
  return year > 0 && month >= 1 && month <= 12 ? `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01` : null
}
