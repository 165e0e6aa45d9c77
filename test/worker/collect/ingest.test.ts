import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHouse } from '../../../src/collect/house.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import type { SITE_DEFAULTS } from '../../../src/ledger/settings.ts'
import { addSite, BALANCING, emptyLedger, NOW, publishTable, stored } from '../fixtures.ts'
import { type Hit, send } from './hit.ts'

const NOTHING = { companies: [], company_activity: [], company_day: [], site_totals: [] }
const HOUR = hourOf(NOW)

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

/** What every answer looks like, whatever happened. */
async function expectTheOneAnswer(response: Response): Promise<void> {
  expect(response.status).toBe(204)
  expect(Object.fromEntries(response.headers)).toEqual({ 'cache-control': 'no-store', tk: 'N' })
  expect(await response.text()).toBe('')
}

describe('P1 what the gate stops leaves nothing', () => {
  test.each<[string, Hit]>([
    ['Sec-GPC: 1', { headers: { 'Sec-GPC': '1' } }],
    ['DNT: 1', { headers: { DNT: '1' } }],
    ['X-Opt-Out: 1', { headers: { 'X-Opt-Out': '1' } }],
    ['X-Do-Not-Track: 1', { headers: { 'X-Do-Not-Track': '1' } }],
    ['the opt-out cookie', { headers: { Cookie: 'a=1; doorplate_optout=1' } }],
    ['a refusal', { body: { k: 'view', p: '/', ok: 0 } }],
    ['consent and an objection', { body: { k: 'view', p: '/', ok: 1 }, headers: { 'Sec-GPC': '1' } }],
  ])('P1 %s, from a company and from nobody', async (_what, hit) => {
    await expectTheOneAnswer(await send(hit))
    await expectTheOneAnswer(await send({ ...hit, from: 'nobody' }))
    expect(await stored()).toEqual(NOTHING)
  })

  test('P1 no consent on a consent site, and anything on a site that is off', async () => {
    await addSite({ basis: 'consent' })
    await expectTheOneAnswer(await send())
    await addSite({ basis: 'off' })
    await expectTheOneAnswer(await send({ body: { k: 'view', p: '/', ok: 1 } }))
    expect(await stored()).toEqual(NOTHING)
  })

  test('P1 consent opens a consent site', async () => {
    await addSite({ basis: 'consent' })
    await expectTheOneAnswer(await send({ body: { k: 'view', p: '/', ok: 1 } }))
    expect((await stored()).company_activity).toHaveLength(1)
  })

  test('P1 an objection touches no binding, not even in a cold isolate', async () => {
    let opened = 0
    const house = () => {
      opened += 1
      return openHouse(env, () => NOW)
    }
    const { collect } = await import('../../../src/collect/router.ts')
    const { request } = await import('./hit.ts')
    const waiting: Promise<unknown>[] = []
    const ctx = { waitUntil: (promise: Promise<unknown>) => waiting.push(promise) } as unknown as ExecutionContext
    for (const header of ['Sec-GPC', 'DNT', 'X-Opt-Out', 'X-Do-Not-Track']) {
      await expectTheOneAnswer(await collect(request({ headers: { [header]: '1' } }), house, ctx))
    }
    expect(opened).toBe(0)
    expect(waiting).toEqual([])
  })
})

