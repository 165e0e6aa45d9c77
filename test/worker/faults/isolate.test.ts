import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Activity, TotalsEntry } from '../../../src/ledger/activity.ts'
import { type Batch, countsOfActivity, daysOf } from '../../../src/ledger/batch.ts'
import { addActivityBefore0006 } from '../../../src/ledger/cardinality.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { companyDaysBefore0010 } from '../../../src/ledger/company-day.ts'
import { readCompanyPage } from '../../../src/ledger/company-list.ts'
import { gatheringSink } from '../../../src/ledger/flush.ts'
import { GRACE_MS } from '../../../src/ledger/limits.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import { openOutbox } from '../../../src/ledger/outbox.ts'
import { hoursOf } from '../../../src/ledger/period.ts'
import { purge } from '../../../src/ledger/retention.ts'
import { SITE_DEFAULTS } from '../../../src/ledger/settings.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { handClock, Underway } from '../../../src/tools/bench/ledger/hand-clock.ts'
import { addSite, company, emptyLedger, NOW, publishTable, SHOP, stored } from '../fixtures.ts'
import { acme, event, HOUR, isolate, nobody } from './house.ts'

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

const bmw = company('BMW')
const view = (path: string, hour = HOUR): Activity => ({ siteId: SHOP, company: bmw, hour, kind: 'view', path, origin: '', name: '' })
const anonymous = (path: string): TotalsEntry => ({ siteId: SHOP, day: '2026-11-21', counts: [['path', path]] })

/** A sink whose deliveries are kept. */
function gathering(timing: { now: () => number; wait: (ms: number) => Promise<void> }) {
  const batches: Batch[] = []
  const outbox = openOutbox(
    { bytes: 1e6, deliver: async (batch) => void batches.push(batch) },
    { ...timing, newId: () => `id-${batches.length}`, hour: () => HOUR, backoffMs: 250 },
  )
  return { sink: gatheringSink(outbox, { ledgerMs: 1_000, totalsMs: 20_000 }, timing), batches }
}

describe('an isolate', () => {
  test.each([500, 3_300, 19_999, 20_001, 31_400])(
    'killed after %d ms loses at most a second of companies and twenty of anonymous counts',
    async (death) => {
      const underway = new Underway()
      const clock = handClock(NOW, underway.quiet)
      const { sink, batches } = gathering(clock)
      for (let at = 0; at < death; at += 100) {
        await clock.to(NOW + at)
        void sink.activity(view(`/${at}`), 'UTC')
        void sink.totals(anonymous(`/${at}`))
      }
      await clock.to(NOW + death)
      // It is dead: what was not delivered by now never will be.
      const companies = new Set(batches.flatMap(({ activity }) => activity.map(([, , , , path]) => path)))
      const totals = new Set(batches.flatMap((batch) => batch.totals.map(([, , , value]) => value)))
      for (let at = 0; at <= death - 1_000; at += 100) expect(companies, `company at ${at} ms`).toContain(`/${at}`)
      for (let at = 0; at <= death - 20_000; at += 100) expect(totals, `count at ${at} ms`).toContain(`/${at}`)
    },
  )

  test('started anew knows nothing of the one before, and the ledger goes on', async () => {
    await event(isolate())
    await event(isolate())
    expect(await stored()).toMatchObject({ company_activity: acme(2), company_day: [{ views: 2, visits: 1 }] })
  })
})

