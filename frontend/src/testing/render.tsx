/** Renders a page as the app would: a query client of its own, a router, the theme. */
import type { ReactElement } from 'react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { RouterProvider, createMemoryRouter } from 'react-router'
import { Dressed } from '@/ui/Dressed'

export function makeClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Infinity }, mutations: { retry: false } } })
}

/** `path` is the route's pattern, `at` the address it is opened with. */
export function renderPage(page: ReactElement, { path = '*', at = '/', client = makeClient() } = {}) {
  const router = createMemoryRouter([{ path, element: page }, ...(path === '*' ? [] : [{ path: '*', element: null }])], { initialEntries: [at] })
  const view = render(
    <QueryClientProvider client={client}>
      <Dressed>
        <RouterProvider router={router} />
      </Dressed>
    </QueryClientProvider>,
  )
  return { ...view, router, client }
}
