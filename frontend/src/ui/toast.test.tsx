import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { ToastHost } from './ToastHost'
import { toast } from './toast'

afterEach(() => {
  for (const notice of toast.shown()) toast.close(notice.id)
  vi.useRealTimers()
})

test('a notice leaves after five seconds, an error stays', () => {
  vi.useFakeTimers()
  render(<ToastHost />)
  act(() => {
    toast.show({ text: '已保存' })
    toast.show({ text: '没能保存', tone: 'danger' })
  })
  act(() => vi.advanceTimersByTime(5100))
  expect(screen.queryByText('已保存')).toBeNull()
  expect(screen.getByText('没能保存')).toBeVisible()
})

test('Undo does what the notice offered, once', async () => {
  const undo = vi.fn()
  render(<ToastHost />)
  act(() => {
    toast.show({ text: '删了 3 个', undo })
  })
  await userEvent.click(screen.getByRole('button', { name: '撤销' }))
  expect(undo).toHaveBeenCalledOnce()
  expect(screen.queryByText('删了 3 个')).toBeNull()
})
