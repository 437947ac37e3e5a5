import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { renderPage } from '@/testing/render'
import { SideDrawer } from './SideDrawer'

function Two() {
  const [isSecond, setSecond] = useState(false)
  return (
    <>
      <SideDrawer title="Record" onClose={() => undefined}>
        <input aria-label="kept" />
        <button type="button" onClick={() => setSecond(true)}>
          new
        </button>
      </SideDrawer>
      {isSecond && (
        <SideDrawer title="Form" onClose={() => setSecond(false)}>
          form
        </SideDrawer>
      )}
    </>
  )
}

describe('side drawers', () => {
  it('show one at a time, and the second leads back to the first as it was', async () => {
    renderPage(<Two />)
    await userEvent.type(screen.getByLabelText('kept'), 'typed')
    await userEvent.click(screen.getByRole('button', { name: 'new' }))
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    expect(screen.getByRole('dialog', { name: 'Form' })).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: /返回|Back/ }))
    expect(screen.getByRole('dialog', { name: 'Record' })).toBeInTheDocument()
    expect(screen.getByLabelText('kept')).toHaveValue('typed')
  })
  it('let Esc close only the one that is seen', async () => {
    renderPage(<Two />)
    await userEvent.click(screen.getByRole('button', { name: 'new' }))
    await userEvent.keyboard('{Escape}')
    expect(screen.getByRole('dialog', { name: 'Record' })).toBeInTheDocument()
  })
})
