/** The app as a whole: data, look, addresses. */
import { useEffect, useState } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { keepCsrfToken, onPossibleDuplicates, onSignedOut } from '@/api/client'
import { Dressed } from '@/ui/Dressed'
import { makeQueryClient } from './query_client'
import { confirmPossibleDuplicates } from './possible_duplicates'
import { makeRouter } from './routes'
import { signInAddress } from './SignedIn'
import { UpdatePrompt } from './UpdatePrompt'

const doors = ['/sign-in', '/set-up']

export function App() {
  const [client] = useState(makeQueryClient)
  const [router] = useState(makeRouter)
  useEffect(() => onPossibleDuplicates(confirmPossibleDuplicates), [])
  useEffect(() => {
    onSignedOut(() => {
      const { location } = router.state
      if (doors.includes(location.pathname)) return
      keepCsrfToken(null)
      void router.navigate(signInAddress(location), { replace: true }).then(() => client.clear())
    })
  }, [client, router])
  return (
    <QueryClientProvider client={client}>
      <Dressed>
        <RouterProvider router={router} />
        <UpdatePrompt />
      </Dressed>
    </QueryClientProvider>
  )
}
