import { expect, it } from 'vitest'
import { render, screen } from '@testing-library/react'
import { field } from '@/testing/opportunity'
import { text } from '.'

const computed = { ...field('site', 'text'), computed: true }
const { Cell } = text

it('shows what HYPERLINK came to as a link that opens outside', () => {
  render(<Cell value="[官网](https://www.example.com/a%28b%29)" field={computed} place="page" />)
  const link = screen.getByRole('link', { name: '官网' })
  expect(link).toHaveAttribute('href', 'https://www.example.com/a%28b%29')
  expect(link).toHaveAttribute('rel', expect.stringContaining('noopener'))
  expect(text.format('[官网](https://www.example.com)', computed, 'zh-CN')).toBe('官网')
})

it.each(['[x](javascript:alert(1))', '[x](javascript:alert%281%29)', 'javascript:alert(1)', '[x](data:text/html,y)', '[x](https://a b)', '[x]( https://a)', 'see [x](https://a)', '[x](//a)', '[a]b](https://a)'])(
  'leaves %s as text',
  (value) => {
    render(<Cell value={value} field={computed} place="cell" />)
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.getByText(value)).toBeVisible()
  },
)

it('makes no link of what people typed', () => {
  render(<Cell value="[x](https://a.cn)" field={field('note', 'text')} place="page" />)
  expect(screen.queryByRole('link')).toBeNull()
})
