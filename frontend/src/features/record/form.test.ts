import { expect, test } from 'vitest'
import { Problem } from '@/api/problem'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity } from '@/testing/opportunity'
import { adopt, changedValues, checkAll, checkField, fieldsOf, formGroups, sortProblem, startingValues, wireValues } from './form'

registerPlainKinds()

const object = opportunity()
const fields = fieldsOf(formGroups(object, (each) => each.access === 'write'))

test('a form asks for the fields of the layout, then for what no group mentions, then for the owner', () => {
  expect(fields.map((each) => each.name)).toEqual(['name', 'account', 'amount', 'probability', 'stage', 'close_date', 'email', 'owner'])
})

test('what may not be written is not asked for', () => {
  const narrow = formGroups(object, (each) => each.name === 'amount')
  expect(fieldsOf(narrow).map((each) => each.name)).toEqual(['amount'])
})

test('a number the platform gives is never asked for', () => {
  const numbered = opportunity({ fields: [...object.fields, field('code', 'auto_number')] })
  expect(fieldsOf(formGroups(numbered, () => true)).map((each) => each.name)).not.toContain('code')
})

test('a new form starts with defaults, and with what was given instead of them', () => {
  expect(startingValues(fields, {})['stage']).toBe('prospecting')
  expect(startingValues(fields, { stage: 'engaging' })['stage']).toBe('engaging')
})

test('an empty required field says what to do, in words that fit it', () => {
  const errors = checkAll(fields, {})
  expect(errors).toEqual({ name: '请填写「名称」。', account: '请选择「客户」。' })
})

test('a number below its minimum and a text above its length are refused', () => {
  expect(checkField(field('amount', 'money', { options: { minimum: 0 } }), -1)).toBe('请填写不小于 0 的数。')
  expect(checkField(field('amount', 'money', { options: { minimum: '0', maximum: '100' } }), 101)).toBe('请填写不大于 100 的数。')
  expect(checkField(field('name', 'text', { options: { max_length: 3 } }), '四个汉字')).toBe('最多 3 个字符，请删去 1 个。')
})

test('the length of a text counts characters, not halves of them', () => {
  expect(checkField(field('name', 'text', { options: { max_length: 2 } }), '😀😀')).toBeNull()
})

test('what a kind cannot read is refused in its own words', () => {
  expect(checkField(field('email', 'email'), 'nobody')).toBe('请填写完整的邮箱。')
})

test('only what really changed is sent, links as ids', () => {
  const before = { name: 'A', account: { id: 'a1', name: '甲' }, amount: 5 }
  const after = { name: 'A', account: { id: 'a2', name: '乙' }, amount: 5 }
  const changes = changedValues(fields, before, after)
  expect(changes).toEqual({ account: { id: 'a2', name: '乙' } })
  expect(wireValues(fields, changes)).toEqual({ account: 'a2' })
})

test('a link whose target was renamed meanwhile has not changed', () => {
  expect(changedValues(fields, { account: { id: 'a1', name: '旧' } }, { account: { id: 'a1', name: '新' } })).toEqual({})
})

test('a refusal goes to the fields it blames, by pointer too, and the rest stands on its own', () => {
  const problem = new Problem({
    type: '/problems/invalid-values',
    code: 'invalid_values',
    title: '有的值不能保存',
    status: 422,
    errors: [
      { pointer: '/amount', code: 'too_small', message: '太小' },
      { field: 'secret', code: 'required', message: '缺少内部编号' },
    ],
  })
  expect(sortProblem(problem, fields)).toEqual({ errors: { amount: '太小' }, rest: '缺少内部编号' })
})

test('a refusal that blames no field is told as a whole', () => {
  const problem = new Problem({ type: 'about:blank', code: 'forbidden', title: '没有权限', status: 403 })
  expect(sortProblem(problem, fields)).toEqual({ errors: {}, rest: '没有权限' })
})

test('what others changed flows in where one has not typed, and stays out where one has', () => {
  const before = { name: 'A', amount: 1 }
  const mine = { name: 'B', amount: 1 }
  const { values, before: base } = adopt(fields.slice(0, 3), before, mine, { name: 'C', amount: 9 })
  expect(values['name']).toBe('B')
  expect(values['amount']).toBe(9)
  expect(base['name']).toBe('A')
  expect(base['amount']).toBe(9)
})
