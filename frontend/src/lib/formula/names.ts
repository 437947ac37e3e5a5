/** What the fields, options and functions of formulas are called. */
import type { Locale } from '../i18n.ts'
import type { Description } from './function.ts'
import type { Labels } from './types.ts'

export interface Names {
  /** The names of a path as a reader knows them; readable again by the object's scope. */
  called(names: readonly string[]): readonly string[]
  /** What an option is called. */
  option(value: string, labels: Labels): string
  inside(object: string): Names
  readonly locale: Locale
}

/** Every field by its API name, every option by its value: text that reads the same in any language. */
export const apiNames: Names = {
  called: (names) => names,
  option: (value) => value,
  inside: () => apiNames,
  locale: 'en',
}

export const rowWord: Readonly<Record<Locale, string>> = { 'zh-CN': '当前行', en: 'CurrentValue' }
export const booleans: Readonly<Record<Locale, readonly [string, string]>> = { 'zh-CN': ['假', '真'], en: ['FALSE', 'TRUE'] }

const chinese = /\p{Script=Han}/u

/** The name of a function in a language; its own where it has none there. */
export function functionName({ name, names }: Pick<Description, 'name' | 'names'>, locale: Locale): string {
  return (locale === 'zh-CN' ? names.find((one) => chinese.test(one)) : undefined) ?? name
}

export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
