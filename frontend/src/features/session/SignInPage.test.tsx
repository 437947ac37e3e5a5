import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { SignInPage } from './SignInPage'
import { wayIn } from './way_in'

beforeEach(() => {
  server.use(
    answer('get', '/setup', {
      needed: false,
      demo: true,
      demo_sign_ins: [{ email: 'rep1@example.com', password: 'guanxi-demo', role: { 'zh-CN': '销售', en: 'Salesperson' } }],
    }),
  )
})

test('an empty form says what is missing and puts the cursor there', async () => {
  renderPage(<SignInPage />, { path: '/sign-in', at: '/sign-in' })
  await userEvent.click(await screen.findByRole('button', { name: '登录' }))
  expect(screen.getByText('请填写邮箱。')).toBeVisible()
  expect(screen.getByText('请填写密码。')).toBeVisible()
  expect(screen.getByLabelText('邮箱')).toHaveFocus()
})

test('a refusal is told at the password, and what was typed stays', async () => {
  server.use(answer('post', '/session', () => problem(401, 'wrong_sign_in', '邮箱或密码不对。还可以试 9 次，之后锁定 15 分钟。')))
  renderPage(<SignInPage />, { path: '/sign-in', at: '/sign-in' })
  await userEvent.type(await screen.findByLabelText('邮箱'), 'ada@example.com')
  await userEvent.type(screen.getByLabelText('密码'), 'wrong{Enter}')
  expect(await screen.findByText(/还可以试 9 次/)).toBeVisible()
  expect(screen.getByLabelText('密码')).toHaveValue('wrong')
})

test('a demo sign-in takes one click', async () => {
  let sent: unknown
  server.use(
    answer('post', '/session', ({ body }) => {
      sent = body
      return me()
    }),
  )
  const { router } = renderPage(<SignInPage />, { path: '/sign-in', at: '/sign-in?next=%2Fo%2Fcrm_account' })
  await userEvent.click(await screen.findByRole('button', { name: /以 销售/ }))
  await expect.poll(() => router.state.location.pathname).toBe('/o/crm_account')
  expect(sent).toEqual({ email: 'rep1@example.com', password: 'guanxi-demo' })
})

test.each([
  [null, '/'],
  ['/o/crm_account?view=1', '/o/crm_account?view=1'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/sign-in?next=/', '/'],
])('after signing in, %s leads to %s', (next, to) => expect(wayIn(next)).toBe(to))
