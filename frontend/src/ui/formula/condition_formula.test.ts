import { describe, expect, it } from 'vitest'
import '@/app/kinds'
import type { Filter } from '@/lib/filter'
import { tidy } from '@/lib/filter'
import { Moment } from '@/lib/formula/calendar'
import { Environment } from '@/lib/formula/environment'
import { evaluator, resultOf } from '@/lib/formula/evaluate'
import { stored } from '@/lib/formula/typed'
import { zoneNamed } from '@/lib/formula/zones'
import { field, opportunity } from '@/testing/opportunity'
import { conditionAsFormula } from './condition_to_formula'
import { formulaAsCondition } from './formula_to_condition'
import { ObjectScope } from './object_scope'
import { formulaValue } from './record_values'
import { readFormula, shownText } from './reading'

const order = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'in', 'not_in', 'is_empty', 'is_not_empty']
const options = { choices: ['a', 'b', 'c"d'].map((value) => ({ value, label: { 'zh-CN': `选项${value}`, en: `Option ${value}` } })) }
const id = '019ac000-0000-7000-8000-00000000000a'
const account = opportunity({ name: 'crm_account', fields: [field('owner', 'person', { operators: ['is_me'] }), field('years', 'number', { operators: order, label: { 'zh-CN': '年限', en: 'Years' } })] })
const object = opportunity({
  fields: [
    field('name', 'text', { operators: ['eq', 'ne', 'contains', 'not_contains', 'starts_with', 'ends_with', 'is_empty', 'is_not_empty'], label: { 'zh-CN': '名称', en: 'Name' } }),
    field('amount', 'money', { operators: order, label: { 'zh-CN': '金额', en: 'Amount' } }),
    field('stage', 'choice', { operators: ['eq', 'ne', 'in', 'not_in', 'is_empty', 'is_not_empty'], options }),
    field('tags', 'choices', { operators: ['has_any', 'has_all', 'has_none', 'is_empty', 'is_not_empty'], options }),
    field('active', 'checkbox', { operators: ['eq'] }),
    field('close_date', 'date', { operators: [...order, 'within'] }),
    field('account', 'link', { operators: ['eq', 'ne', 'in', 'not_in'], options: { target: 'crm_account' } }),
    field('phase', 'choice', { operators: ['eq', 'kind_in'], options: { choices: [{ value: 'x', label: { en: 'X', 'zh-CN': 'X' }, kind: 'open' }] } }),
    field('owner', 'person', { operators: ['eq', 'in', 'is_me', 'in_my_department', 'reports_to_me'], label: { 'zh-CN': '负责人', en: 'Owner' } }),
    field('updated_at', 'date_time', { operators: [...order, 'within'] }),
  ],
})
const scope = new ObjectScope([object, account], object)

function back(text: string): ReturnType<typeof formulaAsCondition> | string {
  const { typed, problem } = readFormula(text, scope, 'boolean')
  if (!typed || problem) return problem?.text.en ?? 'empty'
  return formulaAsCondition(stored(typed), scope)
}

