/** JSON as text and back. */
import type { Parsed } from '@/registry/field_kind'

export function laidOut(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

export function inOneLine(value: unknown): string {
  return JSON.stringify(value)
}

export function readJson(text: string): Parsed<unknown> {
  if (text.trim() === '') return { value: null }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object') return { value }
    return { error: { 'zh-CN': '请填 JSON 对象或数组，例如 {"a": 1}。', en: 'Enter a JSON object or a list, such as {"a": 1}.' } }
  } catch {
    return { error: { 'zh-CN': '不是有效的 JSON，请检查括号、引号和逗号。', en: 'This is no valid JSON. Check brackets, quotes and commas.' } }
  }
}
