/** Light or dark, and how dense: kept on this device so that the first paint is right, and per person by the server. */
import { createContext, useContext, useEffect } from 'react'
import { useMedia } from '@/lib/hooks'
import type { Theme } from './theme'
import type { Density } from './tokens'

export type ThemeChoice = Theme | 'system'

export interface Appearance {
  theme: Theme
  density: Density
}

export const AppearanceContext = createContext<Appearance>({ theme: 'light', density: 'standard' })

/** How the page looks now. */
export function useAppearance(): Appearance {
  return useContext(AppearanceContext)
}

const storageKey = 'guanxi.theme'

export function keptTheme(): ThemeChoice {
  const kept = globalThis.localStorage?.getItem(storageKey)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function keepTheme(choice: ThemeChoice): void {
  globalThis.localStorage?.setItem(storageKey, choice)
}

/** Writes the choices on the document, where the style sheets read them. */
export function useApplied(choice: ThemeChoice, density: Density): Appearance {
  const prefersDark = useMedia('(prefers-color-scheme: dark)')
  const theme: Theme = choice === 'system' ? (prefersDark ? 'dark' : 'light') : choice
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.dataset['density'] = density
  }, [theme, density])
  return { theme, density }
}
