import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { explain } from '../../../src/collect/explain.ts'
import { openHouse } from '../../../src/collect/house.ts'
import { ADDRESSES } from '../../addresses.ts'
import { BROWSER } from '../collect/hit.ts'
import { addSite, BALANCING, NOW, publishTable } from '../fixtures.ts'
import { api, emptyDesk, fill } from './desk.ts'

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await fill([
    { path: '/', origin: 'google.com' },
    { path: '/pricing', origin: '/' },
    { kind: 'download', path: '/pricing', name: 'datasheet.pdf' },
  ])
})

const json = async <T>(path: string, options = {}): Promise<T> => (await api(path, options)).json<T>()
const audited = async () =>
  (await json<{ entries: { action: string; detail: string; rows: number }[] }>('/audit?of=shop')).entries.map(
    ({ action, detail, rows }) => [action, detail, rows],
  )

/** 1 to `most` as a table. */
const NUMBERS = (most: number) =>
  `(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${most}) SELECT value FROM n)`

describe('tags and notes', () => {
  test('are put on a company and taken off, and stand beside its master data', async () => {
    expect((await api('/companies/dom:bmw.example/tags/key%20account?site=shop', { method: 'PUT' })).status).toBe(200)
    const { note, hint } = await json<{ note: { id: string }; hint: string }>('/companies/dom:bmw.example/notes?site=shop', {
      json: { text: 'Asked for\na demo' },
    })
    expect(hint).toContain('not about persons')
    expect(await json('/companies/dom:bmw.example?site=shop')).toMatchObject({
      tags: ['key account'],
      notes: [{ text: 'Asked for\na demo', author: 'owner', created: '2026-11-21' }],
    })
    expect(await json('/tags?site=shop')).toMatchObject({ tags: [{ tag: 'key account', companies: 1 }] })
    expect((await api(`/companies/dom:bmw.example/notes/${note.id}?site=shop`, { method: 'DELETE' })).status).toBe(200)
    expect((await api(`/companies/dom:bmw.example/notes/${note.id}?site=shop`, { method: 'DELETE' })).status).toBe(404)
    expect((await api('/companies/dom:bmw.example/tags/key%20account?site=shop', { method: 'DELETE' })).status).toBe(200)
    expect(await json('/companies/dom:bmw.example?site=shop')).toMatchObject({ tags: [], notes: [] })
  })

  test('lists end where nobody could read them any more, and what is there can be replaced', async () => {
    const key = 'dom:bmw.example'
    await env.DB.batch([
      env.DB.prepare(`INSERT INTO tags SELECT 'shop', ?1, 'tag-' || value, '2026-11-21' FROM ${NUMBERS(50)}`).bind(key),
      env.DB.prepare(`INSERT INTO notes SELECT 'shop', ?1, 'n' || value, 'x', 'a', '2026-11-21' FROM ${NUMBERS(200)}`).bind(key),
      env.DB.prepare(`INSERT INTO segments SELECT 'shop', 's-' || value, 'x', '{}', '2026-11-21' FROM ${NUMBERS(200)}`),
    ])
    const put = async (path: string, method: string, body?: unknown) =>
      (await api(`${path}?site=shop`, { method, ...(body === undefined ? {} : { json: body }) })).status
    expect(await put(`/companies/${key}/tags/more`, 'PUT')).toBe(409)
    expect(await put(`/companies/${key}/tags/tag-7`, 'PUT')).toBe(200)
    expect(await put(`/companies/${key}/notes`, 'POST', { text: 'more' })).toBe(409)
    expect(await put('/segments/more', 'PUT', { name: 'More', filter: {} })).toBe(409)
    expect(await put('/segments/s-7', 'PUT', { name: 'Seventh', filter: {} })).toBe(200)
  })

  test('a company the site never saw takes none', async () => {
    expect((await api('/companies/dom:nobody.example/tags/x?site=shop', { method: 'PUT' })).status).toBe(404)
    expect((await api('/companies/dom:nobody.example/notes?site=shop', { json: { text: 'x' } })).status).toBe(404)
  })
})

