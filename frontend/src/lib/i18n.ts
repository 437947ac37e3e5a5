/** Both languages of the interface: each feature declares its sentences and gets a typed way to say them. */
import { useSyncExternalStore } from 'react'
import i18next from 'i18next'

export type Locale = 'zh-CN' | 'en'
export type Label = Partial<Record<Locale, string>>

const storageKey = 'guanxi.locale'

function startingLocale(): Locale {
  const kept = globalThis.localStorage?.getItem(storageKey)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return globalThis.navigator?.language?.toLowerCase().startsWith('zh') === false ? 'en' : 'zh-CN'
}

void i18next.init({
  lng: startingLocale(),
  fallbackLng: 'zh-CN',
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
})
if (globalThis.document) document.documentElement.lang = i18next.language

export function currentLocale(): Locale {
  return i18next.language === 'en' ? 'en' : 'zh-CN'
}

export function chooseLocale(locale: Locale): void {
  globalThis.localStorage?.setItem(storageKey, locale)
  if (globalThis.document) document.documentElement.lang = locale
  if (i18next.language !== locale) void i18next.changeLanguage(locale)
}

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener)
  return () => i18next.off('languageChanged', listener)
}

/** Redraws with the language. Every cell of a table asks, so it has to cost next to nothing. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale)
}

type Values = Record<string, string | number>
export type Say<Key extends string> = (key: Key, values?: Values) => string

/**
 * Declares a feature's sentences. English may add `key_one` for the singular of a sentence said with `count`.
 * The result is a hook; outside components use its `say`.
 */
export function defineMessages<const Zh extends Record<string, string>>(
  namespace: string,
  messages: { 'zh-CN': Zh; en: Record<keyof Zh & string, string> & Partial<Record<`${keyof Zh & string}_one`, string>> },
): (() => Say<keyof Zh & string>) & { say: Say<keyof Zh & string> } {
  i18next.addResourceBundle('zh-CN', namespace, messages['zh-CN'], true, true)
  i18next.addResourceBundle('en', namespace, messages.en, true, true)
  const say: Say<keyof Zh & string> = (key, values) => i18next.t(String(key), { ns: namespace, ...values })
  function useText(): Say<keyof Zh & string> {
    useLocale()
    return say
  }
  return Object.assign(useText, { say })
}

/** The label in the reader's language, else in the other one. */
export function labelText(label: Label | string | null | undefined, locale: Locale = currentLocale()): string {
  if (label === null || label === undefined) return ''
  if (typeof label === 'string') return label
  return label[locale] ?? label['zh-CN'] ?? label.en ?? ''
}

export function useLabel(): (label: Label | string | null | undefined) => string {
  const locale = useLocale()
  return (label) => labelText(label, locale)
}
