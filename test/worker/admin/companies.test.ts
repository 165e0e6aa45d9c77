import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CompaniesQuery, companyList } from '../../../src/admin/api/companies.ts'
import { COMPANY_SORTS, type CompanyFilter, type CompanySort, readCompanyPage } from '../../../src/ledger/company-list.ts'
import { ROWS_PER_PAGE } from '../../../src/ledger/company-rows.ts'
import { readDaySums } from '../../../src/ledger/day-sums.ts'
import { readOneSite } from '../../../src/ledger/one-site.ts'
import { hoursOf } from '../../../src/ledger/period.ts'
import { scoreOf } from '../../../src/ledger/score.ts'
import { SCORE_PARTS, SITE_DEFAULTS, type Weights } from '../../../src/ledger/settings.ts'
import type { SiteId } from '../../../src/words.ts'
import { addSite, NOW, SHOP } from '../fixtures.ts'
import { api, ask, type Did, emptyDesk, fill } from './desk.ts'

const DAYS = { from: '2026-11-01', to: '2026-11-21' }
const HOURS = hoursOf(DAYS, 'Europe/Berlin')
const ALL: CompanyFilter = {
  country: null,
  industry: null,
  size: null,
  kind: null,
  tag: null,
  q: null,
  source: null,
  path: null,
  minScore: 0,
}

interface List {
  readonly companies: readonly {
    readonly key: string
    readonly score: number
    readonly tags: readonly string[]
    readonly daily?: readonly number[]
  }[]
  readonly next: string | null
  readonly note: string | null
}

const list = async (query: string): Promise<List> => (await api(`/companies?site=shop&${query}`)).json<List>()
const keys = async (query: string): Promise<string[]> =>
  (await list(query)).companies.map(({ key }) => key.slice(4).replace('.example', ''))