test('a segment is a filter that is saved, replaced and removed', async () => {
  const put = (filter: unknown) => api('/segments/hot-leads?site=shop', { method: 'PUT', json: { name: 'Hot leads', filter } })
  expect((await put({ country: 'DE', minScore: 40 })).status).toBe(200)
  expect((await put({ country: 'AT' })).status).toBe(200)
  expect(await json('/segments?site=shop')).toMatchObject({ segments: [{ id: 'hot-leads', name: 'Hot leads', filter: { country: 'AT' } }] })
  expect(await (await put({ planet: 'Mars' })).json()).toMatchObject({ status: 400, field: 'filter.planet' })
  expect((await api('/segments/hot-leads?site=shop', { method: 'DELETE' })).status).toBe(200)
})

describe('sites', () => {
  const body = {
    name: 'New',
    basis: 'consent',
    timeZone: 'Europe/Berlin',
    pageHosts: ['www.new.example'],
    endpointHosts: ['t.new.example'],
    settings: {},
  }

  test('are made with defaults, changed, and say in the audit log what changed', async () => {
    const made = await api('/sites', { json: { id: 'new', ...body } })
    expect(made.status).toBe(200)
    const site = await made.json<typeof body & { id: string; settings: Record<string, unknown> }>()
    expect(site.settings).toMatchObject({ release: { bucket: 'day', k: 5 }, weights: { hot: 25 } })
    const { id, ...rest } = site
    const changed = await api('/sites/new', {
      method: 'PUT',
      json: { ...rest, basis: 'legitimate-interest', settings: { ...rest.settings, balancing: BALANCING, hot: ['/pricing'] } },
    })
    expect(changed.status).toBe(200)
    const { entries } = await json<{ entries: unknown[] }>('/audit?of=new')
    expect(entries).toContainEqual({
      site: 'new',
      at: '2026-11-21T13:25Z',
      actor: 'owner',
      action: 'site.change',
      detail: 'basis consent → legitimate-interest, hot, balancing',
      rows: 1,
    })
    expect(await json('/sites/new')).toMatchObject({ basis: 'legitimate-interest', settings: { hot: ['/pricing'] } })
  })

  test('a change of what a colleague changed meanwhile is refused where its ETag says so', async () => {
    await api('/sites', { json: { id: 'new', ...body } })
    const read = await api('/sites/new')
    const tag = read.headers.get('etag') ?? ''
    const put = (name: string, match?: string) =>
      api('/sites/new', { method: 'PUT', json: { ...body, name }, headers: match === undefined ? {} : { 'If-Match': match } })
    const first = await put('First', `W/${tag}`)
    expect(first.status).toBe(200)
    const second = await put('Second', tag)
    expect([second.status, (await second.json<{ field: string }>()).field]).toEqual([412, 'If-Match'])
    expect(await json('/sites/new')).toMatchObject({ name: 'First' })
    expect((await put('Third', `"other", ${first.headers.get('etag') ?? ''}`)).status).toBe(200)
    expect((await put('Fourth')).status).toBe(200)
    expect(await json('/sites/new')).toMatchObject({ name: 'Fourth' })
  })

  test.each<[string, object, number, string]>([
    ['a host of another site', { pageHosts: ['shop.example'] }, 409, 'pageHosts'],
    ['a host twice', { pageHosts: ['a.example', 'A.example'] }, 400, 'pageHosts'],
    ['no balancing test', { basis: 'legitimate-interest' }, 422, 'basis'],
    ['no such time zone', { timeZone: 'Mars/Olympus' }, 400, 'timeZone'],
    ['k below 3', { settings: { release: { bucket: 'day', k: 2 } } }, 400, 'settings.release.k'],
    [
      'weights that are not 100',
      { settings: { weights: { views: 1, pages: 1, hot: 1, seconds: 1, recency: 1, visits: 1 } } },
      400,
      'settings.weights',
    ],
    ['journeys of small companies', { settings: { journeysFrom: 19 } }, 400, 'settings.journeysFrom'],
    ['an unknown setting', { settings: { fingerprint: true } }, 400, 'settings.fingerprint'],
    ['no page host', { pageHosts: [] }, 400, 'pageHosts'],
    ['an id with a slash', { id: 'a/b' }, 400, 'id'],
    ['an id that is taken', { id: 'shop' }, 409, 'id'],
  ])('%s is refused', async (_, over, status, field) => {
    const response = await api('/sites', { json: { id: 'new', ...body, ...over } })
    expect([response.status, (await response.json<{ field: string }>()).field]).toEqual([status, field])
  })

  test('what is not JSON, or too large, is refused in words', async () => {
    expect((await api('/sites', { method: 'POST', body: 'a=b', headers: { Origin: 'https://t.shop.example' } })).status).toBe(415)
    const text = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
    expect((await api('/sites', { ...text, body: '{' })).status).toBe(400)
    expect((await api('/sites', { ...text, body: `"${'x'.repeat(70_000)}"` })).status).toBe(413)
  })

  test('erasing one answers how many rows went, of every table, and leaves the others', async () => {
    await addSite({ id: 'other', name: 'Other' })
    await fill([{ site: 'other' }])
    await env.DB.prepare(
      "INSERT INTO site_totals VALUES ('shop', '2026-11-21', 'path', '/', 7), ('other', '2026-11-21', 'path', '/', 7)",
    ).run()
    await api('/companies/dom:bmw.example/tags/lead?site=shop', { method: 'PUT' })
    expect(await json('/sites/shop', { method: 'DELETE' })).toMatchObject({
      erased: {
        company_activity: 3,
        company_day: 1,
        companies: 1,
        site_totals: 1,
        tags: 1,
        notes: 0,
        segments: 0,
        rules: 0,
        site_hosts: 2,
        sites: 1,
      },
      note: expect.stringContaining('7 days'),
    })
    for (const table of ['company_activity', 'company_day', 'companies', 'site_totals', 'sites']) {
      const column = table === 'sites' ? 'id' : 'site_id'
      expect((await env.DB.prepare(`SELECT DISTINCT ${column} AS site FROM ${table}`).all()).results).toEqual([{ site: 'other' }])
    }
    expect(await audited()).toEqual([['site.delete', '', 10]])
  })
})

