import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { confirm } from './confirm'
import { fetchDialog } from './Dialog'
import { Dressed } from './Dressed'

async function ask(typed?: string): Promise<{ answer: Promise<boolean> }> {
  let answer: Promise<boolean> = Promise.resolve(false)
  // The frame of the dialog is fetched when it is needed for the first time.
  await act(async () => {
    answer = confirm({ title: '删除 3 个客户？', verb: '删除 3 个客户', keep: '保留', danger: true, ...(typed ? { typed } : {}) })
    await fetchDialog()
  })
  return { answer }
}

test('focus lies on the safe answer, which says no', async () => {
  render(<Dressed>{null}</Dressed>)
  const { answer } = await ask()
  expect(await screen.findByRole('button', { name: '保留' })).toHaveFocus()
  await userEvent.click(screen.getByRole('button', { name: '保留' }))
  expect(await answer).toBe(false)
})

test('a name must be typed before the verb can be chosen', async () => {
  render(<Dressed>{null}</Dressed>)
  const { answer } = await ask('客户')
  const verb = await screen.findByRole('button', { name: '删除 3 个客户' })
  expect(verb).toBeDisabled()
  await userEvent.type(screen.getByRole('textbox'), '客户')
  await userEvent.click(verb)
  expect(await answer).toBe(true)
})
