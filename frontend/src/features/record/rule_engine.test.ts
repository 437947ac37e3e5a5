import { expect, test } from 'vitest'
import type { Values } from '@/api/types'
import { parse } from '@/lib/formula/parse'
import { check } from '@/lib/formula/check-types'
import { builtinFunctions } from '@/lib/formula/builtin'
import { toJson } from '@/lib/formula/json-form'
import { stored } from '@/lib/formula/typed'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity } from '@/testing/opportunity'
import { ObjectScope } from '@/ui/formula/object_scope'
import { brokenAt, checkAll, fieldsOf, formGroups } from './form'
import { RuleEngine } from '@/ui/rules/rule_engine'

registerPlainKinds()

const nobody: ReadonlySet<string> = new Set()
const plain = opportunity()

function tree(text: string): unknown {
  return toJson(stored(check(parse(text), new ObjectScope([], plain), builtinFunctions())))
}

const message = { 'zh-CN': '成交前先填金额。', en: 'Fill in the amount first.' }
const object = opportunity({
  fields: [
    ...plain.fields.filter((each) => each.name !== 'probability' && each.name !== 'email' && each.name !== 'amount'),
    field('amount', 'money', { formulas: { read_only_when: tree('{stage} = "won"') } }),
    field('email', 'email', { formulas: { visible_when: tree('{stage} = "lost"'), required_when: tree('{amount} > 10') } }),
    field('probability', 'percent', { formulas: { default: tree('IF({stage} = "won", 100, 10)') } }),
    field('expected', 'money', { access: 'read', computed: true, formulas: { formula: tree('{amount} * {probability} / 100') } }),
  ],
  validations: [{ name: 'amount', condition: tree('{stage} <> "won" || {amount} > 0'), message, field: 'amount' }],
})
const engine = new RuleEngine([object], object, 'Asia/Shanghai', null)
const empty: Values = { stage: 'prospecting', amount: null }

test('a field is required only while it is shown', () => {
  expect(engine.ask({ ...empty, amount: 20 }, null, nobody).required.has('email')).toBe(false)
  expect(engine.ask({ ...empty, amount: 20 }, null, nobody).hidden.has('email')).toBe(true)
  const lost = engine.ask({ ...empty, amount: 20, stage: 'lost' }, null, nobody)
  expect([lost.hidden.has('email'), lost.required.has('email')]).toEqual([false, true])
})

test('a default follows what it looks at until somebody types over it, and computed fields follow both', () => {
  const fresh = engine.ask({ ...empty, amount: 33.33 }, null, nobody)
  expect([fresh.values['probability'], fresh.values['expected'], fresh.filled.has('probability')]).toEqual([10, 3.33, true])
  const own = engine.ask({ ...empty, amount: 33.33, probability: 50 }, null, new Set(['probability']))
  expect([own.values['expected'], own.filled.size]).toEqual([16.67, 0])
})

test('what is read only was so before and still is', () => {
  const won = { ...empty, stage: 'won', amount: 5 }
  expect(engine.ask(won, won, nobody).locked.has('amount')).toBe(true)
  expect(engine.ask({ ...won, stage: 'engaging' }, won, nobody).locked.has('amount')).toBe(false)
  expect(engine.ask(won, { ...won, stage: 'engaging' }, nobody).locked.has('amount')).toBe(false)
  expect(engine.ask(won, null, nobody).locked.size).toBe(0)
})

test('a validation is told at its field, and of a saved record only when something it looks at changes', () => {
  const won = { ...empty, stage: 'won' }
  expect(brokenAt(engine.ask(won, null, nobody), 'amount')).toBe(message['zh-CN'])
  expect(engine.ask(won, won, nobody).broken).toEqual([])
  const fields = fieldsOf(formGroups(object, () => true))
  const values = { ...won, name: 'A', account: 'x', email: 'not an address' }
  expect(checkAll(fields, values, engine.ask(values, empty, nobody))).toEqual({ amount: message['zh-CN'] })
})

test('what looks over links is left to the server', () => {
  const linked = opportunity({ fields: [...plain.fields, field('x', 'text', { formulas: { required_when: ['call', '=', ['field', 'account', 'name'], ['text', 'A']] } })] })
  expect(new RuleEngine([linked], linked, 'Asia/Shanghai', null).ask(empty, null, nobody).required.has('x')).toBe(false)
})

test('a default that is not offered is taken out of a new record, and comes back with what it hangs on', () => {
  const choices = [{ value: 'web', label: { en: 'Web' } }, { value: 'fair', label: { en: 'Fair' } }]
  const source = field('source', 'choice', { options: { choices }, default: 'web', offers: [{ options: ['web'], condition: tree('{amount} > 10') }] })
  const offering = opportunity({ fields: [...plain.fields, source] })
  const rules = new RuleEngine([offering], offering, 'Asia/Shanghai', null)
  expect(rules.ask({ source: 'web', amount: 5 }, null, nobody).values['source']).toBeNull()
  expect(rules.ask({ source: 'web', amount: 50 }, null, nobody).values['source']).toBe('web')
  expect(rules.ask({ source: 'web', amount: 5 }, null, new Set(['source'])).values['source']).toBe('web')
  expect(rules.ask({ source: 'web', amount: 5 }, { source: 'web', amount: 50 }, nobody).values['source']).toBe('web')
})
