import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import worker from '../../../src/index.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { openSink, REAL } from '../../../src/ledger/open-sink.ts'
import { placeOf, shardsOf } from '../../../src/ledger/shard.ts'
import type { SiteId } from '../../../src/words.ts'
import { addSite, company, NOW, stored } from '../fixtures.ts'
import { api as ask, emptyDesk } from './desk.ts'

/** The same Worker with a ledger over three databases. */
const THREE = { DB2: env.TEST_DB2, DB3: env.TEST_DB3 }
const DATABASES = [env.DB, env.TEST_DB2, env.TEST_DB3]
const shards = shardsOf({ ...env, ...THREE } as { DB: D1Database })
const api = (path: string, options: Parameters<typeof ask>[1] = {}) => ask(path, { ...options, env: THREE })

/** Two sites of each database, so that neighbours in one and in another are there to be mixed up with. */
const SITES = [0, 1, 2].flatMap((place) =>
  Array.from({ length: 60 }, (_, n) => `site-${n}` as SiteId)
    .filter((site) => placeOf(site, 3) === place)
    .slice(0, 2),
)
const KEY = 'dom:acme.example'

beforeAll(async () => {
  await emptyDesk()
  for (const db of [env.TEST_DB2, env.TEST_DB3]) await applyD1Migrations(db, env.TEST_MIGRATIONS)
  const sink = openSink({ sink: 'd1', ledgerMs: 0, totalsMs: 0 }, shards, async () => () => [], null, REAL)
  for (const [at, site] of SITES.entries()) {
    await addSite({ id: site, name: site })
    const seen = { siteId: site, company: company('Acme'), kind: 'view', origin: '', name: '' } as const
    for (const [hour, path] of [
      [0, `/of-${site}`],
      [1, '/pricing'],
      [100 * 24, '/long-ago'],
    ] as const) {
      await sink.activity({ ...seen, hour: hourOf(NOW) - hour, path }, 'Europe/Berlin')
    }
    for (let view = 0; view <= at; view += 1) {
      for (let five = 0; five < 5; five += 1) await sink.totals({ siteId: site, day: '2026-11-20', counts: [['path', '/']] })
    }
  }
})

const held = async (table: string): Promise<number[]> => (await Promise.all(DATABASES.map(stored))).map((rows) => rows[table]?.length ?? 0)

describe('a ledger over three databases, through the admin', () => {
  test('each site’s counters are in its own database and nowhere else', async () => {
    expect(new Set(SITES.map((site) => placeOf(site, 3)))).toEqual(new Set([0, 1, 2]))
    for (const [place, db] of DATABASES.entries()) {
      const { results } = await db.prepare('SELECT DISTINCT site_id AS site FROM company_activity ORDER BY 1').all<{ site: string }>()
      expect(results.map(({ site }) => site)).toEqual(SITES.filter((site) => placeOf(site, 3) === place).sort())
    }
  })

  test.each(SITES)('%s is read whole: list, path filter, company, visits, journey, totals, exports', async (site) => {
    const read = async <T>(path: string): Promise<T> => (await api(path)).json<T>()
    expect(await read(`/companies?site=${site}`)).toMatchObject({ companies: [{ key: KEY, views: 2 }] })
    expect(await read(`/companies?site=${site}&path=/of-${site}`)).toMatchObject({ companies: [{ key: KEY }] })
    for (const other of SITES.filter((each) => each !== site)) {
      expect(await read(`/companies?site=${site}&path=/of-${other}`)).toMatchObject({ companies: [] })
    }
    expect((await api(`/companies/${KEY}?site=${site}`)).status).toBe(200)
    expect(await read(`/companies/${KEY}/visits?site=${site}`)).toMatchObject({ visits: [{ views: 2 }] })
    expect((await read<{ edges: unknown[] }>(`/companies/${KEY}/journey?site=${site}`)).edges).toHaveLength(2)
    const views = 5 * (SITES.indexOf(site) + 1)
    expect(await read(`/totals?site=${site}&from=2026-11-20&to=2026-11-20`)).toMatchObject({
      dimensions: { path: { total: { count: views } } },
    })
    expect(await (await api(`/export.csv?site=${site}&list=visits`)).text()).toContain(`/of-${site}`)
    expect(await (await api(`/export.ndjson?site=${site}&list=companies`)).text()).toContain(KEY)
  })

  test('tags and notes stand beside the counters; the audit log, rules and saved filters in the first database', async () => {
    for (const site of SITES) {
      expect((await api(`/companies/${KEY}/tags/lead?site=${site}`, { method: 'PUT' })).status).toBe(200)
      expect((await api(`/companies/${KEY}/notes?site=${site}`, { json: { text: `of ${site}` } })).status).toBe(200)
      expect((await api(`/segments/hot?site=${site}`, { method: 'PUT', json: { name: 'Hot', filter: { tag: 'lead' } } })).status).toBe(200)
      expect(await (await api(`/companies?site=${site}&tag=lead`)).json()).toMatchObject({ companies: [{ tags: ['lead'] }] })
      expect(await (await api(`/companies/${KEY}/notes?site=${site}`)).json()).toMatchObject({ notes: [{ text: `of ${site}` }] })
    }
    const counts = (table: string) =>
      Promise.all(DATABASES.map((db) => db.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')))
    expect(await counts('tags')).toEqual([2, 2, 2])
    expect(await counts('notes')).toEqual([2, 2, 2])
    expect(await counts('segments')).toEqual([6, 0, 0])
    expect((await counts('audit')).slice(1)).toEqual([0, 0])
  })

  test('P7 the hourly work reaches all three', async () => {
    expect(await held('company_activity')).toEqual([6, 6, 6])
    await worker.scheduled({ scheduledTime: NOW, cron: '17 * * * *', noRetry() {} }, { ...env, ...THREE } as Env)
    expect(await held('company_activity')).toEqual([4, 4, 4])
    expect(await held('companies')).toEqual([2, 2, 2])
  })

  test('P8 a company that is erased on one site stays on all others, in the same database and elsewhere', async () => {
    const [site = SITES[0] as SiteId] = SITES.slice(2)
    const place = placeOf(site, 3)
    const { erased } = await (await api(`/companies/${KEY}?site=${site}`, { method: 'DELETE' })).json<{ erased: Record<string, number> }>()
    expect(erased).toMatchObject({ company_activity: 2, companies: 1, tags: 1, notes: 1 })
    expect(await held('company_activity')).toEqual([4, 4, 4].map((rows, at) => (at === place ? rows - 2 : rows)))
    expect((await api(`/companies/${KEY}?site=${site}`)).status).toBe(404)
  })

  test('a site that is erased leaves nothing in any of the three but its audit log', async () => {
    const [site = SITES[0] as SiteId] = SITES.slice(4)
    const { erased } = await (await api(`/sites/${site}`, { method: 'DELETE' })).json<{ erased: Record<string, number> }>()
    expect(erased).toMatchObject({ company_activity: 2, companies: 1, site_totals: 1, tags: 1, notes: 1, segments: 1, sites: 1 })
    for (const db of DATABASES) expect(JSON.stringify(await stored(db))).not.toContain(`"${site}"`)
    expect((await api(`/companies?site=${site}`)).status).toBe(404)
    for (const other of SITES.filter((each) => each !== site && each !== SITES[2])) {
      expect(await (await api(`/companies?site=${other}`)).json()).toMatchObject({ companies: [{ key: KEY }] })
    }
  })
})