test('erasing a company answers how many rows went and is audited without its name', async () => {
  await api('/companies/dom:bmw.example/notes?site=shop', { json: { text: 'x' } })
  expect(await json('/companies/dom:bmw.example?site=shop', { method: 'DELETE' })).toMatchObject({
    erased: { company_activity: 3, company_day: 1, companies: 1, tags: 0, notes: 1 },
  })
  expect((await api('/companies/dom:bmw.example?site=shop')).status).toBe(404)
  expect(await audited()).toEqual([['company.delete', '', 6]])
  expect(JSON.stringify((await env.DB.prepare('SELECT * FROM audit').all()).results)).not.toContain('bmw')
})

describe('rules', () => {
  const acme = {
    key: 'dom:acme.example',
    kind: 'business',
    name: 'Acme',
    domain: 'acme.example',
    country: 'DE',
    city: null,
    industry: null,
    employees: '51-200',
  }
  const save = (rule: object) => api('/rules?site=shop', { json: rule })

  test('are saved, listed in the way they were written, removed by POST, and audited without the range', async () => {
    expect((await save({ range: '203.0.113.0/24', action: 'block', why: 'our office' })).status).toBe(200)
    expect((await save({ range: '2001:db8::/48', action: 'assign', company: acme })).status).toBe(200)
    const { rules } = await json<{ rules: unknown[] }>('/rules?site=shop')
    expect(rules).toMatchObject([
      { site: 'shop', range: '203.0.113.0/24', action: 'block', company: null, why: 'our office' },
      { range: '2001:db8::/48', action: 'assign', company: { name: 'Acme' } },
    ])
    expect((await api('/rules/remove?site=shop', { json: { range: '203.0.113.0/24' } })).status).toBe(200)
    expect((await api('/rules/remove?site=shop', { json: { range: '203.0.113.0/24' } })).status).toBe(404)
    expect(JSON.stringify((await env.DB.prepare('SELECT * FROM audit').all()).results)).not.toContain('203.0.113')
  })

  test.each<[string, object, number, string]>([
    ['no range', { range: 'our office', action: 'block' }, 400, 'range'],
    ['P4 fewer than 8 addresses', { range: '203.0.113.0/30', action: 'assign', company: acme }, 422, 'company'],
    ['P4 fewer than five people', { range: '203.0.113.0/24', action: 'assign', company: { ...acme, employees: '1-4' } }, 422, 'company'],
    ['assign without a company', { range: '203.0.113.0/24', action: 'assign' }, 400, 'company'],
    ['block with one', { range: '203.0.113.0/24', action: 'block', company: acme }, 400, 'company'],
    ['a company key of another shape', { range: '203.0.113.0/24', action: 'assign', company: { ...acme, key: 'x' } }, 400, 'company.key'],
  ])('%s is refused', async (_, rule, status, field) => {
    const response = await save(rule)
    expect([response.status, (await response.json<{ field: string }>()).field]).toEqual([status, field])
  })
})

