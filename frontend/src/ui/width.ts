/** How much room the window has, in the steps of the design. */
import { useSyncExternalStore } from 'react'
import { breakpoint } from './tokens'

export interface Width {
  width: number
  /** Below 600: bottom tabs, pages instead of drawers, sheets instead of menus. */
  isPhone: boolean
  /** Below 960: navigation is a drawer, side columns lie below. */
  isNarrow: boolean
  /** From 1200: everything is open. */
  isWide: boolean
}

function subscribe(notify: () => void): () => void {
  window.addEventListener('resize', notify)
  return () => window.removeEventListener('resize', notify)
}

export function useWidth(): Width {
  const width = useSyncExternalStore(subscribe, () => window.innerWidth)
  return { width, isPhone: width < breakpoint.phone, isNarrow: width < breakpoint.tablet, isWide: width >= breakpoint.desktop }
}
