import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { opportunity } from '@/testing/opportunity'
import { renderPage } from '@/testing/render'
import { answer, server } from '@/testing/server'
import { ComputingNote, progressOf } from './ComputingNote'

test('what is computed is told with how much is left, until it is done', async () => {
  const [plain] = opportunity().fields
  if (!plain) throw new Error('An opportunity has fields.')
  const object = opportunity({ fields: [{ ...plain, computed: true }] })
  const { name } = plain
  let waiting = 1500
  server.use(answer('get', `/objects/${object.name}/computing`, () => ({ computing: waiting > 0 ? [{ field: name, waiting, total: 6000 }] : [] })))
  renderPage(<ComputingNote object={object} />)
  expect(await screen.findByRole('status')).toHaveTextContent(/1,500.*75%/)
  waiting = 0
  await waitFor(() => expect(screen.queryByRole('status')).toBeNull(), { timeout: 5000 })
})

test('progress is that of the field that is furthest behind', () => {
  expect(progressOf([{ field: 'a', waiting: 10, total: 100 }, { field: 'b', waiting: 400, total: 1000 }])).toEqual({ waiting: 400, done: 60 })
  expect(progressOf([{ field: 'a', waiting: 0, total: 0 }])).toEqual({ waiting: 0, done: 0 })
})
