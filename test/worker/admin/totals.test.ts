import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { addSite, BALANCING } from '../fixtures.ts'
import { api, emptyDesk, fill } from './desk.ts'

interface Totals {
  readonly k: number
  readonly released: { readonly from: string; readonly to: string } | null
  readonly dimensions: Readonly<
    Record<string, { readonly total: object; readonly other: number; readonly top: readonly object[]; readonly series: readonly object[] }>
  >
  readonly running: { readonly bucket: string; readonly dimensions: Readonly<Record<string, object>> } | null
}

const totals = async (query: string): Promise<Totals> => (await api(`/totals?site=shop&${query}`)).json<Totals>()

async function count(rows: readonly (readonly [day: string, dimension: string, value: string, count: number])[]): Promise<void> {
  await env.DB.prepare("INSERT INTO site_totals SELECT 'shop', value->>0, value->>1, value->>2, value->>3 FROM json_each(?1)")
    .bind(JSON.stringify(rows))
    .run()
}

beforeEach(async () => {
  await emptyDesk()
  await addSite()
})

describe('P5 totals', () => {
  test('by day: small cells folded per day, a period is the sum of its days, today stands apart and coarse', async () => {
    await count([
      ['2026-11-19', 'path', '/', 20],
      ['2026-11-19', 'path', '/a', 4],
      ['2026-11-19', 'path', '/b', 3],
      ['2026-11-20', 'path', '/', 10],
      ['2026-11-20', 'path', '/a', 6],
      ['2026-11-21', 'path', '/', 13],
      ['2026-11-21', 'path', '/a', 2],
    ])
    expect(await totals('dimension=path&from=2026-11-18')).toMatchObject({
      k: 5,
      released: { from: '2026-11-18', to: '2026-11-20' },
      dimensions: {
        path: {
          total: { count: 43, about: false },
          other: 7,
          top: [
            { value: '/', count: 30 },
            { value: '/a', count: 6 },
          ],
          series: [
            { bucket: '2026-11-19', count: 27 },
            { bucket: '2026-11-20', count: 16 },
          ],
        },
      },
      running: {
        bucket: '2026-11-21',
        dimensions: { path: { total: { count: 15, about: true }, other: 0, top: [{ value: '/', count: 10 }] } },
      },
    })
  })

  test.each([
    ['week', '2026-11-01', '2026-11-20', { from: '2026-11-02', to: '2026-11-15' }, 30],
    ['week', '2026-11-03', '2026-11-15', { from: '2026-11-09', to: '2026-11-15' }, 10],
    ['week', '2026-11-03', '2026-11-12', null, 0],
    ['month', '2026-09-15', '2026-11-21', { from: '2026-10-01', to: '2026-10-31' }, 40],
  ] as const)('by %s, %s to %s: whole buckets that are over, and no part of one', async (bucket, from, to, released, sum) => {
    await addSite({ settings: { balancing: BALANCING, release: { bucket, k: 5 } } })
    await count([
      ['2026-10-31', 'device', 'desktop', 40],
      ['2026-11-03', 'device', 'desktop', 20],
      ['2026-11-15', 'device', 'desktop', 10],
      ['2026-11-16', 'device', 'desktop', 10],
    ])
    const report = await totals(`dimension=device&from=${from}&to=${to}`)
    expect(report.released).toEqual(released)
    expect(report.dimensions.device?.total).toEqual({ count: sum, about: false })
  })

  test('a bucket that the purge has begun to eat is no whole one', async () => {
    await addSite({ settings: { balancing: BALANCING, release: { bucket: 'month', k: 5 }, retention: { totalsDays: 60 } } })
    await count([
      ['2026-09-30', 'device', 'desktop', 40],
      ['2026-10-01', 'device', 'desktop', 20],
    ])
    const report = await totals('dimension=device&from=2026-09-01')
    expect(report.released).toEqual({ from: '2026-10-01', to: '2026-10-31' })
    expect(report.dimensions.device?.total).toEqual({ count: 20, about: false })
  })

  test('coverage: the ledger beside what stayed anonymous, and why', async () => {
    await fill([
      { path: '/', count: 10 },
      { path: '/a', origin: '/', ago: 30, count: 10 },
    ])
    await count([
      ['2026-11-20', 'path', '/', 60],
      ['2026-11-20', 'outcome', 'unlisted', 50],
      ['2026-11-20', 'outcome', 'bot', 10],
      ['2026-11-21', 'path', '/', 22],
      ['2026-11-21', 'outcome', 'unlisted', 22],
    ])
    expect(await (await api('/coverage?site=shop')).json()).toMatchObject({
      companies: 1,
      visits: 2,
      views: 20,
      anonymousViews: { count: 80, about: true },
      outcomes: [
        { value: 'unlisted', count: 70 },
        { value: 'bot', count: 10 },
      ],
      matchRate: 0.2,
      k: 5,
    })
  })
})
