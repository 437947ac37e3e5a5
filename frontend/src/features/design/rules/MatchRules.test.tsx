import { expect, it, vi } from 'vitest'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import '@/app/kinds'
import type { DesignStep } from '@/api/design_types'
import { field, opportunity } from '@/testing/opportunity'
import { renderPage } from '@/testing/render'
import { withDraft } from '../draft_view'
import { MatchRules } from './MatchRules'

const account = { ...opportunity({ name: 'crm_account', fields: [field('name', 'text', { label: { 'zh-CN': '名称', en: 'Name' } }), field('size', 'number', { label: { 'zh-CN': '人数', en: 'Size' } })] }), roles: [] }

async function choose(user: ReturnType<typeof userEvent.setup>, name: string, option: string): Promise<void> {
  await user.click(screen.getByRole('combobox', { name }))
  const options = [...document.querySelectorAll<HTMLElement>('.ant-select-item-option')]
  const found = options.find((one) => within(one).queryByText(option))
  if (!found) throw new Error(`No option ${option} among ${options.map((one) => one.textContent).join(', ')}.`)
  await user.click(found)
}

it('joins the changes once its fields are chosen, and offers what can be compared', async () => {
  const [object] = withDraft([account as never], [])
  if (!object) throw new Error('No object.')
  const steps: DesignStep[] = []
  const onStep = vi.fn((step: DesignStep) => steps.push(step))
  const user = userEvent.setup()
  renderPage(<MatchRules object={object} objects={[object]} isReadOnly={false} onStep={onStep} />)
  await user.click(screen.getByRole('button', { name: '加查重规则' }))
  await user.click(screen.getByRole('combobox', { name: '字段' }))
  expect(document.querySelectorAll('.ant-select-item-option')).toHaveLength(1)
  expect(onStep).not.toHaveBeenCalled()
  await user.click(await screen.findByTitle('名称'))
  await choose(user, '怎样算相同', '公司名称相同（不计地区和“有限公司”等）')
  await choose(user, '相似度', '80% 相似')
  const condition = { field: 'name', other: 'name', compare: 'company', similarity: 0.8, weight: 100 }
  const rule = { name: 'match_1', object: 'crm_account', conditions: [condition], warn_at: 100, block_at: null }
  expect(steps.at(-1)).toEqual({ action: 'change_object', object: 'crm_account', changes: { match_rules: [rule] } })
})
