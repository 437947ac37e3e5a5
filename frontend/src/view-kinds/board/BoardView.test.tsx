import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { fieldOf } from '@/api/objects'
import type { RecordRow } from '@/api/types'
import type { ViewState } from '@/registry/view_kind'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity, opportunityRecord } from '@/testing/opportunity'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { toast } from '@/ui/toast'
import { BoardView } from './BoardView'
import { LackingFields } from './LackingFields'
import { useMoves } from './moves'
import type { Moves } from './moves'

registerPlainKinds()

const animate = vi.fn()
// jsdom moves nothing; that a card was sent on its way is all one can see there.
Element.prototype.animate = animate

const object = opportunity()
const stage = fieldOf(object, 'stage') ?? field('stage', 'choice')
const state: ViewState = {
  kind: 'board',
  filter: null,
  sort: ['-amount'],
  columns: [],
  group_by: 'stage',
  card: object.layout.card,
  sum: 'amount',
  weight: null,
  density: null,
  colors: [],
  q: '',
}

const bearing: RecordRow = { id: 'o1', version: 3, name: '轴承圆度仪', stage: 'prospecting', amount: 100, updated_at: new Date().toISOString() }
const motor: RecordRow = { id: 'o2', version: 1, name: '伺服电机', stage: 'engaging', amount: 300, updated_at: new Date().toISOString() }

/** A server that keeps the stages of its records; `onPatch` may refuse. */
function serve(onPatch: (asked: { body: unknown; headers: Headers }) => unknown) {
  const rows = [bearing, motor].map((row) => ({ ...row }))
  const moved = (stageNow: unknown, version: number) => {
    const row = rows.find((each) => each.id === 'o1')
    if (row) Object.assign(row, { stage: stageNow, version })
  }
  server.use(
    answer('post', '/records/crm_opportunity/query', ({ body }) => {
      const { filter } = body as { filter: { value: string } }
      return { records: rows.filter((row) => row['stage'] === filter.value), next_cursor: null }
    }),
    answer('post', '/records/crm_opportunity/aggregate', () => {
      const stages = [...new Set(rows.map((row) => row['stage']))]
      return {
        groups: stages.map((key) => {
          const there = rows.filter((row) => row['stage'] === key)
          return { key: [key], values: [there.length, there.reduce((sum, row) => sum + Number(row['amount']), 0)] }
        }),
      }
    }),
    answer('patch', '/records/crm_opportunity/o1', (asked) => onPatch({ ...asked, headers: asked.headers })),
  )
  return { moved }
}

let moves: Moves
function Board() {
  moves = useMoves(object, stage, state)
  return (
    <>
      <BoardView object={object} state={state} onChange={vi.fn()} openedRecord={null} onOpen={vi.fn()} onCreate={vi.fn()} onOrder={vi.fn()} />
      {moves.lacking && <LackingFields lacking={moves.lacking} column="方案报价" onSave={moves.supply} onCancel={moves.giveUp} />}
    </>
  )
}

const column = (name: string) => within(screen.getByRole('region', { name }))
const move = (to: string, from = 'prospecting') => act(() => moves.move({ row: bearing, from, to }))

test('columns show their records, counts and sums; those that end are folded', async () => {
  serve(() => null)
  renderPage(<Board />)
  expect(await screen.findByText('轴承圆度仪')).toBeInTheDocument()
  expect(await column('初步接洽').findByText('1')).toBeInTheDocument()
  expect(column('方案报价').getByText('伺服电机')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: '展开「赢单」' })).toBeInTheDocument()
})

test('a moved card changes its column and the totals before the server answers, and stays', async () => {
  let release: () => void = () => undefined
  const answered = new Promise<void>((resolve) => (release = resolve))
  const { moved } = serve(async ({ headers }) => {
    await answered
    expect(headers.get('If-Match')).toBe('"3"')
    moved('engaging', 4)
    return opportunityRecord({ ...bearing, stage: 'engaging', version: 4 })
  })
  renderPage(<Board />)
  await screen.findByText('轴承圆度仪')
  let done: Promise<void> = Promise.resolve()
  act(() => {
    done = moves.move({ row: bearing, from: 'prospecting', to: 'engaging' })
  })
  expect(await column('方案报价').findByText('轴承圆度仪')).toBeInTheDocument()
  expect(await column('方案报价').findByText('400')).toBeInTheDocument()
  release()
  await act(() => done)
  await waitFor(() => expect(column('方案报价').getByText('轴承圆度仪')).toBeInTheDocument())
  expect(column('初步接洽').queryByText('轴承圆度仪')).not.toBeInTheDocument()
})

