/** The app as a whole: data, theme, addresses. */
import { useState } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { Dressed } from '@/ui/Dressed'
import { keptTheme } from '@/ui/appearance'
import { makeQueryClient } from './query_client'
import { makeRouter } from './routes'

export function App() {
  const [client] = useState(makeQueryClient)
  const [router] = useState(makeRouter)
  return (
    <QueryClientProvider client={client}>
      <Dressed theme={keptTheme()} density="standard">
        <RouterProvider router={router} />
      </Dressed>
    </QueryClientProvider>
  )
}
