import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { registerPlainKinds } from '@/testing/kinds'
import { opportunity, opportunityRecord } from '@/testing/opportunity'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { CreateDrawer } from './CreateDrawer'

registerPlainKinds()

type Asked = { body: unknown; headers: Headers }

function open(onPost: (asked: Asked) => unknown, values = {}) {
  server.use(
    answer('get', '/objects', { design_version: 1, objects: [opportunity()] }),
    answer('get', '/me', me()),
    answer('post', '/records/crm_opportunity', onPost, 201),
  )
  const onCreated = vi.fn()
  const onClose = vi.fn()
  const view = renderPage(<CreateDrawer object="crm_opportunity" values={values} onClose={onClose} onCreated={onCreated} />)
  return { ...view, onCreated, onClose, user: userEvent.setup() }
}

test('errors come first: all are listed, the first has the focus, and nothing is sent', async () => {
  const posted = vi.fn()
  const { user } = open(posted)
  await user.click(await screen.findByRole('button', { name: '创建' }))
  const summary = screen.getAllByRole('alert').find((alert) => alert.textContent?.includes('2 处'))
  expect(summary).toHaveTextContent('请填写「名称」。')
  expect(summary).toHaveTextContent('请选择「客户」。')
  expect(screen.getByRole('textbox', { name: /名称/ })).toHaveFocus()
  expect(posted).not.toHaveBeenCalled()
})

test('what is saved carries defaults, links as ids, and a key against doubles', async () => {
  let sent: Asked | null = null
  const { user, onCreated } = open((asked) => {
    sent = asked
    return opportunityRecord()
  })
  await user.type(await screen.findByRole('textbox', { name: /名称/ }), '圆度仪')
  await user.type(screen.getByRole('textbox', { name: /客户/ }), 'X')
  await user.type(screen.getByRole('textbox', { name: /金额/ }), '1200')
  await user.click(screen.getByRole('button', { name: '创建' }))
  await waitFor(() => expect(onCreated).toHaveBeenCalled())
  expect(sent).toMatchObject({ body: { name: '圆度仪', account: 'id-of-X', amount: 1200, stage: 'prospecting', owner: 'p1' } })
  expect((sent as Asked | null)?.headers.get('Idempotency-Key')).toBeTruthy()
})

test('a refusal of the server stands at its field and keeps the input', async () => {
  const refusal = () => problem(422, 'invalid_values', '有的值不能保存', { errors: [{ pointer: '/amount', code: 'too_large', message: '金额超过了上限。' }] })
  const { user, onCreated } = open(refusal, { name: '圆度仪', account: { id: 'a1', name: '甲' } })
  await user.type(await screen.findByRole('textbox', { name: /金额/ }), '99')
  await user.click(screen.getByRole('button', { name: '创建' }))
  await waitFor(() => expect(screen.getByRole('textbox', { name: /金额/ })).toHaveFocus())
  expect(screen.getByRole('textbox', { name: /金额/ })).toHaveAccessibleDescription('金额超过了上限。')
  expect(screen.getByRole('textbox', { name: /金额/ })).toHaveValue('99')
  expect(onCreated).not.toHaveBeenCalled()
})

test('a closed form remembers what was typed', async () => {
  const first = open(() => opportunityRecord())
  await first.user.type(await screen.findByRole('textbox', { name: /名称/ }), '未完成')
  first.unmount()
  open(() => opportunityRecord())
  expect(await screen.findByRole('textbox', { name: /名称/ })).toHaveValue('未完成')
  expect(screen.getByText('已恢复上次没有保存的内容')).toBeInTheDocument()
})

test('create and add another empties the form and stays', async () => {
  const { user, onCreated, onClose } = open(() => opportunityRecord(), { account: { id: 'a1', name: '甲' } })
  await user.type(await screen.findByRole('textbox', { name: /名称/ }), '第一个')
  await user.click(screen.getByRole('button', { name: '创建并再建一个' }))
  await waitFor(() => expect(screen.getByRole('textbox', { name: /名称/ })).toHaveValue(''))
  expect(screen.getByRole('textbox', { name: /客户/ })).toHaveValue('甲')
  expect(onCreated).not.toHaveBeenCalled()
  expect(onClose).not.toHaveBeenCalled()
})
