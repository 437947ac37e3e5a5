import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { FullRecord } from '@/api/types'
import { registerPlainKinds } from '@/testing/kinds'
import { opportunity, opportunityRecord } from '@/testing/opportunity'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { RecordDrawer } from './RecordDrawer'

registerPlainKinds()

type Patch = { body: unknown; headers: Headers }

function open(onPatch: (asked: Patch) => unknown = () => opportunityRecord(), record: FullRecord = opportunityRecord()) {
  server.use(
    answer('get', '/objects', { design_version: 1, objects: [opportunity()] }),
    answer('get', '/me', me()),
    answer('get', '/records/crm_opportunity/o1', () => record),
    answer('get', '/records/crm_opportunity/o1/history', {
      changes: [
        {
          id: 1,
          at: '2026-11-24T08:00:00Z',
          actor: { id: 'p2', name: '林若溪' },
          source: 'import',
          op: 'update',
          version: 3,
          fields: [{ field: 'stage', old: 'engaging', new: 'prospecting' }],
        },
      ],
      next_cursor: null,
    }),
    answer('patch', '/records/crm_opportunity/o1', onPatch),
  )
  const onClose = vi.fn()
  renderPage(<RecordDrawer object="crm_opportunity" id="o1" onClose={onClose} />)
  return { onClose, user: userEvent.setup() }
}

async function editAmount(user: ReturnType<typeof userEvent.setup>, amount: string): Promise<void> {
  await user.click(await screen.findByRole('button', { name: '编辑金额' }))
  const input = screen.getByRole('textbox', { name: '金额' })
  await user.clear(input)
  await user.type(input, `${amount}{Enter}`)
}

test('one field is changed where it stands, against the version that was seen', async () => {
  const patches: Patch[] = []
  const { user } = open((asked) => {
    patches.push(asked)
    return opportunityRecord({ amount: 5, version: 4 })
  })
  await editAmount(user, '5')
  await waitFor(() => expect(patches).toHaveLength(1))
  expect(patches[0]?.body).toEqual({ amount: 5 })
  expect(patches[0]?.headers.get('If-Match')).toBe('"3"')
  expect(await screen.findByRole('button', { name: '编辑金额' })).toHaveTextContent('5')
})

test('Esc restores the old value and sends nothing', async () => {
  const patch = vi.fn()
  const { user, onClose } = open(patch)
  await user.click(await screen.findByRole('button', { name: '编辑金额' }))
  await user.type(screen.getByRole('textbox', { name: '金额' }), '7{Escape}')
  expect(screen.getByRole('button', { name: '编辑金额' })).toHaveTextContent('1420000')
  expect(patch).not.toHaveBeenCalled()
  expect(onClose).not.toHaveBeenCalled()
})

test('a change of another field by somebody else is merged without a question', async () => {
  const versions: (string | null)[] = []
  const theirs = opportunityRecord({ version: 4, name: '改过的名称', updated_by: { id: 'p2', name: '林若溪' } })
  const { user } = open(({ headers }) => {
    versions.push(headers.get('If-Match'))
    return versions.length === 1 ? problem(412, 'version_conflict', '已经变了', { current: theirs }) : { ...theirs, amount: 5, version: 5 }
  })
  await editAmount(user, '5')
  await waitFor(() => expect(versions).toEqual(['"3"', '"4"']))
  expect(screen.queryByRole('dialog', { name: /用哪一个/ })).not.toBeInTheDocument()
})

test('when both changed the same field, both values are shown and the choice is saved', async () => {
  const patches: Patch[] = []
  const theirs = opportunityRecord({ version: 4, amount: 9, updated_by: { id: 'p2', name: '林若溪' } })
  const { user } = open((asked) => {
    patches.push(asked)
    return patches.length === 1 ? problem(412, 'version_conflict', '已经变了', { current: theirs }) : { ...theirs, amount: 5, version: 5 }
  })
  await editAmount(user, '5')
  const dialog = await screen.findByRole('dialog', { name: /林若溪也改了同样的字段/ })
  expect(within(dialog).getByRole('radio', { name: /林若溪 ?9/ })).toBeChecked()
  await user.click(within(dialog).getByRole('radio', { name: /我的修改 ?5/ }))
  await user.click(within(dialog).getByRole('button', { name: '按所选保存' }))
  await waitFor(() => expect(patches).toHaveLength(2))
  expect(patches[1]?.body).toEqual({ amount: 5 })
  expect(patches[1]?.headers.get('If-Match')).toBe('"4"')
})

test('keeping theirs sends nothing more', async () => {
  const theirs = opportunityRecord({ version: 4, amount: 9, updated_by: { id: 'p2', name: '林若溪' } })
  const patch = vi.fn(() => problem(412, 'version_conflict', '已经变了', { current: theirs }))
  const { user } = open(patch)
  await editAmount(user, '5')
  await user.click(await screen.findByRole('button', { name: '放弃我的修改' }))
  expect(await screen.findByRole('button', { name: '编辑金额' })).toHaveTextContent('9')
  expect(patch).toHaveBeenCalledTimes(1)
})

test('what may not be written does not open', async () => {
  open(undefined, opportunityRecord({ _rights: { edit: true, delete: false, write: ['name'] } }))
  expect(await screen.findByRole('button', { name: '编辑名称' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: '编辑金额' })).not.toBeInTheDocument()
})

test('history tells who changed what, from where', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('tab', { name: '动态' }))
  expect(await screen.findByText('林若溪')).toBeInTheDocument()
  expect(screen.getByText('导入')).toBeInTheDocument()
  expect(screen.getByText('阶段').closest('li')).toHaveTextContent('阶段方案报价→初步接洽')
})

test('a record that was handed over closes', async () => {
  const { user, onClose } = open(() => ({ id: 'o1', version: 4, hidden: true }))
  await user.click(await screen.findByRole('button', { name: '编辑负责人' }))
  const input = screen.getByRole('textbox', { name: '负责人' })
  await user.clear(input)
  await user.type(input, 'Z{Enter}')
  await waitFor(() => expect(onClose).toHaveBeenCalled())
})

test('a record in the trash can be brought back', async () => {
  const { user } = open()
  let isDeleted = true
  server.use(
    answer('get', '/records/crm_opportunity/o1', () => (isDeleted ? problem(404, 'not_found', '没有这条记录') : opportunityRecord())),
    answer('post', '/records/crm_opportunity/query', { records: [{ id: 'o1', version: 4, name: '轴承圆度仪年度框架' }], next_cursor: null }),
    answer('post', '/records/crm_opportunity/o1/restore', () => {
      isDeleted = false
      return opportunityRecord()
    }),
  )
  await user.click(await screen.findByRole('button', { name: '恢复' }))
  expect(await screen.findByRole('button', { name: '编辑金额' })).toBeInTheDocument()
})
