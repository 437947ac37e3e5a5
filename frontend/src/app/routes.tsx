/** The addresses of the app. A page that fails leaves the navigation beside it standing. */
import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { Navigate, createBrowserRouter } from 'react-router'
import type { RouteObject } from 'react-router'
import { LoadingRows } from '@/ui/faces'
import { Home } from './Home'
import { ListAddress } from './ListAddress'
import { NotFound } from './NotFound'
import * as pages from './pages'
import { RecordAddress } from './RecordAddress'
import { RouteError } from './RouteError'
import { SignedIn } from './SignedIn'

function page(path: string, element: ReactNode): RouteObject {
  return { path, element: <Suspense fallback={<LoadingRows />}>{element}</Suspense>, errorElement: <RouteError /> }
}

export const routes: RouteObject[] = [
  page('/sign-in', <pages.SignInPage />),
  page('/set-up', <pages.SetUpPage />),
  {
    element: <SignedIn />,
    errorElement: <RouteError />,
    children: [
      page('/', <Home />),
      page('/o/:object', <ListAddress />),
      page('/o/:object/merge', <pages.MergePage />),
      page('/o/:object/:id', <RecordAddress />),
      page('/imports', <pages.ImportsPage />),
      page('/imports/:id', <pages.ImportPage />),
      page('/settings', <Navigate to="/settings/me" replace />),
      page('/settings/me', <pages.OwnPage />),
      page('/settings/people', <pages.PeoplePage />),
      page('/settings/departments', <pages.DepartmentsPage />),
      page('/settings/roles', <pages.RolesPage />),
      page('/settings/roles/:role', <pages.RolesPage />),
      page('/settings/access', <pages.AccessPage />),
      page('/settings/workspace', <pages.WorkspacePage />),
      page('/settings/calendar', <pages.CalendarPage />),
      page('/settings/objects', <pages.ObjectsPage />),
      page('/settings/objects/:object', <pages.ObjectPage />),
      page('*', <NotFound />),
    ],
  },
]

export function makeRouter() {
  return createBrowserRouter(routes)
}
