/** Lets those in who are signed in; sends the others to the door and remembers where they wanted to go. */
import { useEffect } from 'react'
import { Navigate, useLocation } from 'react-router'
import { useLiveEvents } from '@/api/live'
import { isProblem } from '@/api/problem'
import { useMe } from '@/api/session'
import type { Me } from '@/api/types'
import { chooseLocale } from '@/lib/i18n'
import { chooseAppearance } from '@/ui/appearance'
import { Failed, LoadingRows } from '@/ui/faces'
import { Shell } from './Shell'

export function signInAddress(from: { pathname: string; search: string }): string {
  const here = `${from.pathname}${from.search}`
  return here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`
}

/** The page looks as the person chose, on whatever device. */
function useOwnChoices(me: Me | undefined): void {
  const locale = me?.person.locale
  const { theme, density, contrast } = me?.preferences ?? {}
  useEffect(() => {
    if (locale) chooseLocale(locale)
  }, [locale])
  useEffect(() => {
    chooseAppearance({ ...(theme ? { theme } : {}), ...(density ? { density } : {}), ...(contrast ? { contrast } : {}) })
  }, [theme, density, contrast])
}

export function SignedIn() {
  const location = useLocation()
  const { data: me, error, isPending, refetch } = useMe()
  useOwnChoices(me)
  useLiveEvents(me !== undefined)
  if (me) return <Shell me={me} />
  if (isPending) return <LoadingRows />
  if (isProblem(error) && error.status === 401) return <Navigate to={signInAddress(location)} replace />
  return <Failed problem={error} onRetry={() => void refetch()} />
}
