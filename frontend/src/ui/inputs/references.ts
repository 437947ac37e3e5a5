/** Several records as words: read from text, written into it. */
import { referenceNamed } from '@/api/candidates'
import type { Reference } from '@/api/types'
import type { Locale } from '@/lib/i18n'
import type { Parsed } from '@/registry/field_kind'

export function namesOf(value: readonly Reference[], locale: Locale): string {
  return value.map((one) => one.name ?? '—').join(locale === 'zh-CN' ? '、' : '; ')
}

export function parseReferences(text: string): Parsed<Reference[]> {
  return text.trim() === '' ? { value: null } : { error: { 'zh-CN': '请从列表中选择。', en: 'Choose from the list.' } }
}

/** Names parted as files part them: a comma may stand in the name of a company. */
export async function resolveReferences(target: string, text: string): Promise<Parsed<Reference[]>> {
  const names = text.split(/[;；、|\n]/).map((one) => one.trim()).filter((one) => one !== '')
  const found = await Promise.all(names.map((one) => referenceNamed(target, one)))
  const failed = found.find((one) => 'error' in one)
  if (failed) return failed
  const chosen = found.flatMap((one) => ('value' in one ? [one.value] : []))
  return { value: [...new Map(chosen.map((one) => [one.id, one])).values()] }
}

export function isNothing(value: readonly Reference[] | null | undefined): boolean {
  return value === null || value === undefined || value.length === 0
}
