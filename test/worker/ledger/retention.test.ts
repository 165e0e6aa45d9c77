import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { hourOf } from '../../../src/ledger/clock.ts'
import { cutoffOf } from '../../../src/ledger/cutoff.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import { duePurge, purge, RETENTION } from '../../../src/ledger/retention.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { SiteRefused } from '../../../src/ledger/sites.ts'
import type { SiteId } from '../../../src/words.ts'
import { addSite, BALANCING, company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

const BERLIN = 'Europe/Berlin'
const DAY_MS = 24 * 3_600_000
const SECOND_MS = 1000
const sink = d1Sink(env.DB)
const shards = shardsOver([env.DB], env.DB)
const at = (iso: string) => Date.parse(iso)

const seen = (name: string, time: number, siteId: SiteId = SHOP) =>
  sink.activity({ siteId, company: company(name), hour: hourOf(time), kind: 'view', path: '/', origin: '', name: '' }, BERLIN)

const counted = (day: string, siteId: SiteId = SHOP) => sink.totals({ siteId, day, counts: [['outcome', 'unlisted']] })

/** Names of the companies that are left. */
async function left(): Promise<unknown[]> {
  const { companies } = await stored()
  return (companies ?? []).map((row) => (row as { name: string }).name)
}

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

describe('P7 nothing is kept longer than said', () => {
  test('P7 activity past 90 days goes with its company and its days; younger activity stays', async () => {
    await seen('Old', NOW - 100 * DAY_MS)
    await seen('Both', NOW - 100 * DAY_MS)
    await seen('Both', NOW - DAY_MS)
    await seen('Young', NOW)
    const due = await duePurge(shards, NOW)
    const gone = await purge(shards, NOW)
    expect(gone).toEqual({ company_activity: 2, company_day: 2, companies: 1, site_totals: 0, batches: 0 })
    expect(due).toEqual(gone)
    const { company_activity, company_day } = await stored()
    expect(await left()).toEqual(['Both', 'Young'])
    expect(company_activity).toMatchObject([{ company_key: 'dom:both.example' }, { company_key: 'dom:young.example' }])
    expect(company_day).toMatchObject([{ day: '2026-11-20' }, { day: '2026-11-21' }])
  })

  test.each([
    ['a second before local midnight', '2026-11-21T22:59:59Z', true],
    ['at local midnight', '2026-11-21T23:00:00Z', false],
    ['a second after', '2026-11-21T23:00:01Z', false],
  ])('P7 the oldest day, %s: kept is %s → %s', async (_when, now, kept) => {
    // 2026-08-24 is the day 89 days before the 21st of November, and 90 before the 22nd; clocks changed in between.
    await seen('First hour', at('2026-08-23T22:00:00Z'))
    await seen('Last hour', at('2026-08-24T21:59:59Z'))
    await purge(shards, at(now))
    expect(await left()).toEqual(kept ? ['First hour', 'Last hour'] : [])
    expect((await stored()).company_day).toHaveLength(kept ? 2 : 0)
  })

  test.each([
    ['into summer time, a day of 23 hours', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['out of it, a day of 25 hours', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('P7 a day on which clocks change %s goes as a whole', async (_what, day, first, next) => {
    const midnight = (isoDay: string, seconds: number) => {
      // The local midnight at which this day is 90 days old: found from the next day's cutoff.
      const guess = at(`${isoDay}T00:00:00Z`) + 90 * DAY_MS
      const offset = [1, 2].find((hours) => cutoffOf('shop', BERLIN, RETENTION, guess - hours * 3_600_000).ledgerDay > isoDay) ?? 0
      return guess - offset * 3_600_000 + seconds * SECOND_MS
    }
    await seen('First', at(first))
    await seen('Last', at(next) - SECOND_MS)
    await seen('Next', at(next))
    await purge(shards, midnight(day, -1) - 3_600_000)
    expect(await left()).toEqual(['First', 'Last', 'Next'])
    await purge(shards, midnight(day, 3_600))
    expect(await left()).toEqual(['Next'])
  })

  test('P7 totals go after 13 months, in the site’s days', async () => {
    for (const day of ['2025-10-21', '2025-10-22', '2026-11-21']) await counted(day)
    await purge(shards, NOW)
    expect((await stored()).site_totals).toMatchObject([{ day: '2025-10-22' }, { day: '2026-11-21' }])
  })

  test('P7 each site has its own days', async () => {
    const brief = 'brief' as SiteId
    await addSite({ id: brief, settings: { balancing: BALANCING, retention: { ledgerDays: 1, totalsDays: 2 } } })
    for (const site of [SHOP, brief]) {
      await seen('Yesterday', NOW - DAY_MS, site)
      for (const day of ['2026-11-19', '2026-11-20']) await counted(day, site)
    }
    await purge(shards, NOW)
    const { companies, site_totals } = await stored()
    expect(companies).toMatchObject([{ site_id: 'shop' }])
    expect(site_totals).toMatchObject([
      { site_id: 'brief', day: '2026-11-20' },
      { site_id: 'shop', day: '2026-11-19' },
      { site_id: 'shop', day: '2026-11-20' },
    ])
  })

  test.each([0, 759, 1.5, -1])('P7 %s days are refused at the door', async (days) => {
    for (const retention of [{ ledgerDays: days }, { totalsDays: days }]) {
      await expect(addSite({ settings: { balancing: BALANCING, retention } })).rejects.toThrow(SiteRefused)
    }
  })

  test('P7 25 months are the most', async () => {
    await addSite({ settings: { balancing: BALANCING, retention: { ledgerDays: 758, totalsDays: 758 } } })
    for (const year of [2023, 2024, 2025, 2026]) {
      for (let month = 0; month < 12; month += 1) {
        const now = Date.UTC(year, month, 1)
        const { ledgerDay } = cutoffOf('shop', 'UTC', { ledgerDays: 758, totalsDays: 758 }, now)
        expect(ledgerDay > new Date(Date.UTC(year, month - 25, 1)).toISOString().slice(0, 10)).toBe(true)
      }
    }
  })

  test('P7 ids of batches go after 24 hours', async () => {
    await env.DB.prepare("INSERT INTO batches VALUES (?1, 'kept'), (?1 - 1, 'gone')")
      .bind(hourOf(NOW) - 24)
      .run()
    await purge(shards, NOW)
    const { results } = await env.DB.prepare('SELECT id FROM batches WHERE hour < ?1').bind(hourOf(NOW)).all()
    expect(results).toEqual([{ id: 'kept' }])
  })

  test('P7 what came in after its site was deleted goes at once; with no site at all it is kept like any other', async () => {
    const ghost = 'ghost' as SiteId
    await seen('Ghost', NOW, ghost)
    await counted('2026-11-21', ghost)
    await seen('Shop', NOW)
    await purge(shards, NOW)
    expect(await left()).toEqual(['Shop'])
    expect((await stored()).site_totals).toEqual([])
    await env.DB.prepare('DELETE FROM sites').run()
    await purge(shards, NOW)
    expect(await left()).toEqual(['Shop'])
  })

  test('P7 running again changes nothing, and a run that was missed is made up for', async () => {
    await seen('Old', NOW - 95 * DAY_MS)
    await seen('Young', NOW)
    await counted('2026-11-21')
    await purge(shards, NOW)
    const once = await stored()
    await purge(shards, NOW)
    expect(await stored()).toEqual(once)
    await purge(shards, NOW + 400 * DAY_MS)
    expect(await stored()).toEqual({ companies: [], company_activity: [], company_day: [], site_totals: [] })
  })

  test('P7 more rows than one statement may delete', async () => {
    await seen('Busy', NOW - 95 * DAY_MS)
    await env.DB.prepare(
      `INSERT INTO company_activity
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       SELECT 'shop', 'dom:busy.example', ?1, 'view', '/' || i, '', '', 1, 0 FROM n`,
    )
      .bind(hourOf(NOW) - 95 * 24)
      .run()
    expect(await purge(shards, NOW)).toMatchObject({ company_activity: 5001, companies: 1 })
    expect((await stored()).company_activity).toEqual([])
  })
})
