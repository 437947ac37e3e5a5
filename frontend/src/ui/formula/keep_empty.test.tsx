import { useState } from 'react'
import { expect, it } from 'vitest'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import '@/app/kinds'
import { chooseLocale } from '@/lib/i18n'
import { opportunity } from '@/testing/opportunity'
import { renderPage } from '@/testing/render'
import { KeepEmpty } from './KeepEmpty'
import { keepsEmpty, withEmpty } from './keep_empty'
import { ObjectScope } from './object_scope'
import { readFormula } from './reading'

const scope = new ObjectScope([opportunity()], opportunity())

it.each([
  ['{amount} + 1', '{amount} + 1'],
  ['({amount} + 1) * (2 - 3)', '({amount} + 1) * (2 - 3)'],
  ['{amount} // what they pay', '{amount} // what they pay'],
  ['KEEPEMPTY({amount}).KEEPEMPTY()', 'KEEPEMPTY({amount})'],
])('%s is what it was when the switch is turned on and off', (text, back) => {
  const kept = text.startsWith('KEEPEMPTY') ? text : withEmpty(text, true, scope)
  expect(keepsEmpty(readFormula(kept, scope).typed)).toBe(true)
  expect(withEmpty(kept, false, scope)).toBe(back)
})

it('leaves what does not read as it is', () => {
  expect(withEmpty('KEEPEMPTY({amount', false, scope)).toBe('KEEPEMPTY({amount')
})

function Held() {
  const [text, setText] = useState('{amount} * 2')
  return (
    <>
      <KeepEmpty value={text} reading={readFormula(text, scope)} scope={scope} onChange={setText} />
      <output>{text}</output>
    </>
  )
}

it('is switched by keyboard and tells what becomes of empty values', async () => {
  chooseLocale('en')
  renderPage(<Held />)
  const lever = await screen.findByRole('switch', { name: 'Empty as empty' })
  expect(lever).not.toBeChecked()
  expect(lever).toHaveAccessibleDescription(/counts as 0/)
  lever.focus()
  await userEvent.keyboard(' ')
  expect(lever).toBeChecked()
  expect(screen.getByText('KEEPEMPTY({amount} * 2)')).toBeVisible()
  expect(lever).toHaveAccessibleDescription(/is empty/)
})
