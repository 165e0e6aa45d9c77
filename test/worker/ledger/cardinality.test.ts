import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Activity, Leave } from '../../../src/ledger/activity.ts'
import { type Batch, countsOfActivity, daysOf, NO_COUNTS, type TotalsRow } from '../../../src/ledger/batch.ts'
import { addActivity, addTotals, BOUNDS } from '../../../src/ledger/cardinality.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { companyDays } from '../../../src/ledger/company-day.ts'
import { mergeCounts } from '../../../src/ledger/gather.ts'
import { COMPANY_ROWS_A_DAY, VALUES_A_DAY } from '../../../src/ledger/limits.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import { readOther } from '../../../src/ledger/other.ts'
import { withoutView, writeBatches } from '../../../src/ledger/write.ts'
import type { CompanyRecord } from '../../../src/words.ts'
import { company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

const DAY = '2026-11-21'
const HOUR = hourOf(NOW)
const ZONE = 'Europe/Berlin'
const bmw = company('BMW')
const no = () => []

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

const totalsBatch = (id: string, totals: readonly TotalsRow[]): Batch => ({ ...NO_COUNTS, id, hour: HOUR, totals })
const ledgerBatch = (id: string, deeds: readonly Activity[]): Batch => ({
  ...mergeCounts(deeds.map((deed) => countsOfActivity(deed, ZONE))),
  id,
  hour: HOUR,
})

/** One batch with bounds small enough to reach. */
async function write(deeds: readonly Activity[], bounds: Partial<typeof BOUNDS>): Promise<void> {
  const { activity, days } = mergeCounts(deeds.map((deed) => countsOfActivity(deed, ZONE)))
  await env.DB.batch([addActivity(env.DB, activity, daysOf(days), { ...BOUNDS, ...bounds }), companyDays(env.DB, days, no)])
}

const paths = async (): Promise<[string, number][]> =>
  ((await stored()).company_activity as { path: string; count: number }[]).map(({ path, count }) => [path, count])

vi.setConfig({ testTimeout: 60_000 })

beforeEach(emptyLedger)

describe('100,000 distinct paths', () => {
  const EVENTS = 100_000

  test('of nobody in particular fill no more rows than a day may have, and every event is counted', async () => {
    for (let from = 0; from < EVENTS; from += 20_000) {
      const rows = Array.from({ length: 20_000 }, (_, index): TotalsRow => [SHOP, DAY, 'path', `/made-up-${from + index}`, 1])
      await writeBatches(env.DB, [totalsBatch(`t${from}`, [...rows, [SHOP, DAY, 'outcome', 'unlisted', 20_000]])], no)
    }
    const sums = await env.DB.prepare(
      `SELECT dimension, count(*) AS "rows", sum(count) AS events, sum(iif(value = '(other)', count, 0)) AS other FROM site_totals GROUP BY 1`,
    ).all()
    expect(sums.results).toEqual([
      { dimension: 'outcome', rows: 1, events: EVENTS, other: 0 },
      { dimension: 'path', rows: VALUES_A_DAY + 1, events: EVENTS, other: EVENTS - VALUES_A_DAY },
    ])
  })

  test('of one company fill no more rows than its day may have; the other companies of the site keep theirs', async () => {
    await writeBatches(env.DB, [ledgerBatch('before', [view('/seen-before')])], no)
    for (let from = 0; from < EVENTS; from += 20_000) {
      const deeds = Array.from({ length: 20_000 }, (_, index) => view(`/made-up-${from + index}`))
      await writeBatches(env.DB, [ledgerBatch(`a${from}`, deeds)], no)
    }
    await writeBatches(env.DB, [ledgerBatch('after', [view('/seen-before'), view('/', { company: company('Siemens') })])], no)
    const { results } = await env.DB.prepare(
      `SELECT company_key AS company, count(*) AS "rows", sum(count) AS deeds, sum(iif(path = '(other)', count, 0)) AS other,
              sum(iif(path = '/seen-before', count, 0)) AS before FROM company_activity GROUP BY 1`,
    ).all()
    expect(results).toEqual([
      { company: 'dom:bmw.example', rows: COMPANY_ROWS_A_DAY + 1, deeds: EVENTS + 2, other: EVENTS + 1 - COMPANY_ROWS_A_DAY, before: 2 },
      { company: 'dom:siemens.example', rows: 1, deeds: 1, other: 0, before: 0 },
    ])
    expect((await stored()).company_day).toMatchObject([
      { views: EVENTS + 2, row_count: COMPANY_ROWS_A_DAY + 1, other_paths: EVENTS + 1 - COMPANY_ROWS_A_DAY },
      { views: 1, row_count: 1, other_paths: 0 },
    ])
  })
})

describe('past the bound', () => {
  test('sources and every other dimension fall into (other), each by itself, each day anew', async () => {
    const totals: TotalsRow[] = ['path', 'source', 'country'].flatMap((dimension) =>
      ['a', 'b', 'c', 'd'].map((value): TotalsRow => [SHOP, DAY, dimension, value, 1]),
    )
    await addTotals(env.DB, [...totals, [SHOP, '2026-11-22', 'path', 'd', 1], ['other', DAY, 'path', 'd', 1]], {
      ...BOUNDS,
      values: 3,
    }).run()
    await addTotals(
      env.DB,
      [
        [SHOP, DAY, 'source', 'e', 7],
        [SHOP, DAY, 'source', 'a', 2],
      ],
      { ...BOUNDS, values: 3 },
    ).run()
    const { results } = await env.DB.prepare(
      `SELECT site_id, day, dimension, json_group_object(value, count) AS counts FROM site_totals GROUP BY 1, 2, 3`,
    ).all()
    expect(results).toEqual([
      { site_id: 'other', day: DAY, dimension: 'path', counts: '{"d":1}' },
      { site_id: SHOP, day: DAY, dimension: 'country', counts: '{"(other)":1,"a":1,"b":1,"c":1}' },
      { site_id: SHOP, day: DAY, dimension: 'path', counts: '{"(other)":1,"a":1,"b":1,"c":1}' },
      { site_id: SHOP, day: DAY, dimension: 'source', counts: '{"(other)":8,"a":3,"b":1,"c":1}' },
      { site_id: SHOP, day: '2026-11-22', dimension: 'path', counts: '{"d":1}' },
    ])
  })

  test('names, origins and hours of a company fall in alike; kinds stay, so the figures of the day stay exact', async () => {
    await write(
      [
        view('/a'),
        view('/b', { origin: 'google.com' }),
        view('/c', { origin: '/b' }),
        view('/d', { hour: HOUR + 1 }),
        view('/e', { kind: 'download', name: 'one.pdf' }),
        view('/e', { kind: 'download', name: 'two.pdf' }),
      ],
      { companyRows: 1, kept: 0 },
    )
    const { company_activity, company_day } = await stored()
    expect(company_activity).toMatchObject([
      { hour: HOUR, kind: 'download', path: '(other)', origin: '', name: '(other)', count: 1 },
      { hour: HOUR, kind: 'download', path: '/e', name: 'one.pdf', count: 1 },
      { hour: HOUR, kind: 'view', path: '(other)', origin: '', name: '', count: 3 },
      { hour: HOUR + 1, kind: 'view', path: '(other)', origin: '', name: '', count: 1 },
    ])
    expect(company_day).toMatchObject([{ views: 4, downloads: 2, row_count: 4, other_paths: 5, other_names: 1 }])
  })

  test('a site that has its rows still keeps the first ones of every company', async () => {
    const by = (who: CompanyRecord, count: number) => Array.from({ length: count }, (_, index) => view(`/${index}`, { company: who }))
    const bounds = { companyRows: 10, siteRows: 8, kept: 2 }
    await write(by(bmw, 9), bounds)
    await write(by(company('Siemens'), 4), bounds)
    const { company_day } = await stored()
    expect(company_day).toMatchObject([
      { company_key: 'dom:bmw.example', views: 9, row_count: 9, other_paths: 0 },
      { company_key: 'dom:siemens.example', views: 4, row_count: 3, other_paths: 2 },
    ])
  })

  test('seconds of a view that fell in are added there, and a message with them waits for nothing', async () => {
    await write([view('/a'), view('/b')], { companyRows: 1, kept: 0 })
    const left = (path: string, hour = HOUR): Leave => ({ siteId: SHOP, company: bmw, hour, path, origin: '', seconds: 30 })
    expect(await withoutView(env.DB, [[SHOP, bmw.key, HOUR, '/b', '/a', 30]])).toEqual(new Set())
    expect(await withoutView(env.DB, [[SHOP, bmw.key, HOUR - 1, '/b', '/a', 30]])).toEqual(new Set([0]))
    for (const leave of [left('/a'), left('/b'), left('/b'), left('/b', HOUR - 1)]) await d1Sink(env.DB).leave(leave, ZONE)
    expect((await stored()).company_activity).toMatchObject([
      { path: '(other)', seconds: 60 },
      { path: '/a', seconds: 30 },
    ])
  })

  test('a batch that comes again changes nothing', async () => {
    const rows = Array.from({ length: VALUES_A_DAY + 5 }, (_, index): TotalsRow => [SHOP, DAY, 'path', `/${index}`, 1])
    for (let round = 0; round < 3; round += 1) await writeBatches(env.DB, [totalsBatch('once', rows)], no)
    expect(await env.DB.prepare(`SELECT sum(count) AS sum, max(count) AS max FROM site_totals`).first()).toEqual({
      sum: VALUES_A_DAY + 5,
      max: 5,
    })
  })

  test('P3 of one batch the order of events decides nothing', async () => {
    const deeds = ['/d', '/a', '/c', '/b'].map((path) => view(path))
    await write(deeds, { companyRows: 2, kept: 0 })
    const one = await stored()
    await emptyLedger()
    await write(deeds.toReversed(), { companyRows: 2, kept: 0 })
    expect(await stored()).toEqual(one)
    expect(await paths()).toEqual([
      ['(other)', 2],
      ['/a', 1],
      ['/b', 1],
    ])
  })

  test('a row whose day is not known is written as it is', async () => {
    const { activity } = countsOfActivity(view('/a'), ZONE)
    await addActivity(env.DB, activity, () => undefined, { ...BOUNDS, companyRows: 0, kept: 0 }).run()
    expect(await paths()).toEqual([['/a', 1]])
  })
})

test('the operator is told how much fell into (other), not what', async () => {
  await write([view('/a'), view('/b'), view('/c')], { companyRows: 1, kept: 0 })
  await write([view('/a', { kind: 'form', name: '(other)' }), view('/a', { kind: 'form', name: 'contact' })], {})
  expect(await readOther(env.DB, SHOP, { from: DAY, to: DAY })).toEqual({ paths: 2, names: 1 })
  expect(await readOther(env.DB, SHOP, { from: '2026-11-22', to: '2026-11-23' })).toEqual({ paths: 0, names: 0 })
})
