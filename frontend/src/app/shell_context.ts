/** What every part of the shell can ask for. */
import { createContext, useContext } from 'react'
import type { Values } from '@/api/types'

export interface ShellDeeds {
  openPalette: () => void
  openKeys: () => void
  openNavigation: () => void
  /** Opens the form for a new record of that object, with values already given. */
  create: (object: string, values?: Values) => void
}

export const ShellContext = createContext<ShellDeeds>({
  openPalette: () => undefined,
  openKeys: () => undefined,
  openNavigation: () => undefined,
  create: () => undefined,
})

export function useShell(): ShellDeeds {
  return useContext(ShellContext)
}