/** Mulberry32: the same conditions at every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function grown(next: () => number, depth: number): Filter {
  const pick = <Of>(all: readonly Of[]): Of => all[Math.floor(next() * all.length)] as Of
  if (depth > 0 && next() < 0.6) {
    if (next() < 0.15) return { not: grown(next, depth - 1) }
    const parts = Array.from({ length: 2 + Math.floor(next() * 2) }, () => grown(next, depth - 1))
    return next() < 0.5 ? { and: parts } : { or: parts }
  }
  const name = pick(['name', 'amount', 'stage', 'tags', 'active', 'account.years'])
  const path = scope.path(name.split('.'))
  if ('unknown' in path || !path.field) throw new Error(name)
  const op = pick(path.field.operators)
  const value: Record<string, () => unknown> = {
    name: () => pick(['a', 'x "y"', '{z}', '金额']), amount: () => pick([0, 1.5, -20, 1000000]), 'account.years': () => pick([3, 0.25]),
    stage: () => pick(['a', 'b', 'c"d']), tags: () => pick(['a', 'b', 'c"d']), active: () => next() < 0.5,
  }
  const one = value[name] as () => unknown
  if (op.startsWith('is_')) return { field: name, op }
  if (['in', 'not_in', 'has_any', 'has_all', 'has_none'].includes(op)) return { field: name, op, value: Array.from({ length: 1 + Math.floor(next() * 2) }, one) }
  return { field: name, op, value: op === 'between' ? [one(), one()] : one() }
}

type Row = Readonly<Record<string, unknown>>
const rows: Row[] = [
  { name: null, amount: null, stage: null, tags: null, active: null, 'account.years': null },
  { name: 'A x "Y"', amount: 1.5, stage: 'a', tags: ['a', 'b'], active: true, 'account.years': 3 },
  { name: 'za', amount: 0, stage: 'c"d', tags: ['c"d'], active: false, 'account.years': 0.25 },
  { name: '金额{z}', amount: -20, stage: 'b', tags: [], active: true, 'account.years': 5 },
]

/** The tests as docs/reference/http-api.md tells them: a test of something empty fails, unless it is a denial. */
function holds(filter: Filter, row: Row): boolean {
  if ('and' in filter) return filter.and.every((part) => holds(part, row))
  if ('or' in filter) return filter.or.some((part) => holds(part, row))
  if ('not' in filter) return !holds(filter.not, row)
  if ('formula' in filter) throw new Error('No sentence.')
  const { field: name, op } = filter
  const isYes = name === 'active'
  const value = isYes ? row[name] === true : row[name]
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0)
  const asked = filter.value
  const denials: Record<string, string> = { ne: 'eq', not_in: 'in', not_contains: 'contains', has_none: 'has_any', is_not_empty: 'is_empty' }
  const denied = denials[op]
  if (denied) return !holds({ ...filter, op: denied }, row)
  if (op === 'is_empty') return isEmpty
  if (isEmpty) return false
  const small = (one: unknown) => String(one).toLowerCase()
  const list = Array.isArray(asked) ? (asked as unknown[]) : [asked]
  const own = value as never
  const tests: Record<string, () => boolean> = {
    eq: () => own === asked, in: () => list.includes(own), lt: () => own < (asked as number), lte: () => own <= (asked as number), gt: () => own > (asked as number), gte: () => own >= (asked as number),
    between: () => own >= (list[0] as number) && own <= (list[1] as number),
    contains: () => small(own).includes(small(asked)), starts_with: () => small(own).startsWith(small(asked)), ends_with: () => small(own).endsWith(small(asked)),
    has_any: () => list.some((one) => (value as unknown[]).includes(one)), has_all: () => list.every((one) => (value as unknown[]).includes(one)),
  }
  return tests[op]?.() ?? false
}

/** Groups in groups that are joined alike are one; what two tests say together is one test. */
function normal(filter: Filter): Filter {
  const answer = back((conditionAsFormula(filter, scope) as { text: string }).text)
  if (typeof answer === 'string' || !('filter' in answer)) throw new Error(JSON.stringify(answer))
  return answer.filter
}

