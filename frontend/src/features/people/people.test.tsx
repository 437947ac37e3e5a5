import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Department } from '@/api/types'
import { me, person } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { branches, withBelow } from './department_tree'
import { DepartmentsPage } from './DepartmentsPage'
import { PeoplePage } from './PeoplePage'

const department = (id: string, parent: string | null, position = 0, people = 1): Department => ({ id, name: `部门${id}`, parent, position, people })
const tree = [department('b', null, 1), department('a', null, 0), department('a1', 'a'), department('a11', 'a1', 0, 3)]
const lin = person({ id: 'p2', name: '林若溪', email: 'lin@example.com' })

beforeEach(() => {
  server.use(
    answer('get', '/me', me({ rights: { design: false, manage_people: true, manage_roles: false, import: false } })),
    answer('get', '/people', { people: [lin] }),
    answer('get', '/departments', { departments: tree }),
    answer('get', '/roles', { roles: [] }),
  )
})

test('departments stand top down, with everybody below counted', () => {
  expect(branches(tree).map(({ department: { id }, depth, total }) => [id, depth, total])).toEqual([
    ['a', 0, 5],
    ['a1', 1, 4],
    ['a11', 2, 3],
    ['b', 0, 1],
  ])
  expect([...withBelow(tree, 'a')]).toEqual(['a', 'a1', 'a11'])
})

test('a new person gets a password that is shown once', async () => {
  let sent: unknown
  server.use(
    answer('post', '/people', ({ body }) => {
      sent = body
      return { ...lin, id: 'p3', name: '周启明', initial_password: 'kxm4p-92ad' }
    }),
  )
  renderPage(<PeoplePage />)
  await userEvent.click(await screen.findByRole('button', { name: '添加人员' }))
  const drawer = await screen.findByRole('dialog')
  await userEvent.click(within(drawer).getByRole('button', { name: /添\s?加/ }))
  expect(within(drawer).getByText('请填写姓名。')).toBeVisible()
  await userEvent.type(within(drawer).getByLabelText(/^姓名/), '周启明')
  await userEvent.type(within(drawer).getByLabelText(/^邮箱/), 'zhou@example.com')
  await userEvent.click(within(drawer).getByRole('button', { name: /添\s?加/ }))
  expect(await screen.findByText('kxm4p-92ad')).toBeVisible()
  expect(sent).toEqual({ name: '周启明', email: 'zhou@example.com' })
})

test('an e-mail that is taken is told at its field', async () => {
  server.use(
    answer('patch', '/people/p2', () =>
      problem(422, 'invalid_values', '有内容填得不对', { errors: [{ pointer: '/email', field: 'email', code: 'taken', message: '这个邮箱已有人使用。' }] }),
    ),
  )
  renderPage(<PeoplePage />)
  await userEvent.click(await screen.findByRole('button', { name: '林若溪' }))
  const email = await screen.findByLabelText(/^邮箱/)
  await userEvent.clear(email)
  await userEvent.type(email, 'taken@example.com')
  await userEvent.click(screen.getByRole('button', { name: /保\s?存/ }))
  expect(await screen.findByText('这个邮箱已有人使用。')).toBeVisible()
  await waitFor(() => expect(email).toHaveFocus())
})

test('disabling asks first and can be undone', async () => {
  const sent: unknown[] = []
  server.use(
    answer('patch', '/people/p2', ({ body }) => {
      sent.push(body)
      return lin
    }),
  )
  renderPage(<PeoplePage />)
  await userEvent.click(await screen.findByRole('button', { name: '林若溪' }))
  await userEvent.click(await screen.findByRole('button', { name: '停用' }))
  const question = (await screen.findByText('停用 林若溪？')).closest<HTMLElement>('.ant-modal')
  await userEvent.click(within(question ?? document.body).getByRole('button', { name: /停\s?用/ }))
  await userEvent.click(await screen.findByRole('button', { name: '撤销' }))
  await waitFor(() => expect(sent).toEqual([{ active: false }, { active: true }]))
})

test('a department that is not empty stays, with the reason', async () => {
  server.use(answer('delete', '/departments/b', () => problem(409, 'department_not_empty', '部门里还有 1 人。')))
  renderPage(<DepartmentsPage />)
  await userEvent.click(await screen.findByRole('button', { name: '部门b 的操作' }))
  await userEvent.click(await screen.findByText('删除'))
  await userEvent.click(await screen.findByRole('button', { name: /删\s?除/ }))
  expect(await screen.findByText('部门里还有 1 人。')).toBeVisible()
  expect(screen.getByText('部门b')).toBeVisible()
})

test('a closed branch hides what is below it', async () => {
  renderPage(<DepartmentsPage />)
  await userEvent.click(await screen.findByRole('button', { name: '收起 部门a' }))
  expect(screen.queryByText('部门a11')).toBeNull()
  expect(screen.getByText('部门b')).toBeVisible()
})
