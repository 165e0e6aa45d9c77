import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { HOUR_MS, hourOf, localDay } from '../../../src/ledger/clock.ts'
import { purge, RETENTION } from '../../../src/ledger/retention.ts'
import { d1Sink } from '../../../src/ledger/write.ts'
import { company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

const sink = d1Sink(env.DB)
const oldest = hourOf(NOW) - RETENTION.ledgerDays * 24

beforeEach(emptyLedger)

describe('P7 nothing is kept longer than said', () => {
  test('P7 activity past 90 days goes with its company; younger activity stays', async () => {
    const deed = { siteId: SHOP, kind: 'view', path: '/', origin: '', name: '' } as const
    await sink.activity({ ...deed, company: company('Old'), hour: oldest - 48 }, 'UTC')
    await sink.activity({ ...deed, company: company('Young'), hour: oldest }, 'UTC')
    await purge(env.DB, NOW)
    const { companies, company_activity, company_day } = await stored()
    expect(companies).toMatchObject([{ name: 'Young' }])
    expect(company_activity).toMatchObject([{ company_key: 'dom:young.example' }])
    expect(company_day).toMatchObject([{ company_key: 'dom:young.example' }])
  })

  test('P7 an hour is kept to its last hour and not one longer', async () => {
    const deed = { siteId: SHOP, company: company('Edge'), kind: 'view', path: '/', origin: '', name: '', hour: oldest } as const
    await sink.activity(deed, 'UTC')
    await purge(env.DB, NOW)
    expect((await stored()).company_activity).toHaveLength(1)
    await purge(env.DB, NOW + HOUR_MS)
    expect((await stored()).company_activity).toEqual([])
    expect((await stored()).companies).toEqual([])
  })

  test('P7 totals go after 13 months', async () => {
    const day = (ago: number) => localDay(hourOf(NOW) - ago * 24, 'UTC').day
    for (const ago of [0, RETENTION.totalsDays, RETENTION.totalsDays + 1]) {
      await sink.totals({ siteId: SHOP, day: day(ago), counts: [['outcome', 'unlisted']] })
    }
    await purge(env.DB, NOW)
    expect((await stored()).site_totals).toMatchObject([{ day: day(RETENTION.totalsDays) }, { day: day(0) }])
  })

  test('P7 running again changes nothing', async () => {
    await sink.totals({ siteId: SHOP, day: '2026-11-21', counts: [['outcome', 'unlisted']] })
    await purge(env.DB, NOW)
    const once = await stored()
    await purge(env.DB, NOW)
    expect(await stored()).toEqual(once)
  })
})
