import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openApp, signIn } from '@/testing/app'
import { me } from '@/testing/people'
import { answer, problem, server } from '@/testing/server'

const setup = { needed: false, demo: false, demo_sign_ins: [] }

function signedOut(): void {
  server.use(
    answer('get', '/me', () => problem(401, 'not_signed_in', '请先登录。')),
    answer('get', '/setup', setup),
  )
}

test('whoever is not signed in comes to the door, and to the page they wanted afterwards', async () => {
  signedOut()
  const { router } = openApp('/settings/me?from=mail')
  await userEvent.type(await screen.findByLabelText('邮箱'), 'fangyuan@example.com')
  expect(router.state.location.pathname).toBe('/sign-in')

  signIn()
  server.use(answer('post', '/session', me()), answer('get', '/tokens', { tokens: [] }))
  await userEvent.type(screen.getByLabelText('密码'), 'secret words{Enter}')
  expect(await screen.findByRole('heading', { name: '我的设置' })).toBeVisible()
  expect(router.state.location.search).toBe('?from=mail')
})

test('without an administrator the first visit is the set-up', async () => {
  signedOut()
  server.use(answer('get', '/setup', { ...setup, needed: true }))
  const { router } = openApp('/')
  expect(await screen.findByLabelText(/设置码/)).toBeVisible()
  expect(router.state.location.pathname).toBe('/set-up')
})

test('a server that cannot be reached is told as such, and can be tried again', async () => {
  server.use(answer('get', '/me', () => problem(503, 'busy', '数据库正在启动。')))
  openApp('/settings/me')
  await userEvent.click(await screen.findByRole('button', { name: '再试一次' }))
  expect(screen.getByText(/数据库正在启动/)).toBeVisible()
})

test('the page takes on the language and the theme of the person', async () => {
  signIn({ person: { ...me().person, locale: 'en' }, preferences: { theme: 'dark', density: 'compact' } })
  server.use(answer('get', '/tokens', { tokens: [] }))
  openApp('/settings/me')
  expect(await screen.findByRole('heading', { name: 'My settings' })).toBeVisible()
  await waitFor(() => expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' }))
})

test('signing out leads to the door', async () => {
  signIn()
  server.use(answer('get', '/tokens', { tokens: [] }), answer('delete', '/session', undefined, 204), answer('get', '/setup', setup))
  const { router } = openApp('/settings/me')
  await userEvent.click(await screen.findByRole('button', { name: '方远 的菜单' }))
  signedOut()
  server.use(answer('delete', '/session', undefined, 204))
  await userEvent.click(await screen.findByText('退出登录'))
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
})