describe('the list of companies', () => {
  beforeAll(async () => {
    await emptyDesk()
    await addSite()
    await fill([
      { key: 'dom:bmw.example', ago: 1, path: '/pricing', origin: 'google.com', count: 3, seconds: 200 },
      { key: 'dom:bmw.example', ago: 30, path: '/docs', count: 4 },
      { key: 'dom:100%_off.example', ago: 2, path: '/', origin: 'bing.com' },
      { key: 'dom:100%_off.example', ago: 2, path: '/"quoted"/"quoted"', origin: '/' },
      { key: 'dom:siemens.example', ago: 3, path: '/docs/api', count: 9 },
      { key: 'dom:old.example', ago: 24 * 40 },
    ])
    await env.DB.batch([
      env.DB.prepare(
        "UPDATE companies SET country = 'AT', industry = 'Energy', employees = '10001+', kind = 'research', city = 'Graz', name = 'Siemens Österreich' WHERE company_key = 'dom:siemens.example'",
      ),
      env.DB.prepare("UPDATE companies SET city = 'MÜHLHAUSEN an der Mühle' WHERE company_key = 'dom:bmw.example'"),
      env.DB.prepare("INSERT INTO tags VALUES ('shop', 'dom:bmw.example', 'lead', '2026-11-21')"),
    ])
  })

  test.each([
    ['', ['bmw', '100%_off', 'siemens']],
    ['sort=views', ['siemens', 'bmw', '100%_off']],
    ['sort=visits', ['bmw', '100%_off', 'siemens']],
    ['sort=pages', ['100%_off', 'bmw', 'siemens']],
    ['sort=score', ['bmw', 'siemens', '100%_off']],
    ['country=AT', ['siemens']],
    ['industry=Energy', ['siemens']],
    ['size=10001%2B', ['siemens']],
    ['kind=research', ['siemens']],
    ['q=SIEM', ['siemens']],
    ['q=graz', ['siemens']],
    ['q=%25', ['100%_off']],
    ['q=_', ['100%_off']],
    ['q=nothing', []],
    ['q=österreich', ['siemens']],
    ['q=ÖSTERREICH', ['siemens']],
    ['q=Ö', ['siemens']],
    ['q=mühle', ['bmw']],
    ['q=MÜHLE', ['bmw']],
    ['q=example%20graz', []],
    ['tag=lead', ['bmw']],
    ['source=google.com', ['bmw']],
    ['source=google', []],
    ['path=/docs', ['bmw']],
    ['path=/docs*', ['bmw', 'siemens']],
    ['path=/doc%25', []],
    ['path=/*&country=AT', ['siemens']],
    ['path=/docs/api&source=google.com', []],
    ['path=/%22quoted%22*', ['100%_off']],
    ['path=/quoted%22*', []],
    ['minScore=30', ['bmw']],
    ['from=2026-10-01&to=2026-10-31', ['old']],
    ['from=2026-11-20&to=2026-11-20', ['bmw']],
  ])('%s', async (query, expected) => {
    expect(await keys(query)).toEqual(expected)
  })

  test('each with its score and its parts, sources, tags, and a bar a day when asked', async () => {
    const { companies } = await list('tag=lead&from=2026-11-19&daily=true')
    expect(companies).toMatchObject([
      {
        name: 'Bmw.example',
        visits: 2,
        views: 7,
        pages: 2,
        hotViews: 3,
        seconds: 200,
        sources: ['google.com'],
        tags: ['lead'],
        new: true,
        daily: [0, 4, 3],
      },
    ])
    const { score, scoreParts } = companies[0] as unknown as { score: number; scoreParts: Record<string, number> }
    expect(score).toBe(Object.values(scoreParts).reduce((sum, part) => sum + part, 0))
  })

  describe.each([
    [
      'before migration 0010 has run',
      ['ALTER TABLE company_day RENAME COLUMN paths TO paths_away'],
      ['ALTER TABLE company_day RENAME COLUMN paths_away TO paths'],
    ],
    [
      'of days without a list of paths',
      ['CREATE TABLE kept AS SELECT * FROM company_day', 'UPDATE company_day SET paths = NULL'],
      ['DELETE FROM company_day', 'INSERT INTO company_day SELECT * FROM kept', 'DROP TABLE kept'],
    ],
  ])('%s', (_when, take, give) => {
    beforeAll(async () => {
      for (const sql of take) await env.DB.prepare(sql).run()
    })
    afterAll(async () => {
      for (const sql of give) await env.DB.prepare(sql).run()
    })

    test.each([
      ['', ['bmw', '100%_off', 'siemens']],
      ['path=/docs', ['bmw']],
      ['path=/docs*', ['bmw', 'siemens']],
      ['path=/nowhere', []],
    ])('the list answers the same: %s', async (query, expected) => {
      expect(await keys(query)).toEqual(expected)
    })
  })

  test('a page is found under whatever name it has, and no other: by its name and by every beginning of it', async () => {
    const letter = fc.constantFrom(
      '/',
      '"',
      '\\',
      "'",
      ',',
      '[',
      ']',
      '%',
      '_',
      'a',
      'A',
      'u',
      '0',
      ' ',
      '\u007f',
      '\u0085',
      '\u2028',
      'ä',
      '😀',
      '\u{10fffd}',
    )
    const path = fc.string({ unit: letter, maxLength: 6 }).map((rest) => `/${rest}`)
    const names = fc.sample(path, { numRuns: 150, seed: 7 })
    await fill(names.map((name, index) => ({ site: 'odd', key: `dom:c${index % 40}.example`, ago: index % 60, path: name })))
    const whoRead = (fits: (name: string) => boolean): string[] =>
      [...new Set(names.flatMap((name, index) => (fits(name) ? [`dom:c${index % 40}.example`] : [])))].sort()
    const found = async (asked: string): Promise<string[]> => {
      const page = { days: DAYS, hours: HOURS, sort: 'lastSeen', after: null, limit: 50, weights: SITE_DEFAULTS.weights } as const
      const { rows } = await readCompanyPage(env.DB, 'odd' as SiteId, { ...page, filter: { ...ALL, path: asked } })
      return rows.map(({ key }) => key).sort()
    }
    for (const name of new Set([...names, ...fc.sample(path, { numRuns: 20, seed: 8 })])) {
      expect([name, await found(name)]).toEqual([name, whoRead((one) => one === name)])
      for (let end = 1; end <= [...name].length; end += 1) {
        const beginning = [...name].slice(0, end).join('')
        expect([beginning, await found(`${beginning}*`)]).toEqual([beginning, whoRead((one) => one.startsWith(beginning))])
      }
    }
  })

  test('a path filter is capped to 31 days and says so', async () => {
    expect((await list('path=/docs')).note).toContain('31 days')
    const response = await api('/companies?site=shop&path=/docs&from=2026-10-01&to=2026-11-21')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ field: 'from', detail: expect.stringContaining('31 days') })
  })

  test.each(COMPANY_SORTS)('pages by %s meet every company once, in the order of one page', async (sort) => {
    const whole = await keys(`sort=${sort}`)
    const paged: string[] = []
    let cursor = ''
    do {
      const page = await list(`sort=${sort}&limit=1${cursor}`)
      paged.push(...page.companies.map(({ key }) => key.slice(4).replace('.example', '')))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(paged).toEqual(whole)
  })

  test('a cursor of another filter, order or site is refused by name', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const { next } = await list('limit=1')
    for (const path of [
      '/companies?site=shop&sort=score&limit=1',
      '/companies?site=shop&country=DE',
      '/companies?site=other',
      '/companies/dom:bmw.example/visits?site=shop',
    ]) {
      const response = await api(`${path}&cursor=${next}`)
      expect([response.status, (await response.json<{ field: string }>()).field]).toEqual([400, 'cursor'])
    }
  })

  test('an unchanged list is a 304, a changed one is not', async () => {
    const first = await api('/companies?site=shop')
    const tag = first.headers.get('etag') ?? ''
    expect(tag).not.toBe('')
    expect((await api('/companies?site=shop', { headers: { 'If-None-Match': tag } })).status).toBe(304)
    expect((await api('/companies?site=shop&sort=views', { headers: { 'If-None-Match': tag } })).status).toBe(200)
  })
})