test('a refused card returns with the reason on it', async () => {
  serve(() => problem(422, 'invalid_values', '不能保存', { errors: [{ field: 'stage', code: 'gate', message: '先填写预计成交。' }] }))
  renderPage(<Board />)
  await screen.findByText('轴承圆度仪')
  await move('engaging')
  expect(await column('初步接洽').findByText('轴承圆度仪')).toBeInTheDocument()
  expect(moves.refused['o1']).toBe('先填写预计成交。')
  await waitFor(() => expect(animate).toHaveBeenCalled())
  expect(toast.shown().at(-1)).toMatchObject({ text: '「轴承圆度仪」没有移动：先填写预计成交。', tone: 'danger' })
})

test('what a column requires is asked for where the card was dropped, and goes with the move', async () => {
  const sent: unknown[] = []
  const { moved } = serve(({ body }) => {
    sent.push(body)
    if (!('email' in (body as object))) return problem(422, 'invalid_values', '不能保存', { errors: [{ field: 'email', code: 'required', message: '请填写「邮箱」。' }] })
    moved('engaging', 4)
    return opportunityRecord({ ...bearing, stage: 'engaging', version: 4 })
  })
  renderPage(<Board />)
  await screen.findByText('轴承圆度仪')
  await move('engaging')
  const form = within(await screen.findByRole('dialog'))
  expect(form.getByText('请填写「邮箱」。')).toBeInTheDocument()
  await userEvent.type(form.getByRole('textbox'), 'a@b.cn')
  await userEvent.click(form.getByRole('button', { name: '保存并移动' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(sent).toEqual([{ stage: 'engaging' }, { stage: 'engaging', email: 'a@b.cn' }])
  expect(await column('方案报价').findByText('轴承圆度仪')).toBeInTheDocument()
})

test('a card goes back when what its column requires is not given', async () => {
  const patch = vi.fn(() => problem(422, 'invalid_values', '不能保存', { errors: [{ field: 'email', code: 'required', message: '请填写「邮箱」。' }] }))
  serve(patch)
  renderPage(<Board />)
  await screen.findByText('轴承圆度仪')
  await move('engaging')
  expect(column('方案报价').getByText('轴承圆度仪')).toBeInTheDocument()
  await userEvent.click(await screen.findByRole('button', { name: '放回原处' }))
  expect(await column('初步接洽').findByText('轴承圆度仪')).toBeInTheDocument()
  expect(patch).toHaveBeenCalledTimes(1)
})

test('somebody else changing another field does not stop the move', async () => {
  const versions: (string | null)[] = []
  const { moved } = serve(({ headers }) => {
    versions.push(headers.get('If-Match'))
    if (versions.length === 1) return problem(412, 'version_conflict', '已经变了', { current: opportunityRecord({ ...bearing, amount: 7, version: 4 }) })
    moved('engaging', 5)
    return opportunityRecord({ ...bearing, stage: 'engaging', version: 5 })
  })
  renderPage(<Board />)
  await screen.findByText('轴承圆度仪')
  await move('engaging')
  expect(versions).toEqual(['"3"', '"4"'])
  expect(moves.refused['o1']).toBeUndefined()
})

test('somebody else moving the same card wins, and is named', async () => {
  const theirs = opportunityRecord({ ...bearing, stage: 'won', version: 4, updated_by: { id: 'p2', name: '林若溪' } })
  const patch = vi.fn(() => problem(412, 'version_conflict', '已经变了', { current: theirs }))
  serve(patch)
  renderPage(<Board />)
  await screen.findByText('轴承圆度仪')
  await move('engaging')
  expect(patch).toHaveBeenCalledTimes(1)
  expect(moves.refused['o1']).toBe('林若溪刚刚把它移到了「赢单」。')
})
