import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { currentCompletions, startCompletion } from '@codemirror/autocomplete'
import { EditorView } from '@codemirror/view'
import '@/app/kinds'
import { builtinFunctions } from '@/lib/formula/builtin'
import { toJson } from '@/lib/formula/json-form'
import { stored } from '@/lib/formula/typed'
import { write } from '@/lib/formula/write'
import { apiNames } from '@/lib/formula/names'
import { chooseLocale } from '@/lib/i18n'
import { field, opportunity } from '@/testing/opportunity'
import { renderPage } from '@/testing/render'
import { answer, server } from '@/testing/server'
import { FormulaBox } from './FormulaBox'
import { ObjectScope } from './object_scope'
import { partsOf } from './parts'
import { keptText, readFormula, shownText } from './reading'
import { fieldsAt, ranked } from './suggestions'
import { wantedAt } from './wanted'

const object = opportunity()
const account = opportunity({
  name: 'crm_account',
  label: { 'zh-CN': '客户', en: 'Account' },
  plural_label: { 'zh-CN': '客户', en: 'Accounts' },
  stage_field: null,
  fields: [
    field('name', 'text', { label: { 'zh-CN': '名称', en: 'Name' }, system: true }),
    field('years', 'number', { label: { 'zh-CN': '合作年限', en: 'Years' } }),
    field('level', 'choice', { label: { 'zh-CN': '级别', en: 'Level' }, options: { choices: [{ value: 'a', label: { 'zh-CN': '甲', en: 'First' } }, { value: 'b', label: { 'zh-CN': '乙', en: 'Second' } }] } }),
  ],
})
const objects = [object, account]
const scope = new ObjectScope(objects, object)
const ofAccount = new ObjectScope(objects, account)

function tree(text: string, from = scope) {
  const { typed, problem } = readFormula(text, from)
  if (!typed) throw new Error(problem?.text.en)
  return toJson(stored(typed))
}

describe('a formula in the names of its reader', () => {
  it.each<[string, ObjectScope, string, string]>([
    ['IF({amount} > 10, {account.years}, 2) // note', scope, '如果({金额} > 10, {客户.合作年限}, 2) // note', 'IF({Amount} > 10, {Account.Years}, 2) // note'],
    ['{account.level} = "a" && TRUE', scope, '{客户.级别} = "甲" && 真', '{Account.Level} = "First" && TRUE'],
    ['{crm_opportunity:account.amount}.SUM()', ofAccount, '{商机.金额}.求和()', '{Opportunities.Amount}.SUM()'],
    ['SUMIF({crm_opportunity:account}, {CurrentValue.stage} = "won", {CurrentValue.amount})', ofAccount, '条件求和({商机}, {当前行.阶段} = "赢单", {当前行.金额})', 'SUMIF({Opportunities}, {CurrentValue.Stage} = "Won", {CurrentValue.Amount})'],
    ['{owner.department.name}', scope, '{负责人.部门.名称}', '{Owner.Department.Name}'],
  ])('%s', (kept, from, zh, en) => {
    expect(shownText(kept, from, 'zh-CN')).toBe(zh)
    expect(shownText(kept, from, 'en')).toBe(en)
    expect(keptText(readFormula(zh, from))).toBe(kept)
    expect(tree(en, from)).toEqual(tree(kept, from))
  })
  it.each([
    ['MANAGER({owner}) = {owner}', '{owner.manager} = {owner}', '{负责人.上级} = {负责人}'],
    ['主管（{负责人}） = {负责人}', '{owner.manager} = {owner}', '{负责人.上级} = {负责人}'],
  ])('%s is kept as the fields it means', (typed, kept, zh) => {
    expect(keptText(readFormula(typed, scope))).toBe(kept)
    expect(shownText(typed, scope, 'zh-CN')).toBe(zh)
  })
  it.each(['-(-{amount})', '2 ^ -(3 ^ 2)', '({amount} - (1 - 2)) * 3', '({amount} = 1) = ({probability} = 2)', 'IF({amount} in [1, 2], "a""b", "")', '{amount} & (1 & 2)'])('written anew, %s reads back the same', (text) => {
    for (const width of [Infinity, 4]) {
      for (const names of [scope.names('zh-CN'), scope.names('en'), apiNames]) {
        const { typed } = readFormula(text, scope)
        if (!typed) throw new Error('It reads.')
        expect(tree(write(typed, names, width))).toEqual(tree(text))
      }
    }
  })
  it('leaves what does not read as it is', () => {
    expect(shownText('IF({gone}', scope, 'zh-CN')).toBe('IF({gone}')
  })
})