describe('the score', () => {
  test('SQL computes what the documented function computes, parts and all', async () => {
    await emptyDesk()
    const counts = fc.record({
      views: fc.nat(40),
      pages: fc.nat(20),
      hot: fc.nat(6),
      seconds: fc.nat(1200),
      visits: fc.nat(10),
      idleDays: fc.nat(20),
    })
    const weights = fc.array(fc.nat(100), { minLength: 6, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(counts, { minLength: 40, maxLength: 40 }), weights, async (companies, points) => {
        const rows = companies.map(({ views, pages, hot, seconds, visits, idleDays }, at) => [
          `2026-11-${String(21 - idleDays).padStart(2, '0')}`,
          `own:c${at}`,
          views,
          pages,
          hot,
          seconds,
          visits,
        ])
        await env.DB.batch([
          env.DB.prepare('DELETE FROM company_day'),
          env.DB.prepare('DELETE FROM companies'),
          env.DB.prepare(
            `INSERT INTO company_day (site_id, day, company_key, views, pages, hot, seconds, visits, downloads, outbounds, forms, events, first_hour, last_hour)
             SELECT 'shop', value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, 0, 0, 0, 0, 0, 0 FROM json_each(?1)`,
          ).bind(JSON.stringify(rows)),
          env.DB.prepare(
            `INSERT INTO companies (site_id, company_key, kind, name, country, receipt, first_hour)
             SELECT 'shop', value->>1, 'business', 'x', 'DE', '{}', 0 FROM json_each(?1)`,
          ).bind(JSON.stringify(rows)),
        ])
        const of = Object.fromEntries(SCORE_PARTS.map((part, at) => [part, points[at] ?? 0])) as unknown as Weights
        const page = await readCompanyPage(env.DB, SHOP, {
          days: DAYS,
          hours: HOURS,
          filter: ALL,
          sort: 'score',
          after: null,
          limit: 100,
          weights: of,
        })
        expect(page.rows.length).toBe(companies.length)
        for (const row of page.rows) {
          const expected = scoreOf(companies[Number(row.key.slice(5))] ?? companies[0] ?? ({} as never), of)
          expect(row.score).toBe(expected.score)
          expect([row.partViews, row.partPages, row.partHot, row.partSeconds, row.partRecency, row.partVisits]).toEqual(
            SCORE_PARTS.map((part) => expected.parts[part]),
          )
        }
      }),
      { numRuns: 15, seed: 6 },
    )
  })
})

