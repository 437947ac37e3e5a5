import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { Type } from 'lucide-react'
import type { Import, ImportReport } from '@/api/import_types'
import { registerFieldKinds } from '@/registry/registry'
import type { FieldKind } from '@/registry/field_kind'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { ImportPage } from './ImportPage'

const plainKind = {
  type: 'text',
  label: { 'zh-CN': '文字' },
  icon: Type,
  align: 'left',
  Cell: ({ value }: { value: unknown }) => <>{String(value)}</>,
  parse: (text: string) => ({ value: text }),
  isEmpty: (value: unknown) => value === null || value === '',
} as unknown as FieldKind

function field(name: string, zh: string, more: object = {}) {
  return { name, label: { 'zh-CN': zh }, type: 'text', options: {}, required: false, unique: false, system: false, default: null, access: 'write', retired_at: null, ...more }
}

const opportunity = {
  name: 'crm_opportunity',
  label: { 'zh-CN': '商机' },
  icon: 'target',
  color: 'teal',
  rights: { import: true, create: true },
  retired_at: null,
  fields: [field('number', '商机编号', { unique: true }), field('stage', '阶段', { options: { choices: [{ value: 'won', label: { 'zh-CN': '赢单' }, color: 'green' }] } })],
}

function column(index: number, header: string, target: string | null) {
  return { index, letter: 'AB'[index] ?? '', header, samples: ['x'], field: target, reason: target ? 'same_name' : 'none', format: null, formats: [], link: null, values: {} }
}

function report(isSettled: boolean): ImportReport {
  return {
    rows: 8,
    to_create: isSettled ? 8 : 5,
    to_update: 0,
    unchanged: 0,
    to_skip: 0,
    invalid: isSettled ? 0 : 3,
    columns: isSettled
      ? []
      : [
          {
            column: 1,
            invalid: 3,
            problems: [{ code: 'not_an_option', message: { 'zh-CN': '没有这个选项' }, count: 3, examples: [{ row: 2, value: 'Wonn' }] }],
            unmatched: [{ value: 'Wonn', count: 3, suggestion: { value: '赢单', label: '赢单' } }],
          },
        ],
    preview: [{ row: 2, values: { number: 'A1', stage: 'won' }, problems: {} }],
  }
}

/** A server with one import, that checks and runs at once. */
function serve(changes: Partial<Import> = {}) {
  const kept = {
    id: 'i1',
    object: 'crm_opportunity',
    status: 'mapping',
    file: { name: 'deals.csv', size: 100, encoding: 'utf-8', delimiter: ',', sheet: null, sheets: [], header_row: 1, rows: 8 },
    columns: [column(0, 'id', 'number'), column(1, 'state', 'stage')],
    mapping: [],
    duplicates: { key: 'number', policy: 'update', possible: 'take' },
    progress: { done: 0, total: 8 },
    report: null,
    result: null,
    error: null,
    created_by: null,
    created_at: '2026-11-25T08:00:00Z',
    finished_at: null,
    ...changes,
  } as Import
  const patches: unknown[] = []
  server.use(
    answer('get', '/me', me()),
    answer('get', '/objects', { design_version: 1, objects: [opportunity] }),
    answer('get', '/imports/i1', () => kept),
    answer('patch', '/imports/i1', ({ body }: { body: unknown }) => {
      patches.push(body)
      const { mapping = [] } = body as { mapping?: { column: number; field: string | null; values?: Record<string, string | null> }[] }
      kept.columns = kept.columns.map((one) => {
        const wish = mapping.find((each) => each.column === one.index)
        return wish ? { ...one, field: wish.field, values: wish.values ?? one.values } : one
      })
      Object.assign(kept, { status: 'mapping', report: null })
      return kept
    }),
    answer('post', '/imports/i1/check', () => {
      Object.assign(kept, { status: 'checked', report: report('Wonn' in (kept.columns[1]?.values ?? {})) })
      return kept
    }),
    answer('post', '/imports/i1/run', () => {
      Object.assign(kept, { status: 'done', result: { created: 8, updated: 0, unchanged: 0, skipped: 0, failed: 0 } })
      return kept
    }),
  )
  return { kept, patches }
}

