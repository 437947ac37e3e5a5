import { expect, it } from 'vitest'
import type { DesignStep } from '@/api/design_types'
import { withLinesObject } from './sub_table_steps'

const add = (type: string, options = {}): DesignStep => ({ action: 'add_field', object: 'order', field: { label: { en: 'Lines' }, type, options } })

it('a sub-table brings the object of its lines, under a name that is free', () => {
  const steps = withLinesObject(add('sub_table', { minimum_lines: 1 }), ['order', 'order_lines'])
  expect(steps.map(({ action }) => action)).toEqual(['add_object', 'add_field', 'add_field', 'add_field'])
  expect(steps.at(-1)).toMatchObject({ object: 'order', field: { options: { object: 'order_lines_2', link: 'belongs_to', position: 'position', minimum_lines: 1 } } })
})

it('nothing else brings anything', () => {
  expect(withLinesObject(add('text'), [])).toHaveLength(1)
  expect(withLinesObject(add('sub_table', { object: 'x' }), [])).toHaveLength(1)
})
