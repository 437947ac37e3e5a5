import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Role } from '@/api/types'
import { account } from '@/testing/app'
import { opportunity } from '@/testing/opportunity'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { RolesPage } from './RolesPage'

const sales: Role = {
  id: 'r1',
  name: { 'zh-CN': '销售', en: 'Sales' },
  description: null,
  system: false,
  is_administrator: false,
  rights: [],
  people: 2,
  grants: [{ object: 'crm_account', actions: ['see'], rows: { scope: 'own' }, fields: { default: 'write', except: {} } }],
}
const rights = { design: false, manage_people: false, manage_roles: true, import: false }

beforeEach(() => {
  server.use(
    answer('get', '/me', me({ rights })),
    answer('get', '/roles', { roles: [sales] }),
    answer('get', '/objects', { design_version: 1, objects: [account, opportunity()] }),
  )
})
const open = () => renderPage(<RolesPage />, { path: '/settings/roles/:role?', at: '/settings/roles' })

test('a changed right and a hidden field are saved together, as the whole list of grants', async () => {
  let sent: unknown
  server.use(
    answer('patch', '/roles/r1', ({ body }) => {
      sent = body
      return { ...sales, ...(body as Partial<Role>) }
    }),
  )
  open()
  await userEvent.click(await screen.findByRole('checkbox', { name: '客户 · 改' }))
  await userEvent.click(screen.getByRole('checkbox', { name: '城市 · 能看' }))
  await userEvent.click(screen.getByRole('button', { name: /保\s?存/ }))
  await waitFor(() =>
    expect(sent).toEqual({
      rights: [],
      grants: [{ object: 'crm_account', actions: ['see', 'edit'], rows: { scope: 'own' }, fields: { default: 'write', except: { city: 'none' } } }],
    }),
  )
  expect(await screen.findByText('“销售”的权限已生效')).toBeVisible()
  expect(screen.getByRole('button', { name: /保\s?存/ })).toBeDisabled()
})

test('a refusal keeps the changes and says why', async () => {
  server.use(answer('patch', '/roles/r1', () => problem(403, 'more_than_own_rights', '只能授予自己拥有的权限。')))
  open()
  await userEvent.click(await screen.findByRole('switch', { name: /设计数据与字段/ }))
  await userEvent.click(screen.getByRole('button', { name: /保\s?存/ }))
  expect(await screen.findByRole('alert')).toHaveTextContent('只能授予自己拥有的权限。')
  expect(screen.getByRole('switch', { name: /设计数据与字段/ })).toBeChecked()
})

test('the administrator cannot be narrowed', async () => {
  server.use(answer('get', '/roles', { roles: [{ ...sales, is_administrator: true, system: true }] }))
  open()
  expect(await screen.findByText(/管理员始终拥有全部权限/)).toBeVisible()
  expect(screen.queryByRole('checkbox')).toBeNull()
})

test('a role is made with a name of its own', async () => {
  let sent: unknown
  server.use(
    answer('post', '/roles', ({ body }) => {
      sent = body
      return { ...sales, id: 'r2', ...(body as Partial<Role>) }
    }),
  )
  open()
  await userEvent.click(await screen.findByRole('button', { name: '添加角色' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: /添\s?加/ }))
  expect(await within(dialog).findByText('请填写角色名称。')).toBeInTheDocument()
  await userEvent.type(within(dialog).getByRole('textbox', { name: /^名称/ }), '客服')
  await userEvent.click(within(dialog).getByRole('button', { name: /添\s?加/ }))
  await waitFor(() => expect(sent).toEqual({ name: { 'zh-CN': '客服' }, description: null, rights: [], grants: [] }))
})

test('without the right nothing of roles is shown', async () => {
  server.use(answer('get', '/me', me()))
  open()
  expect(await screen.findByText('你看不到这里')).toBeVisible()
})