describe('what is offered', () => {
  const offered = (text: string, typed = ''): string[] => {
    const parts = partsOf(text)
    return ranked(fieldsAt(scope, [], 'zh-CN', 1), typed, wantedAt(parts, text.length, scope, builtinFunctions(), 'number')).map((one) => one.label)
  }
  it('puts fields that fit first', () => {
    expect(offered('').slice(0, 2)).toEqual(['金额', '概率'])
    expect(offered('{金额} + ', '合作')).toEqual(['客户 › 合作年限'])
  })
  it('knows the options of the field that is compared', () => {
    const text = '{客户.级别} = '
    expect([...(wantedAt(partsOf(text), text.length, scope, builtinFunctions()).choices?.labels.keys() ?? [])]).toEqual(['a', 'b'])
  })
  it('knows the row inside a condition on a list', () => {
    const text = '条件求和({商机}, '
    expect(wantedAt(partsOf(text), text.length, ofAccount, builtinFunctions()).row).toBe('crm_opportunity')
  })
})

describe('the box', () => {
  beforeAll(() => {
    // jsdom lays nothing out.
    Range.prototype.getClientRects = () => [] as unknown as DOMRectList
    Range.prototype.getBoundingClientRect = () => new DOMRect()
  })
  beforeEach(() => {
    chooseLocale('zh-CN')
    server.use(answer('get', '/objects', { design_version: 1, objects }))
  })

  async function opened(value: string, expects: 'number' | 'boolean' = 'number') {
    const onChange = vi.fn()
    renderPage(<FormulaBox object={object} objects={objects} value={value} expects={expects} onChange={onChange} />)
    const view = EditorView.findFromDOM(await screen.findByRole('textbox', { name: '公式' }))
    if (!view) throw new Error('No editor.')
    const type = (text: string) => act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length }, userEvent: 'input.type' }))
    return { onChange, view, type }
  }

  it('shows fields as chips with their labels and hands on their names', async () => {
    const { onChange, view, type } = await opened('{amount} * 2')
    expect(view.dom.querySelector('.cm-formula-chip')?.textContent).toBe('金额')
    expect(screen.getByRole('status')).toHaveTextContent('结果是数字')
    type('如果({金额} > 1, {客户.合作年限}, 0)')
    expect(onChange).toHaveBeenLastCalledWith('IF({amount} > 1, {account.years}, 0)')
    act(() => chooseLocale('en'))
    expect(view.state.doc.toString()).toBe('IF({Amount} > 1, {Account.Years}, 0)')
    expect(onChange).toHaveBeenCalledTimes(1)
  })

  it('says what is wrong at its place, and mends it', async () => {
    const { onChange, view, type } = await opened('')
    type('{金而} + 1')
    expect(screen.getByRole('status')).toHaveTextContent('没有名为“金而”的字段')
    expect(view.dom.querySelector('.cm-formula-chip[data-unknown]')).toHaveTextContent('金而')
    await userEvent.setup().click(screen.getByRole('button', { name: /金额/ }))
    expect(view.state.doc.toString()).toBe('{金额} + 1')
    expect(onChange).toHaveBeenLastCalledWith('{amount} + 1')
  })

  it('says when the result is of another kind', async () => {
    await opened('{name}')
    expect(screen.getByRole('status')).toHaveTextContent('公式的结果是文本，这里要数字。')
  })

  it('offers what fits as one types', async () => {
    const { view, type } = await opened('')
    type('合作')
    act(() => void startCompletion(view))
    await vi.waitFor(() => expect(currentCompletions(view.state).map((one) => one.label)).toEqual(['客户 › 合作年限']))
  })

  it('puts in fields and functions by a tap', async () => {
    const { view } = await opened('')
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: '函数' }))
    await user.type(screen.getByRole('textbox', { name: /找函数/ }), '如果')
    await user.click(await screen.findByRole('button', { name: /^ƒ?如果/ }))
    await user.click(screen.getByRole('button', { name: '放进公式' }))
    expect(view.state.doc.toString()).toBe('如果()')
    expect(view.state.selection.main.head).toBe(3)
  })
})
