import { expect, test } from 'vitest'
import { builtinFunctions } from '@/lib/formula/builtin'
import { check } from '@/lib/formula/check-types'
import { toJson } from '@/lib/formula/json-form'
import { parse } from '@/lib/formula/parse'
import { stored } from '@/lib/formula/typed'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity } from '@/testing/opportunity'
import { ObjectScope } from '../formula/object_scope'
import { refusedOptions } from './refused_options'

registerPlainKinds()

const plain = opportunity()
const asker = { zone: 'Asia/Shanghai', person: null }

function refused(rules: Record<string, string[]>, values: Record<string, unknown>): string[] {
  const scope = new ObjectScope([], plain)
  const offers = Object.entries(rules).map(([text, options]) => ({ options, condition: toJson(stored(check(parse(text), scope, builtinFunctions()))) }))
  const source = field('source', 'choice', { offers })
  return [...refusedOptions([plain], opportunity({ fields: [...plain.fields, source] }), source, values, asker)]
}

test('an option is offered where any of the conditions that name it holds', () => {
  const rules = { '{stage} = "lost"': ['a', 'b'], '{amount} > 10': ['b', 'c'] }
  expect(refused(rules, { stage: 'lost', amount: 1 })).toEqual(['c'])
  expect(refused(rules, { stage: 'won', amount: 11 })).toEqual(['a'])
  expect(refused(rules, { stage: 'won', amount: null })).toEqual(['a', 'b', 'c'])
})

test('a condition without a value refuses nothing', () => {
  expect(refused({ '1 / {amount} > 1': ['a'] }, { amount: 0 })).toEqual([])
})

test('what looks at linked records is left to the server', () => {
  const source = field('source', 'choice', { offers: [{ options: ['a'], condition: ['call', '=', ['field', 'account', 'name'], ['text', 'A']] }] })
  expect(refusedOptions([plain], plain, source, {}, asker).size).toBe(0)
})
