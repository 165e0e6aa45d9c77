import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Activity, Leave, TotalsEntry } from '../../../src/ledger/activity.ts'
import { type Batch, NO_COUNTS } from '../../../src/ledger/batch.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { LedgerFault } from '../../../src/ledger/fault.ts'
import { gatheringSink } from '../../../src/ledger/flush.ts'
import { GRACE_MS, LEDGER_KEYS, TRIES, WAITING_KEYS } from '../../../src/ledger/limits.ts'
import { openSink } from '../../../src/ledger/open-sink.ts'
import { openOutbox } from '../../../src/ledger/outbox.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { readSettings } from '../../../src/settings.ts'
import { type HandClock, handClock, Underway } from '../../../src/tools/bench/ledger/hand-clock.ts'
import { company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

const ZONE = 'Europe/Berlin'
const bmw = company('BMW')
const view = (path: string): Activity => ({ siteId: SHOP, company: bmw, hour: hourOf(NOW), kind: 'view', path, origin: '', name: '' })
const left = (path: string): Leave => ({ siteId: SHOP, company: bmw, hour: hourOf(NOW), path, origin: '', seconds: 5 })
const nobody = (path: string): TotalsEntry => ({
  siteId: SHOP,
  day: '2026-11-21',
  counts: [
    ['outcome', 'unlisted'],
    ['path', path],
  ],
})

/** A sink whose deliveries are kept, and whose clock is moved by hand. */
function gathering(deliver: (batch: Batch) => Promise<void> | void = () => undefined, bytes = 1e6) {
  const batches: Batch[] = []
  const underway = new Underway()
  const clock: HandClock = handClock(NOW, underway.quiet)
  let ids = 0
  const outbox = openOutbox(
    {
      bytes,
      async deliver(batch) {
        await deliver(batch)
        batches.push(batch)
      },
    },
    { ...clock, newId: () => `id-${ids++}`, hour: () => hourOf(clock.now()), backoffMs: 250 },
  )
  const sink = gatheringSink(outbox, { ledgerMs: 1000, totalsMs: 20_000 }, clock)
  return { sink, batches, clock, outbox }
}

describe('when counters are handed over', () => {
  test('the ledger a second after its first event, one row for what was done twice; the totals after twenty', async () => {
    const { sink, batches, clock } = gathering()
    void sink.activity(view('/'), ZONE)
    void sink.totals(nobody('/'))
    await clock.to(NOW + 500)
    void sink.activity(view('/'), ZONE)
    await clock.to(NOW + 999)
    expect(batches).toEqual([])
    await clock.to(NOW + 1000)
    expect(batches).toMatchObject([
      { id: 'id-0', hour: hourOf(NOW), activity: [['shop', bmw.key, hourOf(NOW), 'view', '/', '', '', 2, 0]], totals: [] },
    ])
    await clock.to(NOW + 19_999)
    expect(batches).toHaveLength(1)
    await clock.to(NOW + 20_000)
    expect(batches[1]).toMatchObject({
      activity: [],
      totals: [
        ['shop', '2026-11-21', 'outcome', 'unlisted', 1],
        ['shop', '2026-11-21', 'path', '/', 1],
      ],
    })
  })

  test(`at once with ${LEDGER_KEYS} different rows`, async () => {
    const { sink, batches, clock } = gathering()
    for (let index = 0; index < LEDGER_KEYS - 1; index += 1) void sink.activity(view(`/${index}`), ZONE)
    await clock.to(NOW)
    expect(batches).toEqual([])
    await sink.activity(view('/last'), ZONE)
    expect(batches).toMatchObject([{ activity: { length: LEDGER_KEYS } }])
    await clock.to(NOW + 5000)
    expect(batches).toHaveLength(1)
  })

  test('the totals take the ledger with them: one batch, one id', async () => {
    const { sink, batches, clock } = gathering()
    void sink.totals(nobody('/'))
    await clock.to(NOW + 19_500)
    void sink.activity(view('/'), ZONE)
    await clock.to(NOW + 30_000)
    expect(batches).toMatchObject([{ activity: { length: 1 }, totals: { length: 2 } }])
  })

  test('seconds come with the totals, added to their view where that still waits', async () => {
    const { sink, batches, clock } = gathering()
    void sink.leave(left('/early'), ZONE)
    void sink.activity(view('/early'), ZONE)
    await clock.to(NOW + 19_500)
    void sink.leave(left('/'), ZONE)
    void sink.activity(view('/'), ZONE)
    await clock.to(NOW + 30_000)
    const seen = (path: string, seconds: number) => ['shop', bmw.key, hourOf(NOW), 'view', path, '', '', 1, seconds]
    expect(batches).toMatchObject([
      { activity: [seen('/early', 0)], leaves: [] },
      { activity: [seen('/', 5)], leaves: [{ 3: '/early' }] },
    ])
  })

  test('P3 a batch does not tell which event came first', async () => {
    const walk = ['/', '/pricing', '/contact', '/']
    const one = gathering()
    const other = gathering()
    for (const path of walk) void one.sink.activity(view(path), ZONE)
    for (const path of walk.toReversed()) void other.sink.activity(view(path), ZONE)
    for (const { clock } of [one, other]) await clock.to(NOW + 1000)
    expect(JSON.stringify(one.batches)).toBe(JSON.stringify(other.batches))
  })

  test('where the waiting event’s request died, the next event takes its place', async () => {
    const batches: Batch[] = []
    let now = NOW
    const outbox = openOutbox(
      { bytes: 1e6, deliver: async (batch) => void batches.push(batch) },
      { now: () => now, wait: () => new Promise(() => undefined), newId: () => 'id', hour: () => 0, backoffMs: 0 },
    )
    const sink = gatheringSink(outbox, { ledgerMs: 1000, totalsMs: 20_000 }, { now: () => now, wait: () => new Promise(() => undefined) })
    void sink.activity(view('/dead'), ZONE)
    now += 1000 + GRACE_MS
    void sink.activity(view('/early'), ZONE)
    expect(batches).toEqual([])
    now += 1
    await sink.activity(view('/late'), ZONE)
    expect(batches).toMatchObject([{ activity: { length: 3 } }])
  })
})

describe('when it fails', () => {
  test('the same batch is tried again, after waits that double, and nothing overtakes it', async () => {
    const tried: [number, string][] = []
    let working = false
    const world = gathering((batch) => {
      tried.push([world.clock.now() - NOW, batch.id])
      if (!working) throw new LedgerFault('lost', true)
    })
    void world.sink.activity(view('/'), ZONE)
    await world.clock.to(NOW + 60_000)
    expect(tried.map(([at]) => at)).toEqual([1000, 1250, 1750, 2750, 4750])
    expect(tried).toHaveLength(TRIES)
    working = true
    void world.sink.activity(view('/b'), ZONE)
    await world.clock.to(NOW + 61_000)
    expect(world.batches.map(({ id, activity }) => [id, activity.length])).toEqual([
      ['id-0', 1],
      ['id-1', 1],
    ])
  })

  test('while it fails, the new adds up; more than the isolate can hold is shed and counted, its rest dropped', async () => {
    let working = false
    const { sink, batches, clock, outbox } = gathering(() => {
      if (!working) throw new LedgerFault('busy', true)
    })
    for (let index = 0; index < WAITING_KEYS; index += 1) void sink.activity(view(`/${index}`), ZONE)
    await clock.to(NOW + 10_000)
    expect(outbox.keys).toBe(WAITING_KEYS)
    for (let index = 0; index < 30; index += 1) void sink.activity(view(`/new-${index}`), ZONE)
    for (let index = 0; index < 12; index += 1) void sink.totals(nobody('/new'))
    void sink.leave(left('/'), ZONE)
    working = true
    await clock.to(NOW + 40_000)
    const rows = batches.flatMap(({ activity, totals }) => [...activity, ...totals])
    expect(rows).toHaveLength(WAITING_KEYS + 1)
    expect(batches.flatMap(({ totals }) => totals)).toEqual([['shop', '2026-11-21', 'outcome', 'shed', 42]])
  })

  test('a batch the database refuses is shed, and what comes after it is written', async () => {
    const { sink, batches, clock } = gathering(({ activity }) => {
      if (activity.some(([, , , , path]) => path === '/poison')) throw new LedgerFault('refused', true)
    })
    void sink.activity(view('/poison'), ZONE)
    await clock.to(NOW + 1000)
    void sink.activity(view('/'), ZONE)
    await clock.to(NOW + 2000)
    expect(batches).toMatchObject([{ totals: [['shop', '2026-11-21', 'outcome', 'shed', 1]] }, { activity: { length: 1 } }])
  })

  test('what may have been written and has no id is not tried again', async () => {
    let tries = 0
    const { sink, clock } = gathering(() => {
      tries += 1
      throw new LedgerFault('lost', false)
    })
    void sink.activity(view('/'), ZONE)
    await clock.to(NOW + 60_000)
    expect(tries).toBe(1)
  })

  test('a batch larger than a message may be goes in parts, each with its company and an id of its own', async () => {
    const { sink, batches, clock } = gathering(undefined, 4000)
    for (let index = 0; index < 100; index += 1) void sink.activity(view(`/${index}`), ZONE)
    void sink.totals(nobody('/'))
    await clock.to(NOW + 20_000)
    expect(batches.length).toBeGreaterThan(2)
    expect(new Set(batches.map(({ id }) => id)).size).toBe(batches.length)
    for (const batch of batches) {
      expect(JSON.stringify(batch).length).toBeLessThan(4200)
      expect(batch.companies).toHaveLength(batch.activity.length > 0 ? 1 : 0)
    }
    expect(batches.flatMap(({ activity }) => activity)).toHaveLength(100)
  })
})

describe('before a migration has run', () => {
  const away = (columns: readonly string[]) => columns.map((column) => `ALTER TABLE company_day RENAME COLUMN ${column} TO ${column}_away`)
  const back = (columns: readonly string[]) => columns.map((column) => `ALTER TABLE company_day RENAME COLUMN ${column}_away TO ${column}`)
  const LATEST = ['paths']
  const LATER = ['row_count', 'other_paths', 'other_names', ...LATEST]

  beforeEach(emptyLedger)

  const sink = () => openSink({ sink: 'd1', ledgerMs: 0, totalsMs: 0 }, shardsOver([env.DB], env.DB), async () => () => [], null)

  test.each([
    ['the table of ids', ['ALTER TABLE batches RENAME TO batches_away'], ['ALTER TABLE batches_away RENAME TO batches'], 1],
    // The day's bound holds on.
    ['the latest column of company_day', away(LATEST), back(LATEST), 1],
    ['the later columns of company_day', away(LATER), back(LATER), 0],
  ])('without %s everything is counted', async (_what, take, give, counted) => {
    for (const sql of take) await env.DB.prepare(sql).run()
    try {
      await sink().activity(view('/'), ZONE)
      await sink().totals(nobody('/'))
    } finally {
      for (const sql of give) await env.DB.prepare(sql).run()
    }
    const { company_activity, company_day, site_totals } = await stored()
    expect(company_activity).toHaveLength(1)
    expect(company_day).toMatchObject([{ views: 1, row_count: counted }])
    expect(site_totals).toHaveLength(2)
  })
})

describe('settings', () => {
  const counting = (vars: Record<string, string>) => readSettings(vars as unknown as Env).counting

  test.each([
    [{}, { sink: 'd1', ledgerMs: 1000, totalsMs: 20_000 }],
    [
      { SINK: 'queue', LEDGER_FLUSH_MS: '500', TOTALS_FLUSH_MS: '0' },
      { sink: 'queue', ledgerMs: 500, totalsMs: 0 },
    ],
    [
      { SINK: 'kafka', LEDGER_FLUSH_MS: '-1', TOTALS_FLUSH_MS: '20001' },
      { sink: 'd1', ledgerMs: 1000, totalsMs: 20_000 },
    ],
    [
      { LEDGER_FLUSH_MS: '1e3', TOTALS_FLUSH_MS: '' },
      { sink: 'd1', ledgerMs: 1000, totalsMs: 20_000 },
    ],
  ])('%j', (vars, expected) => {
    expect(counting(vars)).toEqual(expected)
  })

  test('no batch is ever empty', async () => {
    const { outbox, batches } = gathering()
    outbox.put(NO_COUNTS)
    await outbox.send()
    expect(batches).toEqual([])
  })
})