describe('rows read', () => {
  const COMPANIES = 200
  const COMPANY_DAYS = 20

  beforeAll(async () => {
    await emptyDesk()
    await addSite()
    const did: Did[] = []
    for (let company = 0; company < COMPANIES; company += 1) {
      // Zipf-like: a few come daily, most on some days.
      const days = Math.max(1, Math.round(COMPANY_DAYS / (1 + company / 60)))
      for (let day = 0; day < days; day += 1) did.push({ key: `dom:c${company}.example`, ago: day * 24, path: `/p${company % 7}` })
    }
    await fill(did)
    await fill(Array.from({ length: 6_000 }, (_, at) => ({ key: 'dom:busy.example', ago: at % 400, path: `/${at}` })))
  })

  const read = (sort: CompanySort, filter: Partial<CompanyFilter>) =>
    readCompanyPage(env.DB, SHOP, {
      days: DAYS,
      hours: HOURS,
      filter: { ...ALL, ...filter },
      sort,
      after: null,
      limit: 50,
      weights: SITE_DEFAULTS.weights,
    })

  test.each<[CompanySort, Partial<CompanyFilter>]>([
    ['lastSeen', {}],
    ['score', {}],
    ['score', { minScore: 20 }],
    ['visits', { country: 'DE' }],
    ['lastSeen', { q: 'c1' }],
    ['lastSeen', { source: 'google.com' }],
    ['lastSeen', { tag: 'lead' }],
    ['lastSeen', { path: '/nowhere' }],
    ['score', { path: '/nowhere/*' }],
    ['lastSeen', { path: '/5999' }],
  ])('a list by %s with %j reads at most 3 × the company-days of the period', async (sort, filter) => {
    const days =
      (await env.DB.prepare("SELECT count(*) AS n FROM company_day WHERE day >= '2026-11-01' AND day <= '2026-11-21'").first<number>(
        'n',
      )) ?? 0
    const { rowsRead } = await read(sort, filter)
    expect(rowsRead).toBeLessThanOrEqual(3 * days)
  })

  test('who knows the days finds the first companies among the last of them: the same list, for fewer rows', async () => {
    const site = await readOneSite(env.DB, SHOP)
    if (site === null) throw new Error('the site is there')
    const query = CompaniesQuery.parse({ from: DAYS.from, to: DAYS.to, limit: '10' })
    const [known, unknown] = [countingRows(), countingRows()]
    const found = await companyList({ db: known.db, site, query, now: NOW, sums: await readDaySums(env.DB, SHOP, DAYS) })
    expect(found).toEqual(await companyList({ db: unknown.db, site, query, now: NOW }))
    expect(known.read()).toBeLessThan(unknown.read())
  })

  test('the page shows the companies that the API lists', async () => {
    const period = 'from=2026-11-01&to=2026-11-21'
    const text = await (await ask(`/admin?site=shop&${period}`)).text()
    const links = [...text.matchAll(/href="\/admin\/companies\/([^?"]*)/g)].map(([, key = '']) => decodeURIComponent(key))
    expect(links).toEqual((await list(period)).companies.map(({ key }) => key))
  })

  test('a site that has moved to a time zone in the west: a day named later may lie before one named earlier', async () => {
    const did = (key: string, ago: number): Did => ({ site: 'moved', key: `dom:${key}.example`, ago })
    await addSite({ id: 'moved', name: 'Moved' })
    await fill([
      ...Array.from({ length: 300 }, (_, index) => did(`long-ago${index}`, 200 + index)),
      ...Array.from({ length: 60 }, (_, index) => did(`east${index}`, 30)),
      did('west', 27),
    ])
    // Tokyo's tomorrow had begun when New York's today went on.
    await env.DB.prepare("UPDATE company_day SET day = '2026-11-21' WHERE site_id = 'moved' AND company_key LIKE 'dom:east%'").run()
    const site = await readOneSite(env.DB, 'moved' as SiteId)
    if (site === null) throw new Error('the site is there')
    const query = CompaniesQuery.parse({ from: DAYS.from, to: DAYS.to })
    const known = await companyList({ db: env.DB, site, query, now: NOW, sums: await readDaySums(env.DB, site.id, DAYS) })
    expect(known).toEqual(await companyList({ db: env.DB, site, query, now: NOW }))
    expect(known).toMatchObject({ companies: [{ key: 'dom:west.example' }, ...Array.from({ length: 49 }, () => ({}))] })
  })

  test.each([1, 20, 50])('with a day since which more than %d companies came the page has the same rows', async (limit) => {
    const page = { days: DAYS, hours: HOURS, filter: ALL, sort: 'lastSeen', after: null, limit, weights: SITE_DEFAULTS.weights } as const
    const { rows } = await readCompanyPage(env.DB, SHOP, page)
    const { rows: found, rowsRead } = await readCompanyPage(env.DB, SHOP, { ...page, since: '2026-11-21' })
    expect(found).toEqual(rows)
    const days = await env.DB.prepare(
      "SELECT count(*) AS n FROM company_day WHERE day >= '2026-11-01' AND day <= '2026-11-21'",
    ).first<number>('n')
    expect(rowsRead).toBeLessThanOrEqual(3 * Number(days))
  })

  test('the busiest company’s page, its visits and its journey read at most 2,000 rows each', async () => {
    for (const path of ['', '/visits', '/journey']) {
      const spy = countingRows()
      const response = await api(`/companies/dom:busy.example${path}?site=shop`, { env: { DB: spy.db } })
      expect(response.status).toBe(200)
      expect(spy.read()).toBeLessThanOrEqual(2_000)
      expect(spy.read()).toBeGreaterThan(0)
    }
  })

  test('all visits of the busiest company are met, page by page', async () => {
    let views = 0
    let cursor = ''
    let pages = 0
    do {
      const page: { visits: { views: number }[]; next: string | null } = await (
        await api(`/companies/dom:busy.example/visits?site=shop&from=2026-10-01&limit=100${cursor}`)
      ).json()
      views += page.visits.reduce((sum, visit) => sum + visit.views, 0)
      cursor = page.next === null ? '' : `&cursor=${page.next}`
      pages += 1
    } while (cursor !== '')
    expect(views).toBe(6_000)
    expect(pages).toBeGreaterThan(6_000 / ROWS_PER_PAGE)
  })
})

/** The same database; how many rows its answers say they read. */
function countingRows(): { readonly db: D1Database; read(): number } {
  let rows = 0
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...values))
        if (name === 'first') {
          return async (column?: string) => {
            const { results, meta } = await target.all<Record<string, unknown>>()
            rows += meta.rows_read
            const [row] = results
            return row === undefined ? null : column === undefined ? row : row[column]
          }
        }
        if (name === 'all') {
          return async () => {
            const answer = await target.all()
            rows += answer.meta.rows_read
            return answer
          }
        }
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const db = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => wrap(target.prepare(sql))
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { db, read: () => rows }
}
