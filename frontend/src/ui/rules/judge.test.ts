import { expect, test } from 'vitest'
import type { ToldRules } from '@/api/told_rules'
import type { ObjectDefinition, Values } from '@/api/types'
import { builtinFunctions } from '@/lib/formula/builtin'
import { check } from '@/lib/formula/check-types'
import { toJson } from '@/lib/formula/json-form'
import { parse } from '@/lib/formula/parse'
import { stored } from '@/lib/formula/typed'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity } from '@/testing/opportunity'
import { ObjectScope } from '../formula/object_scope'
import { Judge } from './judge'
import { fieldsForRules } from './looked_at'

registerPlainKinds()

const plain = opportunity()

function tree(text: string): unknown {
  return toJson(stored(check(parse(text), new ObjectScope([], plain), builtinFunctions())))
}

const away = ['call', '=', ['field', 'account', 'industry'], ['text', 'steel']]
const reasons = { choices: [{ value: 'price', label: { en: 'Price' } }, { value: 'fit', label: { en: 'Fit' } }] }
const object: ObjectDefinition = opportunity({
  fields: [
    ...plain.fields.filter((each) => !['amount', 'email', 'probability'].includes(each.name)),
    field('amount', 'money', { label: { en: 'Amount' }, formulas: { read_only_when: tree('{stage} = "won"') } }),
    field('reason', 'choice', { label: { en: 'Reason' }, options: reasons, offers: [{ options: ['price'], condition: tree('{amount} > 10') }], formulas: { visible_when: tree('{stage} = "lost"'), required_when: tree('{stage} = "lost"') } }),
    field('email', 'email', { label: { en: 'E-mail' }, formulas: { read_only_when: away } }),
    field('probability', 'percent', { label: { en: 'Probability' }, formulas: { visible_when: away } }),
  ],
  validations: [{ name: 'rich', condition: tree('{amount} < 100'), message: { en: 'Too much.' }, field: 'amount' }],
})
const judge = new Judge([object], object, { zone: 'Asia/Shanghai', person: null })
const told: ToldRules = { id: 'o1', hidden: ['probability', 'reason'], required: [], read_only: ['email'], not_offered: {} }

test('a field that is read only or hidden as the record is is closed, and says why', () => {
  expect(judge.whyClosed({ stage: 'won' }, 'amount')).toContain('Amount')
  expect(judge.whyClosed({ stage: 'engaging' }, 'amount')).toBeNull()
  expect(judge.whyClosed({ stage: 'won' }, 'reason')).toContain('现在不用填')
  expect(judge.whyClosed({ stage: 'lost' }, 'reason')).toBeNull()
})

test('what looks at other records the server tells, and only that', () => {
  expect(judge.whyClosed({ stage: 'lost' }, 'email')).toBeNull()
  expect(judge.whyClosed({ stage: 'lost' }, 'email', told)).toContain('E-mail')
  expect(judge.whyClosed({ stage: 'lost' }, 'probability', told)).toContain('Probability')
  expect(judge.whyClosed({ stage: 'lost' }, 'reason', told)).toBeNull()
})

test.each<[string, Values, Values, Record<string, string>, string[]]>([
  ['a change that makes another field required asks for it', { stage: 'engaging', amount: 5 }, { stage: 'lost' }, {}, ['reason']],
  ['what is filled in already is not asked for', { stage: 'engaging', reason: 'fit' }, { stage: 'lost' }, {}, []],
  ['a change of something else asks for nothing', { stage: 'lost' }, { email: 'a@b.cn' }, {}, []],
  ['what is required is not emptied', { stage: 'lost', reason: 'fit' }, { reason: null }, { reason: '请填写「Reason」。' }, []],
  ['an option that is not offered is refused', { stage: 'lost', amount: 5 }, { reason: 'price' }, { reason: '「Reason」现在不能选“Price”。' }, []],
  ['an option that is offered passes', { stage: 'lost', amount: 50 }, { reason: 'price' }, {}, []],
  ['what opens in the same change may be filled in', { stage: 'engaging', amount: 50 }, { stage: 'lost', reason: 'fit' }, {}, []],
  ['what a validation says is told at its field', { stage: 'lost', reason: 'fit', amount: 5 }, { amount: 100 }, { amount: 'Too much.' }, []],
  ['a value that stays is not judged', { stage: 'won', amount: 500 }, { amount: 500 }, {}, []],
])('%s', (_, record, values, refused, besides) => {
  const verdict = judge.of(record, values)
  expect(Object.fromEntries(verdict.refused)).toEqual(refused)
  expect(Object.keys(verdict.besides)).toEqual(besides)
})

test('a list reads what the rules of its records look at', () => {
  expect([...fieldsForRules(object)].sort()).toEqual(['amount', 'reason', 'stage'])
})
