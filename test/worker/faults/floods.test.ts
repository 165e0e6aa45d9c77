import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { readBody } from '../../../src/collect/body.ts'
import { deviceOf, isBot, isPrefetch } from '../../../src/collect/browser.ts'
import { addSite, BALANCING, emptyLedger, publishTable, SHOP, stored } from '../fixtures.ts'
import { acme, d1That, event, isolate, nobody } from './house.ts'

/** Somebody who wants to fill, slow or confuse the house. */
vi.setConfig({ testTimeout: 60_000 })

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

const NOTHING = { companies: [], company_activity: [], company_day: [], site_totals: [] }

/** A limiter as Cloudflare's is. */
function limiter(limit: number): RateLimit {
  const counts = new Map<string, number>()
  return {
    async limit({ key, delta = 1 }) {
      const before = counts.get(key) ?? 0
      counts.set(key, before + delta)
      return { success: before < limit }
    },
  }
}

describe('a flood of events', () => {
  test('with a forged Origin is shed past the site’s limit, and shown; the other sites notice nothing', async () => {
    await addSite({ id: 'other' })
    // The clock stands still: a flood that comes in no time at all.
    const house = isolate({ EVENT_LIMIT: limiter(100) })
    for (let sent = 0; sent < 300; sent += 1) await event(house, { from: 'nobody' })
    expect(await event(house, { origin: 'https://other.example' })).toBe(204)
    const { company_activity, site_totals } = await stored()
    const outcomes = (site_totals as { dimension: string; value: string; count: number }[]).filter(
      ({ dimension }) => dimension === 'outcome',
    )
    const sum = outcomes.reduce((all, { count }) => all + count, 0)
    expect(outcomes.map(({ value }) => value)).toEqual(['shed', 'unlisted'])
    expect(sum).toBe(300)
    expect(outcomes.find(({ value }) => value === 'shed')?.count).toBeGreaterThanOrEqual(100)
    expect(company_activity).toMatchObject([{ site_id: 'other', count: 1 }])
  })

  test('with 10,000 Origins that are nobody’s stores nothing and asks for the sites once', async () => {
    let queries = 0
    const house = isolate({
      DB: d1That({
        before: () => {
          queries += 1
        },
      }),
    })
    for (let host = 0; host < 10_000; host += 1) {
      expect(await event(house, { origin: `https://made-up-${host}.example` })).toBe(204)
    }
    expect(await stored()).toEqual(NOTHING)
    expect(queries).toBe(1)
  })
})

test('a site with 10,000 hosts is found by each of them', async () => {
  const pageHosts = Array.from({ length: 10_000 }, (_, host) => `www-${host}.shop.example`)
  await addSite({ basis: 'consent', settings: { balancing: BALANCING }, pageHosts })
  const house = isolate()
  for (const host of [0, 4_711, 9_999])
    await event(house, { origin: `https://www-${host}.shop.example`, body: { k: 'view', p: '/', ok: 1 } })
  await event(house, { origin: 'https://www-10000.shop.example', body: { k: 'view', p: '/', ok: 1 } })
  expect(await stored()).toMatchObject({ company_activity: acme(3), site_totals: [] })
})

describe('a header bomb', () => {
  const LONG = 60_000

  test.each([
    ['a user agent', { 'User-Agent': `Mozilla/5.0 ${'android '.repeat(LONG / 8)}` }],
    ['a user agent of brackets', { 'User-Agent': `Mozilla/5.0 ${'('.repeat(LONG)}` }],
    ['cookies', { Cookie: Array.from({ length: LONG / 10 }, (_, index) => `c${index}=${index}`).join('; ') }],
    ['members of Sec-GPC', { 'Sec-GPC': '0,'.repeat(LONG / 2) }],
    ['members of DNT', { DNT: ' ,0'.repeat(LONG / 3) }],
    ['a purpose', { 'Sec-Purpose': 'pre'.repeat(LONG / 3) }],
    ['a thousand headers', Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`X-Bomb-${index}`, 'x'.repeat(50)]))],
  ])('of %s changes nothing: the event is counted like any other', async (_what, headers) => {
    expect(await event(isolate(), { headers: headers as Record<string, string> })).toBe(204)
    expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: [] })
  })

  test('an objection behind one is found', async () => {
    const cookies = Array.from({ length: LONG / 10 }, (_, index) => `c${index}=${index}`)
    for (const headers of [{ Cookie: [...cookies, 'doorplate_optout=1'].join('; ') }, { 'Sec-GPC': `${'0,'.repeat(LONG / 2)}1` }]) {
      expect(await event(isolate(), { headers })).toBe(204)
    }
    expect(await stored()).toEqual(NOTHING)
  })

  test.each([
    ['an Origin of 60,000 characters', `https://${'a.'.repeat(LONG / 2)}example`],
    ['an Origin with a port like a telephone number', 'https://shop.example:4915112345678'],
    ['an Origin of signs', `https://${'%'.repeat(100)}`],
  ])('%s is nobody’s site', async (_what, origin) => {
    expect(await event(isolate(), { origin })).toBe(204)
    expect(await stored()).toEqual(NOTHING)
  })

  test('what is read of a user agent is what a browser’s has', () => {
    const agent = (text: string) => new Headers({ 'User-Agent': text })
    const padded = (text: string) => agent(`Mozilla/5.0 ${' '.repeat(600)}${text}`)
    expect([deviceOf(agent('Mozilla/5.0 (iPad)')), deviceOf(padded('iPad'))]).toEqual(['tablet', 'desktop'])
    expect([isBot(agent('Googlebot/2.1')), isBot(padded('Googlebot/2.1'))]).toEqual([true, false])
    expect(deviceOf(agent('Mozilla/5.0 (Linux; Android 14; SM-X700)'))).toBe('tablet')
    expect(deviceOf(agent('Mozilla/5.0 (Linux; Android 14; K) Mobile'))).toBe('phone')
    expect(isPrefetch(new Headers({ 'Sec-Purpose': 'prefetch;prerender' }))).toBe(true)
  })
})

test('a body that stalls ends with its deadline as if it had been empty', async () => {
  const stalled = new Request('https://t.shop.example/e', { method: 'POST', body: new ReadableStream({ type: 'bytes' }) })
  const struck = (_ms: number, late: () => void) => {
    late()
    return () => undefined
  }
  expect(await readBody(stalled, struck)).toBe('unreadable')
  await event(isolate(), { from: 'nobody' })
  expect(await stored()).toEqual({ ...NOTHING, site_totals: nobody(1) })
})

test('what a flood leaves in the database is bounded, whoever sends it', async () => {
  const house = isolate({ EVENT_LIMIT: limiter(1_000_000) })
  // 20 different paths, sources and names are as good as 100,000 here: test/worker/ledger/cardinality.test.ts has those.
  for (let index = 0; index < 20; index += 1) {
    await event(house, { from: 'nobody', body: { k: 'view', p: `/${'x'.repeat(80)}/${index}`.repeat(5), r: `host-${index}.example` } })
    await event(house, { body: { k: 'download', p: '/', n: `made-up-${index}.pdf` } })
  }
  const longest = await env.DB.prepare('SELECT max(length(value)) AS longest FROM site_totals WHERE site_id = ?1')
    .bind(SHOP)
    .first('longest')
  expect(longest).toBeLessThanOrEqual(256)
  // Names the site does not list are one row, however many there are.
  expect((await stored()).company_activity).toMatchObject([{ name: '(other)', count: 20 }])
})
