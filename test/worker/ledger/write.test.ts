import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Activity } from '../../../src/ledger/activity.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { PATHS_OF_A_DAY } from '../../../src/ledger/limits.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import { addSite, BALANCING, company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

const ZONE = 'Europe/Berlin'
const HOUR = hourOf(NOW)
const sink = d1Sink(env.DB)
const bmw = company('BMW')

const view = (path: string, over: Partial<Activity> = {}): Activity => ({
  siteId: SHOP,
  company: bmw,
  hour: HOUR,
  kind: 'view',
  path,
  origin: '',
  name: '',
  ...over,
})

beforeEach(emptyLedger)

describe('the ledger', () => {
  test('the same deed in the same hour is one row that counts', async () => {
    for (let i = 0; i < 3; i += 1) await sink.activity(view('/'), ZONE)
    const { companies, company_activity, site_totals } = await stored()
    expect(companies).toHaveLength(1)
    expect(company_activity).toEqual([
      { site_id: 'shop', company_key: 'dom:bmw.example', hour: HOUR, kind: 'view', path: '/', origin: '', name: '', count: 3, seconds: 0 },
    ])
    expect(site_totals).toEqual([])
  })

  test('a company-day says what its rows say: views, distinct pages, visits', async () => {
    await sink.activity(view('/', { origin: 'google.com' }), ZONE)
    await sink.activity(view('/pricing', { origin: '/' }), ZONE)
    await sink.activity(view('/pricing', { origin: '/', hour: HOUR + 1 }), ZONE)
    await sink.activity(view('/', { hour: HOUR + 3 }), ZONE)
    await sink.activity(view('/pricing', { kind: 'download', name: 'datasheet.pdf' }), ZONE)
    const { company_day } = await stored()
    expect(company_day).toEqual([
      {
        site_id: 'shop',
        day: '2026-11-21',
        company_key: 'dom:bmw.example',
        views: 4,
        pages: 2,
        seconds: 0,
        downloads: 1,
        outbounds: 0,
        forms: 0,
        events: 0,
        visits: 2,
        first_hour: HOUR,
        last_hour: HOUR + 3,
        hot: 0,
        sources: '["google.com"]',
        row_count: 5,
        other_paths: 0,
        other_names: 0,
        paths: '2["/","/pricing"]',
      },
    ])
  })

  test('a company-day knows its outside sources, sorted, and views of hot pages as the site names them', async () => {
    await addSite({ settings: { balancing: BALANCING, hot: ['/pricing', '/docs/*'] } })
    for (const path of ['/pricing', '/pricing', '/pricing/old', '/docs/api', '/docs/', '/docs', '/']) await sink.activity(view(path), ZONE)
    await sink.activity(view('/pricing', { kind: 'download', name: 'datasheet.pdf' }), ZONE)
    for (const origin of ['newsletter / email', '/', 'google.com', 'google.com']) await sink.activity(view('/a', { origin }), ZONE)
    expect((await stored()).company_day).toMatchObject([{ hot: 4, sources: '["google.com","newsletter / email"]' }])
  })

  test('a company-day names the pages that were viewed, each once and sorted; of very many it names none', async () => {
    for (const path of ['/b', '/a"b', '/a', '/ä', '/b']) await sink.activity(view(path), ZONE)
    await sink.activity(view('/downloaded', { kind: 'download', name: 'datasheet.pdf' }), ZONE)
    expect((await stored()).company_day).toMatchObject([{ paths: `4${JSON.stringify(['/a', '/a"b', '/b', '/ä'])}` }])
    await sink.activity(view(`/${'long'.repeat(PATHS_OF_A_DAY / 4)}`), ZONE)
    expect((await stored()).company_day).toMatchObject([{ pages: 5, paths: null }])
  })

  test('midnight in the site’s time zone ends a visit', async () => {
    const lastHour = hourOf(Date.parse('2026-11-21T22:30:00Z'))
    await sink.activity(view('/', { hour: lastHour }), ZONE)
    await sink.activity(view('/', { hour: lastHour + 1 }), ZONE)
    const { company_day } = await stored()
    expect(company_day).toMatchObject([
      { day: '2026-11-21', visits: 1 },
      { day: '2026-11-22', visits: 1 },
    ])
  })

  test('leaving adds seconds to the view’s row', async () => {
    await sink.activity(view('/pricing', { origin: '/' }), ZONE)
    await sink.leave({ siteId: SHOP, company: bmw, hour: HOUR, path: '/pricing', origin: '/', seconds: 90 }, ZONE)
    const { company_activity, company_day } = await stored()
    expect(company_activity).toMatchObject([{ count: 1, seconds: 90 }])
    expect(company_day).toMatchObject([{ seconds: 90 }])
  })

  test('leaving a page that nobody is known to have viewed stores nothing', async () => {
    await sink.leave({ siteId: SHOP, company: bmw, hour: HOUR, path: '/never', origin: '', seconds: 90 }, ZONE)
    expect(await stored()).toEqual({ companies: [], company_activity: [], company_day: [], site_totals: [] })
  })

  test('P8 two sites that see the same company share no row', async () => {
    await sink.activity(view('/'), ZONE)
    await sink.activity(view('/', { siteId: 'other' as typeof SHOP }), ZONE)
    const { companies, company_activity } = await stored()
    expect(companies).toHaveLength(2)
    expect(company_activity).toHaveLength(2)
  })

  test('P5 totals count each dimension by itself', async () => {
    const entry = {
      siteId: SHOP,
      day: '2026-11-21',
      counts: [
        ['path', '/'],
        ['country', 'DE'],
      ],
    } as const
    await sink.totals(entry)
    await sink.totals({
      ...entry,
      counts: [
        ['path', '/'],
        ['country', 'AT'],
      ],
    })
    const { site_totals } = await stored()
    expect(site_totals).toEqual([
      { site_id: 'shop', day: '2026-11-21', dimension: 'country', value: 'AT', count: 1 },
      { site_id: 'shop', day: '2026-11-21', dimension: 'country', value: 'DE', count: 1 },
      { site_id: 'shop', day: '2026-11-21', dimension: 'path', value: '/', count: 2 },
    ])
  })
})