describe('the clock', () => {
  test.each([
    ['forward a day', 86_400_000],
    ['back a day', -86_400_000],
    ['back to 1970', -NOW],
  ])('jumps %s: every event is counted in the hour the clock says, once', async (_how, jump) => {
    let now = NOW
    const house = isolate({ now: () => now })
    await event(house)
    await event(house, { from: 'nobody' })
    now += jump
    await event(house)
    await event(house, { from: 'nobody' })
    const { company_activity, site_totals } = await stored()
    const hours = (company_activity as { hour: number; count: number }[]).map(({ hour, count }) => [hour, count])
    expect(hours.sort()).toEqual([[HOUR, 1], [hourOf(NOW + jump), 1]].sort()) // biome-ignore format: two rows
    expect(site_totals).toHaveLength(12)
  })

  test('is put back while a window is open and the request that waited for its end is dead: the next event hands over', async () => {
    let now = NOW
    const { sink, batches } = gathering({ now: () => now, wait: () => new Promise(() => undefined) })
    void sink.activity(view('/before'), 'UTC')
    now -= 3_600_000
    await sink.activity(view('/after'), 'UTC')
    expect(batches).toMatchObject([{ activity: { length: 2 } }])
  })

  test('is put back while a sender hangs: the next one takes over', async () => {
    let now = NOW
    let hanging = true
    const delivered: string[] = []
    const outbox = openOutbox(
      {
        bytes: 1e6,
        deliver: async ({ id }) => {
          if (hanging) await new Promise(() => undefined)
          delivered.push(id)
        },
      },
      { now: () => now, wait: async () => undefined, newId: () => 'once', hour: () => HOUR, backoffMs: 0 },
    )
    outbox.put(countsOfActivity(view('/'), 'UTC'))
    void outbox.send()
    hanging = false
    await outbox.send()
    expect(delivered).toEqual([])
    now -= GRACE_MS * 100
    await outbox.send()
    expect(delivered).toEqual(['once'])
  })
})

test('cron that did not run for a week makes up for it in one run (P7)', async () => {
  const sink = d1Sink(env.DB)
  const hour = (days: number) => HOUR - days * 24
  for (const days of [96, 95, 91, 90, 89]) await sink.activity(view(`/${days}`, hour(days)), 'Europe/Berlin')
  await purge(shardsOver([env.DB], env.DB), NOW - 7 * 86_400_000)
  expect((await stored()).company_activity).toHaveLength(5)
  await purge(shardsOver([env.DB], env.DB), NOW)
  expect((await stored()).company_activity).toMatchObject([{ path: '/89' }])
})

test('two versions of the Worker write to one ledger: an older one does not know the newest columns, and nothing is counted wrong', async () => {
  const newer = isolate()
  const older = async (path: string): Promise<void> => {
    const { activity, days } = countsOfActivity(
      { ...view(path), company: { ...bmw, key: 'dom:acme.example' as typeof bmw.key } },
      'Europe/Berlin',
    )
    await env.DB.batch([addActivityBefore0006(env.DB, activity), companyDaysBefore0010(env.DB, days, () => [])])
    expect(daysOf(days)(SHOP, 'dom:acme.example', HOUR)).toBe('2026-11-21')
  }
  await event(newer)
  await older('/')
  await event(newer)
  await older('/')
  expect(await stored()).toMatchObject({ company_activity: acme(4), company_day: [{ views: 4, pages: 1, visits: 1, row_count: 1 }] })
  // Nor does a list of who read a page miss what only the older one wrote down.
  await older('/older')
  const days = { from: '2026-11-21', to: '2026-11-21' }
  for (const [path, found] of Object.entries({ '/': 1, '/older': 1, '/old*': 1, '/neither': 0 })) {
    const { rows } = await readCompanyPage(env.DB, SHOP, {
      days,
      hours: hoursOf(days, 'Europe/Berlin'),
      filter: { country: null, industry: null, size: null, kind: null, tag: null, q: null, source: null, path, minScore: 0 },
      sort: 'lastSeen',
      after: null,
      limit: 1,
      weights: SITE_DEFAULTS.weights,
    })
    expect([path, rows.length]).toEqual([path, found])
  }
})

test('a queue that refuses: what waited is sent with the next event, once', async () => {
  const sent: unknown[] = []
  let refusing = true
  const queue = {
    send: async (body: unknown) => {
      if (refusing) throw new Error('Queue sendBatch failed: Too Many Requests')
      sent.push(body)
    },
  }
  const house = isolate({ SINK: 'queue', COUNTS: queue as unknown as Queue } as Partial<Env>)
  expect(await event(house)).toBe(204)
  expect(await event(house, { from: 'nobody' })).toBe(204)
  expect(sent).toEqual([])
  refusing = false
  await event(house)
  expect(sent).toMatchObject([{ activity: [[SHOP, 'dom:acme.example', HOUR, 'view', '/', '', '', 1, 0]] }, { activity: { length: 1 } }])
  expect(sent.flatMap((body) => (body as Batch).totals)).toHaveLength(nobody(1).length)
})
