import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { me } from '@/testing/people'
import { renderPage } from '@/testing/render'
import { answer, problem, server } from '@/testing/server'
import { ImportPage } from './ImportPage'
import { refuseFile } from './refuse_file'
import { useText } from './text'

function serve(mayManagePeople = false) {
  const rights = { design: false, manage_people: mayManagePeople, manage_roles: false, import: true }
  server.use(
    answer('get', '/me', me({ rights })),
    answer('get', '/objects', {
      design_version: 1,
      objects: [
        { name: 'crm_account', label: { 'zh-CN': '客户' }, icon: 'building', color: 'blue', rights: { import: true }, retired_at: null, fields: [] },
        { name: 'crm_secret', label: { 'zh-CN': '机密' }, icon: 'lock', color: 'red', rights: { import: false }, retired_at: null, fields: [] },
      ],
    }),
  )
}

function open() {
  return renderPage(<ImportPage />, { path: '/imports/:id', at: '/imports/new' })
}

function choose(file: File) {
  fireEvent.change(screen.getByLabelText('选择文件', { selector: 'input' }), { target: { files: [file] } })
}

describe('a new import', () => {
  it('offers what one may import into, and people only to those who look after them', async () => {
    serve()
    open()
    expect(await screen.findByRole('radio', { name: '客户' })).toBeChecked()
    expect(screen.queryByRole('radio', { name: '机密' })).toBeNull()
    expect(screen.queryByRole('radio', { name: '人员' })).toBeNull()
  })

  it('offers people to those who look after them', async () => {
    serve(true)
    open()
    expect(await screen.findByRole('radio', { name: '人员' })).toBeInTheDocument()
  })

  it('goes on to the mapping once the file is there', async () => {
    serve()
    server.use(answer('post', '/imports', { id: 'i7' }, 201))
    const { router } = open()
    await screen.findByRole('radio', { name: '客户' })
    choose(new File(['name\nACME'], 'accounts.csv', { type: 'text/csv' }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/imports/i7'))
  })

  it('keeps the page when the server cannot read the file, and says why', async () => {
    serve()
    server.use(answer('post', '/imports', () => problem(422, 'unreadable_file', '这不是表格文件。请上传 CSV、TSV 或 XLSX 文件。')))
    open()
    await screen.findByRole('radio', { name: '客户' })
    choose(new File(['\u0000'], 'accounts.csv'))
    expect(await screen.findByText('这不是表格文件。请上传 CSV、TSV 或 XLSX 文件。')).toBeVisible()
    expect(screen.getByRole('button', { name: '选择文件' })).toBeVisible()
  })

  it('refuses files that need not travel', () => {
    const { say } = useText
    expect(refuseFile({ name: '台账.xls', size: 10 }, say)).toContain('旧版 Excel')
    expect(refuseFile({ name: 'photo.png', size: 10 }, say)).toContain('不是 CSV')
    expect(refuseFile({ name: 'empty.csv', size: 0 }, say)).toContain('空的')
    expect(refuseFile({ name: 'big.csv', size: 201 * 1024 * 1024 }, say)).toContain('201 MB')
    expect(refuseFile({ name: 'Deals.CSV', size: 10 }, say)).toBeNull()
  })
})
