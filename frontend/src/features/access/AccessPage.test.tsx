import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { AccessAnswer, Person } from '@/api/types'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, server } from '@/testing/server'
import { AccessPage } from './AccessPage'
import { verdictOf } from './verdict'

const role = { id: 'r1', name: { 'zh-CN': '销售' } }
const zhou = { id: 'p1', name: '周雨', email: 'zhou@example.com', department: null, manager: null, roles: [role], is_administrator: false, active: true } as unknown as Person
const account = { name: 'crm_account', label: { 'zh-CN': '客户' }, plural_label: { 'zh-CN': '客户' }, icon: 'box', color: 'teal', rights: { see: true }, retired_at: null, fields: [] }
const sentence = { 'zh-CN': '角色「销售」可以查看「客户」记录：自己负责的。这条记录不符合。' }

function serve(access: AccessAnswer, person: Partial<Person> = {}): void {
  server.use(
    answer('get', '/me', me({ rights: { ...me().rights, manage_roles: true } })),
    answer('get', '/objects', { design_version: 1, objects: [account] }),
    answer('get', '/people', { people: [{ ...zhou, ...person }] }),
    answer('get', '/people/p1/access', access),
    answer('get', '/records/crm_account/a1', { id: 'a1', name: '澜科', version: 1, _rights: { write: [], delete: false } }),
  )
}

function open(record = '&record=a1') {
  return renderPage(<AccessPage />, { path: '/settings/access', at: `/settings/access?person=p1&object=crm_account${record}` })
}

describe('why somebody sees something', () => {
  it('says that they cannot see a record, and which role does not hold it', async () => {
    serve({ see: false, edit: false, reasons: [{ role: 'r1', grant: null, matched: false, sentence }] })
    open()
    expect(await screen.findByText('周雨看不到「澜科」')).toBeVisible()
    expect(screen.getByText(sentence['zh-CN'])).toBeVisible()
    expect(screen.getByText('角色给了客户的权限，但这条记录不在其中。')).toBeVisible()
    expect(screen.getByText('打开角色')).toHaveAttribute('href', '/settings/roles/r1')
  })

  it('names the roles that give nothing', async () => {
    serve({ see: false, edit: false, reasons: [] })
    open('')
    expect(await screen.findByText('周雨看不到任何客户')).toBeVisible()
    expect(screen.getByText('周雨的角色（销售）都没有给客户的权限。')).toBeVisible()
  })

  it('says of the disabled that they see nothing', async () => {
    serve({ see: false, edit: false, reasons: [] }, { active: false })
    open('')
    expect(await screen.findByText('周雨已停用，不能登录，什么都看不到。')).toBeVisible()
  })

  it('comes down to changing, seeing or neither', () => {
    const reasons: AccessAnswer['reasons'] = []
    expect(verdictOf({ see: true, edit: true, reasons })).toBe('edit')
    expect(verdictOf({ see: true, edit: false, reasons })).toBe('see')
    expect(verdictOf({ see: false, edit: true, reasons })).toBe('none')
  })
})