describe('explain my visit', () => {
  const from = (address: keyof typeof ADDRESSES, headers: Record<string, string> = {}) =>
    new Request('https://t.shop.example/admin/api/sites/shop/explain', {
      method: 'POST',
      headers: { 'CF-Connecting-IP': ADDRESSES[address], 'User-Agent': BROWSER, ...headers },
    })
  const house = () => openHouse(env, () => NOW)

  test('says what would happen and why, and stores nothing', async () => {
    await publishTable()
    const before = JSON.stringify((await env.DB.prepare('SELECT * FROM company_activity').all()).results)
    expect(await explain(from('acme'), house(), 'shop' as never, false)).toMatchObject({ outcome: 'company', reason: 'listed' })
    expect(await explain(from('acme', { 'Sec-GPC': '1' }), house(), 'shop' as never, true)).toEqual({
      outcome: 'blocked',
      reason: 'gpc',
      company: null,
    })
    expect(await explain(from('acme', { 'User-Agent': 'Googlebot' }), house(), 'shop' as never, false)).toMatchObject({ reason: 'bot' })
    await addSite({ basis: 'consent' })
    expect(await explain(from('acme'), house(), 'shop' as never, false)).toMatchObject({ outcome: 'blocked', reason: 'consent-missing' })
    expect(await explain(from('acme'), house(), 'shop' as never, true)).toMatchObject({ outcome: 'company' })
    expect(JSON.stringify((await env.DB.prepare('SELECT * FROM company_activity').all()).results)).toBe(before)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM site_totals').first('n')).toBe(0)
  })

  test('the route asks the house for this request and this site', async () => {
    const asked: unknown[] = []
    const company = { key: 'dom:bmw.example', name: 'BMW', kind: 'business', country: 'DE', receipt: { evidence: 'e', confidence: 75 } }
    const answer = await json('/sites/shop/explain', {
      json: { consent: true },
      house: {
        explain: async (request: Request, _: Env, site: string, consent: boolean) => {
          asked.push([new URL(request.url).pathname, site, consent])
          return { outcome: 'company', reason: 'listed', company }
        },
      },
    })
    expect(asked).toEqual([['/admin/api/sites/shop/explain', 'shop', true]])
    expect(answer).toMatchObject({ outcome: 'company', company: { name: 'BMW', evidence: 'e' } })
  })
})
