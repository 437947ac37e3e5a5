/** Light or dark, how dense, how much contrast: kept on this device so that the first paint is right, and per person by the server. */
import { useEffect, useSyncExternalStore } from 'react'
import { useMedia } from '@/lib/hooks'
import type { Theme } from './theme'
import type { Density } from './tokens'

export type ThemeChoice = Theme | 'system'

export interface AppearanceChoice {
  theme: ThemeChoice
  density: Density
  contrast: 'normal' | 'more'
}
export interface Appearance {
  theme: Theme
  density: Density
  contrast: 'normal' | 'more'
}

const storageKey = 'guanxi.appearance'
const start: AppearanceChoice = { theme: 'system', density: 'standard', contrast: 'normal' }

function kept(): AppearanceChoice {
  try {
    const known = JSON.parse(globalThis.localStorage?.getItem(storageKey) ?? '{}') as Partial<AppearanceChoice>
    return { ...start, ...known }
  } catch {
    return start
  }
}

let choice = kept()
const listeners = new Set<() => void>()

export function appearanceChoice(): AppearanceChoice {
  return choice
}

export function chooseAppearance(changes: Partial<AppearanceChoice>): void {
  choice = { ...choice, ...changes }
  globalThis.localStorage?.setItem(storageKey, JSON.stringify(choice))
  listeners.forEach((notify) => notify())
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify)
  return () => listeners.delete(notify)
}

export function useAppearanceChoice(): AppearanceChoice {
  return useSyncExternalStore(subscribe, appearanceChoice)
}

/** How the page looks now, with `system` resolved. */
export function useAppearance(): Appearance {
  const { theme, density, contrast } = useAppearanceChoice()
  const prefersDark = useMedia('(prefers-color-scheme: dark)')
  return { theme: theme === 'system' ? (prefersDark ? 'dark' : 'light') : theme, density, contrast }
}

/** Writes the choices on the document, where the style sheets read them. */
export function useAppearanceOnDocument(): void {
  const { theme, density, contrast } = useAppearance()
  useEffect(() => {
    Object.assign(document.documentElement.dataset, { theme, density, contrast })
  }, [theme, density, contrast])
}