describe('bad input: the same answer, nothing stored', () => {
  test.each<[string, Hit]>([
    ['no Origin', { origin: null }],
    ['an unknown Origin', { origin: 'https://stranger.example' }],
    ['Origin: null', { origin: 'null' }],
    ['an Origin that only ends like ours', { origin: 'https://notshop.example' }],
    ['another port', { origin: 'https://shop.example:8443' }],
    ['no JSON', { body: 'hello' }],
    ['broken JSON', { body: '{"k":"view"' }],
    ['an array', { body: '[]' }],
    ['null', { body: 'null' }],
    ['an empty body', { body: '' }],
    ['an unknown key', { body: { k: 'view', p: '/', ip: '203.0.113.20' } }],
    ['an unknown kind', { body: { k: 'click', p: '/' } }],
    ['no path', { body: { k: 'view' } }],
    ['a path that is a URL', { body: { k: 'view', p: 'https://evil.example/' } }],
    ['a path without slash', { body: { k: 'view', p: 'pricing' } }],
    ['a path of 600 characters', { body: { k: 'view', p: `/${'a'.repeat(600)}` } }],
    ['seconds below zero', { body: { k: 'leave', p: '/', d: -1 } }],
    ['seconds past an hour', { body: { k: 'leave', p: '/', d: 3601 } }],
    ['ok: true', { body: { k: 'view', p: '/', ok: true } }],
    ['a prefetch', { headers: { 'Sec-Purpose': 'prefetch' } }],
  ])('%s', async (_what, hit) => {
    await expectTheOneAnswer(await send(hit))
    expect(await stored()).toEqual(NOTHING)
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s is 405', async (method) => {
    expect((await send({ method })).status).toBe(405)
    expect(await stored()).toEqual(NOTHING)
  })

  test('2,048 bytes are read, 2,049 are 413, with and without an objection', async () => {
    const body = (size: number) => JSON.stringify({ k: 'view', p: '/' }).padEnd(size, ' ')
    expect((await send({ body: body(2048) })).status).toBe(204)
    expect((await stored()).company_activity).toHaveLength(1)
    expect((await send({ body: body(2049) })).status).toBe(413)
    expect((await send({ body: body(2049), headers: { DNT: '1' } })).status).toBe(413)
  })

  test('other paths are 404 and say nothing', async () => {
    const response = await send({ url: 'https://t.shop.example/nothing' })
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
  })
})

