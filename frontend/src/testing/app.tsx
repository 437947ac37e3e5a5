/** Opens the whole app at an address, with a fake server that knows two objects. */
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { RouterProvider, createMemoryRouter } from 'react-router'
// What the app fetches when it is opened stands ready here, so that no test waits for files.
import '@/app/kinds'
import '@/features/own'
import '@/features/people'
import '@/features/record'
import '@/features/session'
import { routes } from '@/app/routes'
import type { App, Me } from '@/api/types'
import { Dressed } from '@/ui/Dressed'
import { field, opportunity } from './opportunity'
import { me } from './people'
import { makeClient } from './render'
import { answer, problem, server } from './server'

export const account = opportunity({
  name: 'crm_account',
  label: { 'zh-CN': '客户', en: 'Account' },
  plural_label: { 'zh-CN': '客户', en: 'Accounts' },
  icon: 'building-2',
  fields: [field('name', 'text', { label: { 'zh-CN': '名称', en: 'Name' } }), field('city', 'text', { label: { 'zh-CN': '城市', en: 'City' } })],
  stage_field: null,
  related: [{ object: 'crm_opportunity', field: 'account', label: { 'zh-CN': '商机', en: 'Opportunities' } }],
})

export const crm: App = {
  name: 'crm',
  label: { 'zh-CN': '销售 CRM', en: 'Sales CRM' },
  description: null,
  icon: 'handshake',
  version: '0.1.0',
  navigation: [{ label: { 'zh-CN': '销售', en: 'Sales' }, items: [{ object: 'crm_account' }, { object: 'crm_opportunity' }] }],
}

/** What the server of a signed-in person answers. */
export function signIn(changes: Partial<Me> = {}): void {
  server.use(
    answer('get', '/me', me(changes)),
    answer('get', '/apps', { apps: [crm] }),
    answer('get', '/objects', { design_version: 1, objects: [account, opportunity()] }),
    answer('get', '/views', { views: [] }),
    answer('get', '/records/:object/:id', () => problem(404, 'record_not_found', '没有这条记录。')),
    answer('post', '/records/:object/query', { records: [], next_cursor: null }),
    answer('post', '/records/:object/count', { count: 0, capped: false }),
    answer('post', '/records/:object/aggregate', { groups: [] }),
  )
}

export function openApp(at = '/') {
  const client = makeClient()
  const router = createMemoryRouter(routes, { initialEntries: [at] })
  const view = render(
    <QueryClientProvider client={client}>
      <Dressed>
        <RouterProvider router={router} />
      </Dressed>
    </QueryClientProvider>,
  )
  return { ...view, router, client }
}
