import { expect, it } from 'vitest'
import { builtinFunctions, missing } from './builtin.ts'
import help from './function-help.json' with { type: 'json' }

it('can do every overload of every function the server has', () => {
  expect(builtinFunctions().all.length).toBeGreaterThan(50)
  expect(missing()).toEqual([])
})

it('has help for every function', () => {
  expect(help.map((one) => one.name)).toEqual(builtinFunctions().all.map((one) => one.name))
})
