/** Where to go after signing in: only ever to a page of this app. */
export function wayIn(next: string | null): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.startsWith('/\\')) return '/'
  return next.startsWith('/sign-in') || next.startsWith('/set-up') ? '/' : next
}
