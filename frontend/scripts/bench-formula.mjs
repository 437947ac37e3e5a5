// Prints how long the web app takes to evaluate formulas, in microseconds: node scripts/bench-formula.mjs [FORMULA…]
import { builtinFunctions } from '../src/lib/formula/builtin.ts'
import { parseMoment } from '../src/lib/formula/calendar.ts'
import { check } from '../src/lib/formula/check-types.ts'
import { decimal } from '../src/lib/formula/decimal.ts'
import { Environment } from '../src/lib/formula/environment.ts'
import { evaluator, resultOf } from '../src/lib/formula/evaluate.ts'
import { parse } from '../src/lib/formula/parse.ts'
import { NUMBER, TEXT } from '../src/lib/formula/types.ts'
import { zoneNamed } from '../src/lib/formula/zones.ts'

const types = { n1: NUMBER, n2: NUMBER, n3: NUMBER, t1: TEXT }
const scope = {
  find: (names) => (types[names[0]] ? { names, type: types[names[0]] } : { unknown: names[0], suggestions: [] }),
  inside: () => scope,
}
const surroundings = { now: parseMoment('2026-11-25T03:04:05Z'), zone: zoneNamed('Asia/Shanghai') }
const values = [['1200.50', '3', '0.15', '元'], ['999', '1.25', '0', ''], ['0.1', '7', '0.3333333333', 'abc']]
const records = values.map(([n1, n2, n3, t1]) => {
  const fields = new Map([['n1', decimal(n1)], ['n2', decimal(n2)], ['n3', decimal(n3)], ['t1', t1 || null]])
  return new Environment({ ...surroundings, fields })
})
const times = 100_000
const rounds = 5
const given = process.argv.slice(2)
const formulas = given.length > 0 ? given : [
  'IF({n1} > 1000, "big", "small") & {t1}',
  'ROUND({n1} * {n2} * (1 - {n3}), 2)',
  '{n1} / {n2}',
  'IFERROR({n1} / 0, 0)',
  'SUM({n1}, {n2}, {n3}) & ""',
]

for (const text of formulas) {
  const evaluate = evaluator(check(parse(text), scope, builtinFunctions(), text))
  let best = Infinity
  for (let round = 0; round <= rounds; round += 1) {
    const begun = performance.now()
    for (let turn = 0; turn < times; turn += 1) resultOf(evaluate, records[turn % records.length])
    best = Math.min(best, performance.now() - begun)
  }
  console.log(`${((best * 1000) / times).toFixed(2)} µs  ${text}`)
}
if (given.length === 0) {
  const text = 'IF({n1} > 1000, ROUND({n1} * {n2} * (1 - {n3}), 2), SUM({n1}, {n2})) & {t1}'
  const begun = performance.now()
  for (let turn = 0; turn < 10_000; turn += 1) evaluator(check(parse(text), scope, builtinFunctions(), text))
  console.log(`${((performance.now() - begun) / 10).toFixed(0)} µs  to read and check ${text}`)
}
