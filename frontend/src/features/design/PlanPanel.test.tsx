import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DesignPlan, DesignStep, PlannedStep } from '@/api/design_types'
import { me, person } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { ObjectsPage } from './ObjectsPage'

const add: DesignStep = { action: 'add_object', object: { name: 'machine', label: { 'zh-CN': '设备', en: 'Machine' } } }
const retire: DesignStep = { action: 'retire_field', object: 'crm_account', field: 'fax' }

function planned(more: Partial<PlannedStep>): PlannedStep {
  return { action: 'add_object', object: 'machine', field: null, sentence: { 'zh-CN': '加一种数据「设备」' }, lock: 'none', rows: 0, seconds: 0, loss: null, warnings: [], reversible: true, ...more }
}

function keepDraft(...steps: DesignStep[]): void {
  localStorage.setItem('guanxi.design-draft.p1', JSON.stringify({ base: 12, steps, past: [[]], future: [] }))
}

let asked: { base_version: number; steps: DesignStep[] }[] = []

function serve({ version = 12, plan }: { version?: number; plan: Partial<DesignPlan> | Response }): void {
  asked = []
  server.use(
    answer('get', '/me', me({ person: person({ id: 'p1', is_administrator: true }), rights: { design: true, manage_people: true, manage_roles: true, import: true } })),
    answer('get', '/design/objects', { design_version: version, objects: [] }),
    answer('get', '/apps', { apps: [] }),
    answer('get', '/roles', { roles: [] }),
    answer('get', '/objects', { design_version: version, objects: [] }),
    answer('post', '/design/plan', ({ body }: { body: unknown }) => {
      asked.push(body as (typeof asked)[number])
      return plan instanceof Response ? plan.clone() : { base_version: version, steps: [], blockers: [], ...plan }
    }),
  )
}

function open() {
  renderPage(<ObjectsPage />, { path: '/settings/objects', at: '/settings/objects?panel=plan' })
}

describe('publishing a draft', () => {
  beforeEach(() => localStorage.clear())

  it('tells each change with what it costs, and publishes them together', async () => {
    keepDraft(add)
    serve({ plan: { steps: [planned({ seconds: 40, rows: 82416, warnings: [{ 'zh-CN': '列表会多一列' }] })] } })
    const applied: unknown[] = []
    server.use(
      answer('post', '/design/apply', ({ body }: { body: unknown }) => {
        applied.push(body)
        return { design_version: 13, steps: [] }
      }),
    )
    open()
    expect(await screen.findByText('加一种数据「设备」')).toBeVisible()
    expect(screen.getByText(/82,416 条记录/)).toBeVisible()
    expect(screen.getByText('列表会多一列')).toBeVisible()
    const publish = (await screen.findByText('发布 1 处更改')).closest('button')
    await waitFor(() => expect(publish).toBeEnabled())
    fireEvent.click(await screen.findByText('发布 1 处更改'))
    await waitFor(() => expect(applied).toEqual([{ base_version: 12, steps: [add] }]))
    await waitFor(() => expect(localStorage.getItem('guanxi.design-draft.p1')).toBeNull())
  })

  it('is held up by what still uses a removed field, and says by what', async () => {
    keepDraft(retire)
    serve({
      plan: {
        steps: [planned({ action: 'retire_field', object: 'crm_account', field: 'fax', sentence: { 'zh-CN': '移除「传真」' } })],
        blockers: [{ step: 0, message: { 'zh-CN': '视图「老客户」按它排序' }, used_by: [{ kind: 'view', id: 'v1', name: { 'zh-CN': '老客户' } }] }],
      },
    })
    open()
    expect(await screen.findByText('移除「传真」')).toBeVisible()
    const step = screen.getByText('移除「传真」').closest('li')
    if (!step) throw new Error('A change is a list item.')
    expect(within(step).getByText('老客户')).toBeVisible()
    expect((await screen.findByText('发布（还差 1 处）')).closest('button')).toBeDisabled()
    expect(screen.getByText('1 个必须处理')).toBeVisible()
  })

  it('shows at a change why it cannot be, and can take it back alone', async () => {
    keepDraft(add, retire)
    serve({ plan: problem(422, 'invalid_values', '有一处不行', { errors: [{ pointer: '/steps/1/field', code: 'unknown_field', message: '没有「fax」这个字段。' }] }) })
    open()
    const [sentence] = await screen.findAllByText('没有「fax」这个字段。')
    expect(sentence).toBeVisible()
    const step = screen.getByText('fax').closest('li')
    if (!step) throw new Error('A change is a list item.')
    fireEvent.click(within(step).getByText('撤掉这处'))
    await waitFor(() => expect(asked.at(-1)?.steps).toEqual([add]))
  })

  it('follows a design somebody else published meanwhile', async () => {
    keepDraft(retire)
    serve({ version: 14, plan: { steps: [planned({ sentence: { 'zh-CN': '移除「传真」' } })] } })
    open()
    expect(await screen.findByText('有人刚发布了新的设计，你的 1 处更改已接在后面。')).toBeVisible()
    await waitFor(() => expect(asked.at(-1)?.base_version).toBe(14))
  })

  it('takes a new kind of data under the name the server makes, and keeps what cannot be in the form', async () => {
    serve({ plan: { steps: [planned({ object: 'she_bei' })] } })
    renderPage(<ObjectsPage />, { path: '/settings/objects', at: '/settings/objects?panel=new' })
    fireEvent.change(await screen.findByLabelText('中文名称'), { target: { value: '设备' } })
    server.use(answer('post', '/design/plan', () => problem(422, 'invalid_values', '不行', { errors: [{ pointer: '/steps/0/object/label', code: 'taken', message: '已经有叫「设备」的数据。' }] }), 422))
    fireEvent.click(screen.getByText('加到草稿'))
    expect(await screen.findByText('已经有叫「设备」的数据。')).toBeVisible()
    expect(screen.getByLabelText('中文名称')).toHaveValue('设备')
    serve({ plan: { steps: [planned({ object: 'she_bei' })] } })
    fireEvent.click(screen.getByText('加到草稿'))
    await waitFor(() => expect(localStorage.getItem('guanxi.design-draft.p1')).toContain('"name":"she_bei"'))
  }, 30_000)
})
