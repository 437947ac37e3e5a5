import { expect, it } from 'vitest'
import { FormulaError } from './errors.ts'
import { fromJson, toJson } from './json-form.ts'
import { parse } from './parse.ts'

function failure(text: string): FormulaError {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof FormulaError) return error
  }
  throw new Error(`'${text}' was read.`)
}

it.each([
  ['-2 ^ 2', ['call', '^', ['number', '-2'], ['number', '2']]],
  ['2 ^ 3 ^ 2', ['call', '^', ['number', '2'], ['call', '^', ['number', '3'], ['number', '2']]]],
  ['"a""b" & “c”', ['call', '&', ['text', 'a"b'], ['text', 'c']]],
  ['{a}.{b}', ['field', 'a', 'b']],
  ['{x} in [1.50, 2]', ['call', 'IN', ['field', 'x'], ['list', ['number', '1.50'], ['number', '2']]]],
  ['如果（{金额}≥1，真，假）', ['call', '如果', ['call', '>=', ['field', '金额'], ['number', '1']], ['boolean', true], ['boolean', false]]],
])('reads %s', (text, tree) => {
  expect(toJson(parse(text))).toEqual(tree)
  expect(toJson(fromJson(tree))).toEqual(tree)
})

it.each([
  ['', 'empty_formula', [0, 0]],
  ['1 +', 'ends_early', [3, 3]],
  ['1 < 2 < 3', 'chained_comparison', [6, 7]],
  ['"a', 'unclosed_text', [0, 2]],
  ['1 # 2', 'strange_character', [2, 3]],
  ['1 2', 'unexpected', [2, 3]],
  ['1e99', 'big_number', [0, 4]],
])('shows the mistake in %s at its place', (text, code, span) => {
  expect([failure(text).code, failure(text).span]).toEqual([code, span])
})

it('counts places in characters, as the server does', () => {
  expect(failure('"😀😀" # 1').span).toEqual([5, 6])
})

it('says which sign is missing and puts it in', () => {
  const { text, fix } = failure('SUM({a}, 2')
  expect(text.zh).toBe('这里缺少“)”。')
  expect(fix).toEqual({ label: { zh: '补上“)”', en: 'Add “)”' }, span: [10, 10], replacement: ')' })
})

it('keeps braces when it proposes a field', () => {
  expect(failure('amount + 1').fix?.replacement).toBe('{amount}')
  expect(failure('amount + 1').fix?.label.en).toBe('Make it the field {amount}')
})

it.each(['('.repeat(200) + '1' + ')'.repeat(200), '1' + '+1'.repeat(600), '-'.repeat(300) + '{a}', '1'.repeat(9000)])(
  'refuses what is too large',
  (text) => {
    expect(['too_large', 'too_long', 'big_number']).toContain(failure(text).code)
  },
)

it.each([null, [], ['x'], ['number', 'NaN'], ['number', '1e999'], ['call'], ['field'], ['text', 1], { a: 1 }])('refuses the broken stored form %j', (raw) => {
  expect(() => fromJson(raw)).toThrow(FormulaError)
})
