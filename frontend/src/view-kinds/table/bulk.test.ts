import { describe, expect, it } from 'vitest'
import type { BulkBody } from '@/api/records'
import type { BulkAnswer, Field } from '@/api/types'
import { registerPlainKinds } from '@/testing/kinds'
import { field, opportunity } from '@/testing/opportunity'
import { answer, server } from '@/testing/server'
import { idsOf, inParcels, readTarget } from './bulk'
import { offeredToMany } from './bulk_offers'

registerPlainKinds()

const many = Array.from({ length: 1200 }, (_, at) => `r${at}`)
const done = (ids: readonly string[]): BulkAnswer => ({ results: ids.map((id) => ({ id, status: 'done', version: 2 })), done: ids.length, unchanged: 0, refused: 0 })

function answerPages() {
  server.use(
    answer('post', '/records/crm_opportunity/query', ({ body }: { body: unknown }) => {
      const from = Number((body as { cursor?: string }).cursor ?? 0)
      const records = many.slice(from, from + 500).map((id, at) => ({ id, version: 1, name: at % 2 === 0 ? 'even' : 'odd' }))
      return { records, next_cursor: from + 500 < many.length ? String(from + 500) : null }
    }),
  )
}

describe('deeds on many', () => {
  it('go in parcels', async () => {
    const sent: number[] = []
    const outcome = await inParcels(many, { action: 'delete' }, (body: BulkBody) => {
      const { ids } = body as { ids: string[] }
      sent.push(ids.length)
      return Promise.resolve(done(ids))
    })
    expect(sent).toEqual([500, 500, 200])
    expect(outcome.done).toHaveLength(1200)
  })
  it('stop between parcels and say what was left', async () => {
    let isStopped = false
    const outcome = await inParcels(
      many,
      { action: 'delete' },
      (body: BulkBody) => {
        isStopped = true
        return Promise.resolve(done((body as { ids: string[] }).ids))
      },
      { onStep: () => undefined, isStopped: () => isStopped },
    )
    expect(outcome.done).toHaveLength(500)
    expect(outcome.left).toBe(700)
  })
  it('reach everything that matches, page after page', async () => {
    answerPages()
    expect(await idsOf('crm_opportunity', { kind: 'matching', filter: null, q: '' })).toEqual(many)
  })
  it('remember what each record held', async () => {
    answerPages()
    const name = opportunity().fields.find((field) => field.name === 'name') as Field
    const read = await readTarget('crm_opportunity', { kind: 'matching', filter: null, q: '' }, name)
    expect([...(read?.before.values() ?? [])].map(({ value, ids }) => [value, ids.length])).toEqual([
      ['even', 600],
      ['odd', 600],
    ])
  })
})

it('options none of many may have are left out, those some may not have say for how many', () => {
  const choices = ['a', 'b', 'c'].map((value) => ({ value, label: { en: value } }))
  const reason = field('reason', 'choice', { options: { choices }, offers: [{ options: ['a', 'b'], condition: ['boolean', true] }] })
  const told = [['a'], ['a', 'b'], ['a']].map((refused, at) => ({ id: String(at), hidden: [], required: [], read_only: [], not_offered: { reason: refused } }))
  const offered = offeredToMany(reason, told).options.choices ?? []
  expect(offered.map((one) => one.retired ?? false)).toEqual([true, false, false])
  expect(offered.map((one) => Boolean(one.note?.includes('1')))).toEqual([false, true, false])
})
