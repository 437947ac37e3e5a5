import { beforeAll, describe, expect, it, vi } from 'vitest'
import { act, screen } from '@testing-library/react'
import { EditorView } from '@codemirror/view'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import '@/app/kinds'
import type { Filter } from '@/lib/filter'
import { chooseLocale } from '@/lib/i18n'
import { field, opportunity } from '@/testing/opportunity'
import { renderPage } from '@/testing/render'
import { answer, server } from '@/testing/server'
import { ConditionEditor } from './ConditionEditor'
import { leafText } from './condition_text'
import { firstOperator, operatorSign } from './operators'
import { withoutNames } from './references'

const object = opportunity({
  fields: [
    field('name', 'text', { label: { 'zh-CN': '名称', en: 'Name' }, operators: ['eq', 'contains', 'is_empty'] }),
    field('amount', 'money', { label: { 'zh-CN': '金额', en: 'Amount' }, operators: ['eq', 'gte', 'lt', 'between', 'is_empty'] }),
    field('close_date', 'date', { label: { 'zh-CN': '预计成交', en: 'Close date' }, operators: ['eq', 'lt', 'within'] }),
    field('account', 'link', { label: { 'zh-CN': '客户', en: 'Account' }, operators: ['eq', 'in'], options: { target: 'crm_account' } }),
  ],
})
const account = opportunity({ name: 'crm_account', fields: [field('industry', 'text', { label: { 'zh-CN': '行业', en: 'Industry' }, operators: ['eq'] })] })
const none = new Map<string, string>()

describe('a condition in words', () => {
  beforeAll(() => chooseLocale('zh-CN'))
  it.each<[{ field: string; op: string; value?: unknown }, string]>([
    [{ field: 'amount', op: 'gte', value: 500000 }, '金额 ≥ ¥500,000'],
    [{ field: 'close_date', op: 'within', value: 'this_quarter' }, '预计成交 = 本季度'],
    [{ field: 'close_date', op: 'lt', value: '2026-12-01' }, '预计成交 早于 2026-12-01'],
    [{ field: 'name', op: 'is_empty' }, '名称 为空'],
    [{ field: 'account.industry', op: 'eq', value: 'medical' }, '客户 › 行业 = medical'],
    [{ field: 'gone', op: 'eq', value: 1 }, 'gone'],
  ])('%j', (leaf, words) => {
    expect(leafText([object, account], object, leaf, none)).toBe(words)
  })
  it('names the records it points to', () => {
    expect(leafText([object, account], object, { field: 'account', op: 'in', value: ['a1'] }, new Map([['a1', '澜科']]))).toBe('客户 = 澜科')
  })
  it('says before for days and less for figures', () => {
    const [, amount, day] = object.fields
    expect(amount && operatorSign('lt', amount)).toBe('<')
    expect(day && operatorSign('lt', day)).toBe('早于')
    expect(day && firstOperator(day)).toBe('within')
  })
  it('keeps ids and leaves names behind', () => {
    expect(withoutNames({ and: [{ field: 'account', op: 'in', value: [{ id: 'a1', name: '澜科' }] }] })).toEqual({ and: [{ field: 'account', op: 'in', value: ['a1'] }] })
  })
})

function Held({ start, onChange }: { start: Filter | null; onChange: (filter: Filter | null) => void }) {
  const [filter, setFilter] = useState(start)
  return (
    <ConditionEditor
      object={object}
      value={filter}
      onChange={(next) => {
        setFilter(next)
        onChange(next)
      }}
    />
  )
}

describe('the builder of conditions', () => {
  it('hands on a condition once it is complete, and not before', async () => {
    server.use(answer('get', '/objects', { design_version: 1, objects: [object, account] }))
    const onChange = vi.fn()
    const user = userEvent.setup()
    renderPage(<Held start={null} onChange={onChange} />)
    await user.click(screen.getByRole('button', { name: '添加条件' }))
    expect(onChange).not.toHaveBeenCalled()
    await user.type(await screen.findByRole('textbox', { name: '值' }), '检测')
    expect(onChange).toHaveBeenLastCalledWith({ field: 'name', op: 'contains', value: '检测' })
    await user.click(screen.getByRole('button', { name: '去掉这个条件' }))
    expect(onChange).toHaveBeenLastCalledWith(null)
  })
  it('joins several by and, or by or', async () => {
    server.use(answer('get', '/objects', { design_version: 1, objects: [object, account] }))
    const onChange = vi.fn()
    const user = userEvent.setup()
    const parts = [{ field: 'name', op: 'contains', value: 'a' }, { field: 'name', op: 'contains', value: 'b' }]
    renderPage(<Held start={{ and: parts }} onChange={onChange} />)
    await user.click(await screen.findByText('满足任一'))
    expect(onChange).toHaveBeenLastCalledWith({ or: parts })
  })
  it('is written as a formula and comes back as sentences', async () => {
    server.use(answer('get', '/objects', { design_version: 1, objects: [object, account] }))
    const onChange = vi.fn()
    const user = userEvent.setup()
    renderPage(<Held start={{ and: [{ field: 'amount', op: 'gte', value: 5 }, { field: 'account.industry', op: 'eq', value: 'medical' }] }} onChange={onChange} />)
    await user.click(await screen.findByText('公式'))
    const view = EditorView.findFromDOM(await screen.findByRole('textbox', { name: '条件公式' }, { timeout: 5000 }))
    if (!view) throw new Error('No editor.')
    expect(view.state.doc.toString()).toBe('{金额} >= 5 && {客户.行业} = "medical"')
    const type = (text: string) => act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'input.type' }))
    type('{金额} * 2 >')
    expect(onChange).not.toHaveBeenCalled()
    expect(await screen.findByRole('radio', { name: '句子' })).toBeDisabled()
    type('{金额} < 7')
    expect(onChange).toHaveBeenLastCalledWith({ field: 'amount', op: 'lt', value: 7 })
    await user.click(screen.getByText('句子'))
    expect(await screen.findByRole('button', { name: '去掉这个条件' })).toBeInTheDocument()
    expect(screen.getByDisplayValue('7')).toBeInTheDocument()
  })
  it('applies as a formula what no sentence says, and keeps it among sentences', async () => {
    server.use(answer('get', '/objects', { design_version: 1, objects: [object, account] }))
    const onChange = vi.fn()
    const user = userEvent.setup()
    renderPage(<Held start={null} onChange={onChange} />)
    await user.click(await screen.findByText('公式'))
    const view = EditorView.findFromDOM(await screen.findByRole('textbox', { name: '条件公式' }, { timeout: 5000 }))
    if (!view) throw new Error('No editor.')
    act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: '{金额} * 2 > 3' }, userEvent: 'input.type' }))
    expect(onChange).toHaveBeenLastCalledWith({ formula: '{amount} * 2 > 3' })
    expect(await screen.findByText(/作为公式生效/)).toBeInTheDocument()
    await user.click(screen.getByText('句子'))
    expect(await screen.findByRole('textbox', { name: '公式' }, { timeout: 5000 })).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: '去掉这个条件' }))
    expect(onChange).toHaveBeenLastCalledWith(null)
  })
  it('says which test no formula says: one of a field formulas know nothing of', async () => {
    server.use(answer('get', '/objects', { design_version: 1, objects: [object, account] }))
    renderPage(<Held start={{ field: 'gone', op: 'is_empty' }} onChange={vi.fn()} />)
    await userEvent.setup().click(await screen.findByText('公式'))
    expect(await screen.findByText(/gone 为空|gone is_empty/)).toBeInTheDocument()
  })
})
