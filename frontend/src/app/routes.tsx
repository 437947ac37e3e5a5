/** The addresses of the app. */
import { createBrowserRouter } from 'react-router'
import { NotFound } from './NotFound'

export function makeRouter() {
  return createBrowserRouter([{ path: '*', element: <NotFound /> }])
}
