/** Search over everything the person may see. */
import { useQuery } from '@tanstack/react-query'
import { send } from './client'
import { keys } from './keys'
import type { SearchAnswer } from './types'

export function useSearch(q: string) {
  return useQuery({
    queryKey: keys.search(q),
    queryFn: ({ signal }) => send<SearchAnswer>('GET', '/search', { query: { q, limit: 8 }, signal }),
    enabled: q.trim() !== '',
    placeholderData: (previous) => previous,
    staleTime: 10_000,
  })
}
