import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Batch, NO_COUNTS } from '../../../src/ledger/batch.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { readMessage, writeMessage } from '../../../src/ledger/message.ts'
import { consume, type Delivered } from '../../../src/ledger/queue.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { emptyLedger, NOW, stored } from '../fixtures.ts'

const HOUR = hourOf(NOW)
const shards = shardsOver([env.DB], env.DB)
const BMW = 'dom:bmw.example'

const batch = (id: string, rows: Partial<Batch>): Batch => ({ ...NO_COUNTS, hour: HOUR, id, ...rows })
const seen = (id: string, path = '/', kind = 'view'): Batch =>
  batch(id, {
    companies: [['shop', BMW, 'business', 'BMW', null, 'DE', null, null, null, '{}', HOUR]],
    activity: [['shop', BMW, HOUR, kind, path, '', '', 1, 0]],
    days: [['shop', BMW, '2026-11-21', HOUR - 14, HOUR + 10]],
  })
const left = (id: string): Batch =>
  batch(id, { leaves: [['shop', BMW, HOUR, '/', '', 30]], days: [['shop', BMW, '2026-11-21', HOUR - 14, HOUR + 10]] })

/** A message and what became of it. */
function message(body: unknown, attempts = 1) {
  const fate: unknown[] = []
  const delivered: Delivered = { body, attempts, ack: () => fate.push('acked'), retry: (options) => fate.push(options ?? 'retried') }
  return { delivered, fate }
}

async function deliver(...messages: readonly ReturnType<typeof message>[]): Promise<unknown[]> {
  await consume(
    messages.map(({ delivered }) => delivered),
    shards,
    () => [],
  )
  return messages.map(({ fate }) => fate.at(-1))
}

const of = (each: Batch, attempts?: number) => message(JSON.parse(JSON.stringify(writeMessage(each))), attempts)

beforeEach(emptyLedger)

describe('what a queue delivers', () => {
  test('is merged: several messages, one row', async () => {
    expect(await deliver(of(seen('a')), of(seen('b')), of(seen('c', '/b')))).toEqual(['acked', 'acked', 'acked'])
    expect((await stored()).company_activity).toMatchObject([
      { path: '/', count: 2 },
      { path: '/b', count: 1 },
    ])
    expect((await stored()).company_day).toMatchObject([{ views: 3, pages: 2 }])
  })

  test('changes nothing when it comes again: later, at once, or twice in one delivery', async () => {
    await deliver(of(seen('a')), of(seen('a')))
    const once = await stored()
    expect(once.company_activity).toMatchObject([{ count: 1 }])
    expect(await deliver(of(seen('a'), 2))).toEqual(['acked'])
    expect(await stored()).toEqual(once)
    await deliver(of(seen('a'), 3), of(seen('b')))
    expect((await stored()).company_activity).toMatchObject([{ count: 2 }])
  })

  test('seconds that arrive before their view wait for it, and are added once', async () => {
    const early = of(left('late'))
    expect(await deliver(early)).toEqual([{ delaySeconds: 15 }])
    expect((await stored()).company_activity).toEqual([])
    await deliver(of(seen('view')))
    expect(await deliver(of(left('late'), 2))).toEqual(['acked'])
    expect(await deliver(of(left('late'), 3))).toEqual(['acked'])
    expect((await stored()).company_activity).toMatchObject([{ count: 1, seconds: 30 }])
    expect((await stored()).company_day).toMatchObject([{ seconds: 30 }])
  })

  test('seconds whose view never comes are given up', async () => {
    expect(await deliver(of(left('orphan'), 14))).toEqual([{ delaySeconds: 15 }])
    expect(await deliver(of(left('orphan'), 15))).toEqual(['acked'])
    expect(await stored()).toEqual({ companies: [], company_activity: [], company_day: [], site_totals: [] })
  })

  test('a message the database refuses holds up no other', async () => {
    expect(await deliver(of(seen('a')), of(seen('poison', '/', 'click')), of(seen('b')))).toEqual(['acked', 'retried', 'acked'])
    expect((await stored()).company_activity).toMatchObject([{ count: 2 }])
  })

  test.each([
    ['hello'],
    [null],
    [{ v: 2 }],
    [{ ...(writeMessage(seen('x')) as object), ip: '203.0.113.20' }],
    [{ ...(writeMessage(seen('x')) as object), totals: [[1]] }],
  ])('what is no message of ours, %j, is not dropped but retried, to end in the dead-letter queue', async (body) => {
    expect(await deliver(message(body), of(seen('a')))).toEqual(['retried', 'acked'])
    expect(readMessage(body)).toBeNull()
  })

  test('while the database fails everything is retried', async () => {
    await env.DB.prepare('ALTER TABLE company_activity RENAME TO away').run()
    try {
      expect(await deliver(of(seen('a')), of(seen('b')))).toEqual(['retried', 'retried'])
    } finally {
      await env.DB.prepare('ALTER TABLE away RENAME TO company_activity').run()
    }
    expect(await deliver(of(seen('a'), 2), of(seen('b'), 2))).toEqual(['acked', 'acked'])
    expect((await stored()).company_activity).toMatchObject([{ count: 2 }])
  })
})