function open(at = '/imports/i1') {
  return renderPage(<ImportPage />, { path: '/imports/:id', at })
}

describe('an import', () => {
  beforeEach(() => registerFieldKinds([plainKind]))

  it('checks by itself, asks what a value means, and checks again once that is settled', async () => {
    const { patches } = serve()
    open()
    expect(await screen.findByText('还有 1 个值没有定：state', {}, { timeout: 12_000 })).toBeVisible()
    fireEvent.click(screen.getByLabelText('把「Wonn」当作「赢单」'))
    await waitFor(() => expect(patches).toEqual([{ mapping: [{ column: 1, field: 'stage', format: null, link: null, values: { Wonn: 'won' } }] }]))
    expect(await screen.findByText('都已确定')).toBeVisible()
    await waitFor(() => expect(screen.queryByText(/个值没有定/)).toBeNull())
  }, 30_000)

  it('that broke off goes on from there, or is taken back', async () => {
    serve({
      status: 'failed',
      progress: { done: 5, total: 8 },
      result: { created: 5, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
      error: { 'zh-CN': '处理中断。' },
    })
    open()
    expect(await screen.findByText('撤销这次导入')).toBeVisible()
    fireEvent.click(screen.getByText('继续导入'))
    expect(await screen.findByText('导入完成')).toBeVisible()
  })

  it('of people says that they stay', async () => {
    serve({ object: 'person', status: 'done', columns: [], result: { created: 5, updated: 0, unchanged: 0, skipped: 0, failed: 0 } })
    open()
    expect(await screen.findByText(/人员导入会保留/)).toBeVisible()
    expect(screen.queryByText('撤销这次导入')).toBeNull()
  })

  it('runs only what was checked, says how many rows, and tells the result', async () => {
    serve()
    open('/imports/i1?step=check')
    fireEvent.click(await screen.findByText('导入其余 5 行'))
    expect(await screen.findByText('导入完成')).toBeVisible()
    expect(screen.getByText('撤销这次导入')).toBeVisible()
  })

  it('says that nothing changed when the file says what is there', async () => {
    serve({ status: 'done', result: { created: 0, updated: 0, unchanged: 8, skipped: 0, failed: 0 } })
    open()
    expect(await screen.findByText('没有变化，文件里的内容和系统里的一致')).toBeVisible()
    expect(screen.queryByText('撤销这次导入')).toBeNull()
  })

  it('keeps going where it was when it is opened again while running', async () => {
    serve({ status: 'running', progress: { done: 3, total: 8 } })
    open()
    expect(await screen.findByText('正在导入商机')).toBeVisible()
    for (const bar of screen.getAllByRole('progressbar')) expect(bar).toHaveAttribute('aria-valuenow', '37')
  })

  it('says what to do when a mapping is refused, and stays', async () => {
    serve()
    server.use(answer('patch', '/imports/i1', () => problem(422, 'invalid_mapping', '有两列都对应到“阶段”，请只留一列。')))
    open()
    fireEvent.click(await screen.findByLabelText('把「Wonn」当作「赢单」'))
    expect(await screen.findByText('有两列都对应到“阶段”，请只留一列。')).toBeVisible()
    expect(screen.getByText('对应字段')).toBeVisible()
  })

  it('on a phone asks only for decisions, and says where to map columns', async () => {
    window.innerWidth = 390
    serve()
    open()
    expect(await screen.findByText('要你定的 1 处')).toBeVisible()
    expect(screen.getByText('改列的对应关系请到电脑上做，这里保留你定好的值。')).toBeVisible()
    expect(screen.queryByRole('table')).toBeNull()
  })

  it('that is not there is told as such, with a way back', async () => {
    serve()
    server.use(answer('get', '/imports/i1', () => problem(404, 'import_not_found', '这次导入不存在，或不是您的。')))
    open()
    expect(await screen.findByText(/这次导入不存在/)).toBeVisible()
    expect(screen.getAllByRole('link', { name: '导入记录' }).length).toBeGreaterThan(0)
  })
})
