/** How answers of the server are kept and asked for again. */
import { QueryClient } from '@tanstack/react-query'
import { Problem } from '@/api/problem'

const tries = 2

/** A refusal will not change by asking again; an unreachable or stumbling server may. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= tries) return false
  return !(error instanceof Problem) || error.status === 0 || error.status >= 502
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: isWorthRetrying, staleTime: 10_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  })
}