describe('conditions as formulas and back', () => {
  it.each<[Filter, string]>([
    [{ field: 'amount', op: 'gte', value: 300000 }, '{amount} >= 300000'],
    [{ and: [{ field: 'stage', op: 'in', value: ['a', 'b'] }, { or: [{ field: 'amount', op: 'gt', value: 1 }, { field: 'account.years', op: 'lt', value: 3 }] }] }, '{stage} in ["a", "b"] && ({amount} > 1 || {account.years} < 3)'],
    [{ field: 'amount', op: 'between', value: [1, 2] }, '{amount} >= 1 && {amount} <= 2'],
    [{ or: [{ field: 'amount', op: 'between', value: [1, 2] }, { field: 'active', op: 'eq', value: false }] }, '({amount} >= 1 && {amount} <= 2) || NOT({active})'],
    [{ field: 'name', op: 'ends_with', value: 'GmbH' }, 'ENDSWITH(LOWER({name}), LOWER("GmbH"))'],
    [{ field: 'tags', op: 'has_none', value: ['a', 'b'] }, 'NOT(CONTAIN({tags}, "a") || CONTAIN({tags}, "b"))'],
    [{ field: 'close_date', op: 'within', value: 'this_week' }, 'WITHIN({close_date}, "this_week")'],
    [{ field: 'close_date', op: 'within', value: { last_days: 30 } }, 'WITHIN({close_date}, "last_days", 30)'],
    [{ not: { field: 'updated_at', op: 'within', value: 'today' } }, 'NOT(WITHIN({updated_at}, "today"))'],
    [{ field: 'updated_at', op: 'gte', value: '2026-11-28T07:00:00Z' }, '{updated_at} >= DATETIME("2026-11-28T07:00:00Z")'],
    [{ field: 'close_date', op: 'between', value: ['2026-01-01', '2026-12-31'] }, '{close_date} >= DATE(2026, 1, 1) && {close_date} <= DATE(2026, 12, 31)'],
    [{ field: 'owner', op: 'is_me' }, '{owner} = CURRENT_USER()'],
    [{ not: { field: 'owner', op: 'is_me' } }, 'NOT({owner} = CURRENT_USER())'],
    [{ field: 'owner', op: 'reports_to_me' }, '{owner} in MY_TEAM()'],
    [{ field: 'owner', op: 'in_my_department' }, '{owner.department} in MY_DEPARTMENTS()'],
    [{ field: 'account.owner', op: 'is_me' }, '{account.owner} = CURRENT_USER()'],
    [{ field: 'phase', op: 'kind_in', value: ['open', 'won'] }, 'KIND({phase}) in ["open", "won"]'],
    [{ field: 'account', op: 'eq', value: id }, `{account} = "${id}"`],
    [{ field: 'account', op: 'not_in', value: [id] }, `NOT({account} in ["${id}"])`],
    [{ field: 'owner', op: 'in', value: [id] }, `{owner} in ["${id}"]`],
    [{ not: { or: [{ field: 'name', op: 'contains', value: 'x' }, { field: 'name', op: 'is_empty' }] } }, 'NOT(SEARCH("x", {name}) > 0 || ISBLANK({name}))'],
  ])('%j', (filter, text) => {
    expect(conditionAsFormula(filter, scope)).toEqual({ text })
    expect(back(text)).toEqual({ filter })
  })

  it('loses nothing, whatever the condition', () => {
    const next = random(20261128)
    for (let round = 0; round < 400; round += 1) {
      const filter = grown(next, 3)
      const once = normal(filter)
      // Once in its plain form it comes back the same, in any language.
      expect(normal(once)).toEqual(once)
      for (const locale of ['zh-CN', 'en'] as const) {
        const { text } = conditionAsFormula(once, scope) as { text: string }
        expect(back(shownText(text, scope, locale))).toEqual({ filter: once })
      }
      expect(tidy(once)).toEqual(once)
    }
  })

  it('means the same as the formula it becomes', () => {
    const next = random(7)
    for (let round = 0; round < 300; round += 1) {
      const filter = grown(next, 3)
      const { typed } = readFormula((conditionAsFormula(filter, scope) as { text: string }).text, scope, 'boolean')
      if (!typed) throw new Error('It reads.')
      const evaluate = evaluator(typed)
      for (const row of rows) {
        const fields = new Map(Object.entries(row).map(([name, value]) => {
          const path = scope.path(name.split('.'))
          if ('unknown' in path || !path.field) throw new Error(name)
          return [name, formulaValue(path.field, value)]
        }))
        const environment = new Environment({ fields, now: new Moment(0n), zone: zoneNamed('UTC') })
        expect([filter, row, resultOf(evaluate, environment)]).toEqual([filter, row, holds(filter, row)])
      }
    }
  })

  it.each([
    ['{amount} * 2 > 3', 'calculated'],
    ['{amount} > {account.years}', 'fields_compared'],
    ['{close_date} = {close_date}', 'fields_compared'],
    ['IF({active}, TRUE, FALSE)', 'function'],
    ['{amount} > 0.1000000000000000055511', 'calculated'],
  ])('says why %s is no sentence', (text, obstacle) => {
    expect(back(text)).toMatchObject({ obstacle })
  })

  it('says which test no formula says', () => {
    expect(conditionAsFormula({ and: [{ field: 'gone', op: 'eq', value: 'x' }] }, scope)).toEqual({ unsayable: { field: 'gone', op: 'eq', value: 'x' } })
  })

  it('reads a value written before its field', () => {
    expect(back('CURRENT_USER() <> {owner}')).toEqual({ filter: { not: { field: 'owner', op: 'is_me' } } })
    expect(back('KIND({phase}) = "won"')).toEqual({ filter: { field: 'phase', op: 'kind_in', value: ['won'] } })
    expect(back('10 < {amount}')).toEqual({ filter: { field: 'amount', op: 'gt', value: 10 } })
  })
})
