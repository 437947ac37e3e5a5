import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { openApp, signIn } from '@/testing/app'
import { answer, server } from '@/testing/server'
import { noteRecent } from './recent'

const found = {
  groups: [
    {
      object: 'crm_account',
      records: [{ id: 'a1', name: '苏州澜科新能源', matched: null, summary: [{ field: 'city', value: '苏州' }] }],
    },
    {
      object: 'crm_opportunity',
      records: [{ id: 'o1', name: '电池壳体检测线', matched: null, summary: [{ field: 'stage', value: 'engaging' }] }],
    },
  ],
}

beforeEach(() => {
  signIn({ rights: { design: false, manage_people: true, manage_roles: false, import: false } })
  server.use(answer('get', '/tokens', { tokens: [] }), answer('get', '/search', ({ url }) => (url.searchParams.get('q') === 'lk' ? found : { groups: [] })))
})

async function openPalette() {
  const app = openApp('/settings/me')
  await screen.findByRole('heading', { name: '我的设置' })
  await userEvent.keyboard('{Control>}k{/Control}')
  return { ...app, input: await screen.findByRole('combobox', { name: '搜索或跳转' }) }
}
const chosen = () => screen.getByRole('option', { selected: true })

test('records are found by initials, with what they are and their stage', async () => {
  const { input } = await openPalette()
  await userEvent.type(input, 'lk')
  const records = await screen.findByRole('group', { name: '记录' })
  expect(within(records).getByText('客户 · 苏州')).toBeVisible()
  expect(within(records).getByText('方案报价')).toBeVisible()
})

test('Enter opens the record as a page, Ctrl+Enter in the drawer', async () => {
  const { input, router } = await openPalette()
  await userEvent.type(input, 'lk')
  await screen.findByText('苏州澜科新能源')
  await userEvent.keyboard('{ArrowDown}{Control>}{Enter}{/Control}')
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: '/o/crm_opportunity', search: '?record=o1' }))
  expect(screen.queryByRole('combobox', { name: '搜索或跳转' })).toBeNull()
})

test('Tab narrows to the object of the chosen record, Backspace widens again', async () => {
  const { input } = await openPalette()
  await userEvent.type(input, 'lk')
  await screen.findByText('苏州澜科新能源')
  await userEvent.keyboard('{Tab}')
  await waitFor(() => expect(screen.queryByText('电池壳体检测线')).toBeNull())
  expect(screen.getByText('苏州澜科新能源')).toBeVisible()
  await userEvent.clear(input)
  await userEvent.keyboard('{Backspace}')
  await userEvent.type(input, 'lk')
  expect(await screen.findByText('电池壳体检测线')).toBeVisible()
})

test('pages one may open are offered, others are not', async () => {
  const { input, router } = await openPalette()
  await userEvent.type(input, '角色')
  expect(await screen.findByText(/没有找到/)).toBeVisible()
  await userEvent.clear(input)
  await userEvent.type(input, '人员')
  server.use(answer('get', '/people', { people: [] }), answer('get', '/departments', { departments: [] }))
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/settings/people'))
})

test('> shows deeds only', async () => {
  const { input } = await openPalette()
  await userEvent.type(input, '>商机')
  expect(chosen()).toHaveTextContent('新建商机')
  expect(screen.queryByRole('group', { name: '页面' })).toBeNull()
})

test('what was opened last is there before anything is typed', async () => {
  noteRecent({ object: 'crm_account', id: 'a9', name: '重庆江汇' })
  await openPalette()
  expect(chosen()).toHaveTextContent('重庆江汇')
})

test('Esc closes and gives the focus back', async () => {
  await openPalette()
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
})