describe('P5 an event is in the ledger or in the totals, never in both', () => {
  const activity = (over: Record<string, unknown>) => ({
    site_id: 'shop',
    company_key: 'dom:acme.example',
    hour: HOUR,
    kind: 'view',
    path: '/',
    origin: '',
    name: '',
    count: 1,
    seconds: 0,
    ...over,
  })

  test.each<[string, Hit, Record<string, unknown>]>([
    ['an entry page', {}, {}],
    ['IPv6', { from: 'acme6' }, {}],
    ['from a search engine', { body: { k: 'view', p: '/', r: 'www.google.com' } }, { origin: 'google.com' }],
    ['from a newsletter', { body: { k: 'view', p: '/', us: 'newsletter', um: 'email', uc: 'anna' } }, { origin: 'newsletter / email' }],
    ['from another page', { body: { k: 'view', p: '/pricing', f: '/' } }, { path: '/pricing', origin: '/' }],
    ['from a sensitive page', { body: { k: 'view', p: '/pricing', f: '/karriere' } }, { path: '/pricing' }],
    [
      'a small company has no journey',
      { from: 'small', body: { k: 'view', p: '/b', f: '/a' } },
      { company_key: 'dom:kleinholz.example', path: '/b' },
    ],
    ['query and fragment are dropped', { body: { k: 'view', p: '/a?mail=x@y.de#z' } }, { path: '/a' }],
    [
      'a listed download',
      { body: { k: 'download', p: '/a', n: 'datasheet.pdf' } },
      { kind: 'download', path: '/a', name: 'datasheet.pdf' },
    ],
    ['another download', { body: { k: 'download', p: '/a', n: 'Offer_Anna.pdf' } }, { kind: 'download', path: '/a', name: '(other)' }],
    ['a form', { body: { k: 'form', p: '/contact', n: 'contact' } }, { kind: 'form', path: '/contact', name: '(other)' }],
  ])('P5 a listed company: %s', async (_what, hit, row) => {
    await expectTheOneAnswer(await send(hit))
    const { company_activity, site_totals } = await stored()
    expect(company_activity).toEqual([activity(row)])
    expect(site_totals).toEqual([])
  })

  const totals = (counts: Record<string, string>) =>
    Object.entries(counts).map(([dimension, value]) => ({ site_id: 'shop', day: '2026-11-21', dimension, value, count: 1 }))

  test.each<[string, Hit, Record<string, string>]>([
    ['nobody', { from: 'nobody' }, { activity: 'view', country: 'DE', device: 'desktop', outcome: 'unlisted', path: '/', source: '' }],
    [
      'no address at all',
      { from: 'notAnAddress' },
      { activity: 'view', country: 'DE', device: 'desktop', outcome: 'unlisted', path: '/', source: '' },
    ],
    [
      'an inner page has no source',
      { from: 'nobody', body: { k: 'view', p: '/b', f: '/a' } },
      { activity: 'view', country: 'DE', device: 'desktop', outcome: 'unlisted', path: '/b' },
    ],
    [
      'a kind the site does not show',
      { from: 'university' },
      { activity: 'view', country: 'DE', device: 'desktop', outcome: 'kind', path: '/', source: '' },
    ],
    [
      'a sensitive page of a company',
      { body: { k: 'view', p: '/karriere' } },
      { activity: 'view', country: 'DE', device: 'desktop', outcome: 'sensitive-path', path: '/karriere', source: '' },
    ],
    ['a form on a sensitive page', { body: { k: 'form', p: '/karriere', n: 'apply' } }, { activity: 'form', outcome: 'sensitive-path' }],
    ['a program', { headers: { 'User-Agent': 'Googlebot/2.1' } }, { outcome: 'bot' }],
    [
      'an unknown country',
      { from: 'nobody', country: '<script>' },
      { activity: 'view', country: 'XX', device: 'desktop', outcome: 'unlisted', path: '/', source: '' },
    ],
  ])('P5 only counted: %s', async (_what, hit, counts) => {
    await expectTheOneAnswer(await send(hit))
    expect(await stored()).toEqual({ ...NOTHING, site_totals: totals(counts) })
  })

  test('P3 a sensitive page’s address is never read', async () => {
    const house = openHouse(env, () => NOW)
    let asked = 0
    const versions = () => {
      asked += 1
      return house.ranges.versions()
    }
    const spy = { ...house, ranges: { ...house.ranges, versions } }
    await send({ body: { k: 'view', p: '/karriere' } }, spy)
    expect(asked).toBe(0)
    await send({}, spy)
    expect(asked).toBe(1)
  })

  test.each(['curl/8.5.0', 'node', 'python-requests/2.32', 'Mozilla/5.0', ''])(
    'an event sent by hand with %j is counted',
    async (agent) => {
      await send({ headers: { 'User-Agent': agent } })
      expect((await stored()).company_activity).toHaveLength(1)
    },
  )

  test.each(['Googlebot/2.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/142.0'])(
    'a crawler, %j, is not',
    async (agent) => {
      await send({ headers: { 'User-Agent': agent } })
      expect((await stored()).company_activity).toEqual([])
    },
  )

  test('a site may show universities', async () => {
    await addSite({ settings: { balancing: BALANCING, kinds: ['business', 'education'] } })
    await send({ from: 'university' })
    expect((await stored()).companies).toMatchObject([{ name: 'Beispieluniversitaet' }])
  })

  test.each<[keyof (typeof SITE_DEFAULTS)['collect'], Hit]>([
    ['downloads', { body: { k: 'download', p: '/', n: 'datasheet.pdf' } }],
    ['outbound', { body: { k: 'outbound', p: '/', n: 'example.com' } }],
    ['forms', { body: { k: 'form', p: '/', n: 'contact' } }],
    ['events', { body: { k: 'event', p: '/', n: 'video' } }],
  ])('a site that does not collect %s stores nothing of it, whatever the page sends', async (collected, hit) => {
    await addSite({ settings: { balancing: BALANCING, collect: { [collected]: false } } })
    await expectTheOneAnswer(await send(hit))
    await expectTheOneAnswer(await send({ ...hit, from: 'nobody' }))
    expect(await stored()).toEqual(NOTHING)
    await addSite()
    await send(hit)
    expect((await stored()).company_activity).toHaveLength(1)
  })

  test('journeys, time and campaigns are switches too', async () => {
    await addSite({ settings: { balancing: BALANCING, collect: { journeys: false, time: false, campaigns: false } } })
    await send({ body: { k: 'view', p: '/b', f: '/a' } })
    await send({ body: { k: 'view', p: '/c', us: 'newsletter', um: 'email', r: 'www.google.com' } })
    await send({ body: { k: 'leave', p: '/b', f: '/a', d: 10 } })
    expect((await stored()).company_activity).toEqual([activity({ path: '/b' }), activity({ path: '/c', origin: 'google.com' })])
  })

  test('P3 paths the operator marked collapse to their pattern', async () => {
    await addSite({ settings: { balancing: BALANCING, patterns: ['/customers/:name', '/files/*'] } })
    for (const p of ['/customers/anna-schmidt', '/files/anna/offer', '/customers']) await send({ body: { k: 'view', p } })
    expect((await stored()).company_activity?.map((row) => (row as { path: string }).path)).toEqual([
      '/customers',
      '/customers/:name',
      '/files/*',
    ])
  })

  test.each(['/privacy', '/careers', '/docs/datenschutz', `/${'long/'.repeat(60)}karriere`])(
    'P3 a pattern cannot hide a sensitive page, nor can length: %s',
    async (p) => {
      await addSite({ settings: { balancing: BALANCING, patterns: ['/:page', '/docs/*', '/long/*'] } })
      await send({ body: { k: 'view', p } })
      await send({ body: { k: 'view', p: '/a', f: p } })
      const { company_activity, site_totals } = await stored()
      expect(company_activity).toEqual([activity({ path: '/:page' })])
      expect(site_totals).toContainEqual(expect.objectContaining({ dimension: 'outcome', value: 'sensitive-path', count: 1 }))
    },
  )

  test('leaving adds time to the hour in which the page was viewed', async () => {
    const before = openHouse(env, () => NOW - 30 * 60_000)
    await send({ body: { k: 'view', p: '/pricing', r: 'www.google.com' } }, before)
    await send({ body: { k: 'leave', p: '/pricing', r: 'www.google.com', d: 1800 } })
    await send({ body: { k: 'leave', p: '/never', d: 5 } })
    await send({ from: 'nobody', body: { k: 'leave', p: '/pricing', d: 1800 } })
    const { company_activity, site_totals } = await stored()
    expect(company_activity).toEqual([activity({ hour: hourOf(NOW - 30 * 60_000), path: '/pricing', origin: 'google.com', seconds: 1800 })])
    expect(site_totals).toEqual([])
  })

  test('over the rate limit an event is shed and shown', async () => {
    const house = { ...openHouse(env, () => NOW), limit: async () => false }
    await expectTheOneAnswer(await send({}, house))
    expect(await stored()).toEqual({ ...NOTHING, site_totals: totals({ outcome: 'shed' }) })
  })
})

describe('what happens when a part fails', () => {
  test('a ledger that throws changes no answer', async () => {
    const house = openHouse(env, () => NOW)
    const failing = { ...house, sink: { ...house.sink, activity: () => Promise.reject(new Error('203.0.113.20')) } }
    await expectTheOneAnswer(await send({}, failing))
  })

  test('without a site list nobody’s site is known and nothing is stored', async () => {
    await env.DB.prepare('ALTER TABLE sites RENAME TO sites_away').run()
    try {
      await expectTheOneAnswer(await send())
    } finally {
      await env.DB.prepare('ALTER TABLE sites_away RENAME TO sites').run()
    }
    expect(await stored()).toEqual(NOTHING)
  })
})
