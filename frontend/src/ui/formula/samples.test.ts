import { beforeEach, expect, it } from 'vitest'
import { http, HttpResponse } from 'msw'
import '@/app/kinds'
import { Environment } from '@/lib/formula/environment'
import { explain } from '@/lib/formula/explain'
import type { Explained } from '@/lib/formula/explain'
import { Moment } from '@/lib/formula/calendar'
import { stored } from '@/lib/formula/typed'
import { type } from '@/lib/formula/types'
import { RowValue } from '@/lib/formula/value'
import { zoneNamed } from '@/lib/formula/zones'
import { chooseLocale } from '@/lib/i18n'
import { field, opportunity } from '@/testing/opportunity'
import { server } from '@/testing/server'
import { ObjectScope } from './object_scope'
import { readFormula } from './reading'
import { isLocal, lookedAt, readValues } from './record_values'
import { valueText } from './value_text'
import { idsWritten } from './written_names'

const deal = opportunity()
const account = opportunity({ name: 'crm_account', label: { en: 'Account' }, plural_label: { en: 'Accounts' }, fields: [field('name', 'text'), field('years', 'number')] })
const scope = new ObjectScope([deal, account], deal)
const ofAccount = new ObjectScope([deal, account], account)

/** Answers queries out of these records, as the server would. */
function serve(records: Record<string, Record<string, unknown>[]>): void {
  server.use(
    http.post('*/records/:object/query', async ({ params, request }) => {
      const { filter } = (await request.json()) as { filter: { field: string; value: string[] } }
      const found = (records[String(params['object'])] ?? []).filter((record) => {
        const value = record[filter.field] as string | { id: string } | null
        return value !== null && filter.value.includes(typeof value === 'object' ? value.id : value)
      })
      return HttpResponse.json({ records: found, next_cursor: null })
    }),
  )
}

async function tried(text: string, from: ObjectScope, id: string): Promise<Explained> {
  const { typed } = readFormula(text, from)
  if (!typed) throw new Error('It reads.')
  const values = await readValues(from, [id], lookedAt(stored(typed)))
  return explain(typed, new Environment({ fields: values.get(id) ?? new Map(), now: new Moment(0n), zone: zoneNamed('UTC') }))
}

function said({ part, outcome, parts }: Explained): unknown {
  const own = outcome === 'not reached' ? outcome : 'reason' in outcome ? outcome.reason.en : valueText(outcome.value, part.type, 'en')
  return parts.length > 0 ? [own, ...parts.map(said)] : own
}

beforeEach(() => chooseLocale('en'))

it('tells what every part came to, and what was not looked at', async () => {
  serve({ crm_opportunity: [{ id: 'o1', amount: 1200, probability: null, account: { id: 'a1', name: 'A' } }], crm_account: [{ id: 'a1', years: 3.5 }] })
  expect(said(await tried('IF({amount} > 1000, {account.years} + 1, {amount} / 0)', scope, 'o1'))).toEqual([
    '4.5', ['Yes', '1,200', '1,000'], ['4.5', '3.5', '1'], ['not reached', 'not reached', 'not reached'],
  ])
  expect(said(await tried('{amount} / {probability}', scope, 'o1'))).toEqual(['The divisor is 0 or empty.', '1,200', 'empty'])
})

it('reads the records that link here, with what is asked of each', async () => {
  const link = { id: 'a1', name: 'A' }
  serve({
    crm_account: [{ id: 'a1', years: 2 }],
    crm_opportunity: [{ id: 'o1', amount: 100, stage: 'won', account: link }, { id: 'o2', amount: 70, stage: 'lost', account: link }, { id: 'o3', amount: 9, stage: 'won', account: { id: 'a2', name: 'B' } }],
  })
  expect(said(await tried('{crm_opportunity:account.amount}.SUM() * {years}', ofAccount, 'a1'))).toEqual(['340', ['170', '100, 70'], '2'])
  expect(said(await tried('SUMIF({crm_opportunity:account}, {CurrentValue.stage} = "won", {CurrentValue.amount})', ofAccount, 'a1'))).toEqual(['100', '2 records'])
})

it('knows what hangs on the record alone', () => {
  const looked = (text: string, from: ObjectScope) => lookedAt(stored(readFormula(text, from).typed as never))
  expect(isLocal(looked('{amount} * 2', scope))).toBe(true)
  expect(isLocal(looked('{account.years}', scope))).toBe(false)
  expect(isLocal(looked('COUNTROWS({crm_opportunity:account})', ofAccount))).toBe(false)
})

it('links and people are told by their names, and by no id', () => {
  const of = type('record', { object: 'person' })
  expect(valueText(new RowValue('019a0000-0000-7000-8000-000000000001', new Map([['name', '林丹']])), of, 'zh-CN')).toBe('林丹')
  expect(valueText([new RowValue('a', new Map([['name', '林丹']])), new RowValue('b', new Map([['name', '王芳']]))], of, 'zh-CN')).toBe('林丹、王芳')
  expect(valueText('a', of, 'zh-CN', (id) => (id === 'a' ? '林丹' : null))).toBe('林丹')
  expect(valueText('b', of, 'en')).toBe('a record')
  const id = '019a0000-0000-7000-8000-000000000001'
  const asked = readFormula(`{owner} = "${id}" && {name} <> "${id}"`, new ObjectScope([], opportunity())).typed
  expect(asked && [...idsWritten(asked)].map(([target, ids]) => [target, [...ids]])).toEqual([['person', [id]]])
})
