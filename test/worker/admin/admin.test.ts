import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hourOf } from '../../../src/ledger/clock.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import type { SiteId } from '../../../src/words.ts'
import { addSite, company, publishTable, SHOP } from '../fixtures.ts'
import { type Ask, ask as askDesk, emptyDesk, TOKEN } from './desk.ts'

const NOW = Date.now()
const house = { now: () => NOW }
const ask = (path: string, init: Ask = {}) => askDesk(path, { house, ...init })

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
  const sink = d1Sink(env.DB)
  const deed = { hour: hourOf(NOW), kind: 'view', path: '/', origin: 'google.com', name: '' } as const
  await sink.activity({ ...deed, siteId: SHOP, company: company('BMW') }, 'Europe/Berlin')
  await sink.activity({ ...deed, siteId: SHOP, company: company('BMW'), path: '/pricing', origin: '/' }, 'Europe/Berlin')
  await sink.activity({ ...deed, siteId: 'other' as SiteId, company: company('Siemens') }, 'Europe/Berlin')
})

describe('who may', () => {
  test('without a configured secret everything is 404, and says no more', async () => {
    for (const secret of ['', 'short', 'F'.repeat(64)]) {
      for (const path of ['/admin', '/admin/login', '/admin/api/companies?site=shop', '/admin/nothing']) {
        const response = await ask(path, { env: { ADMIN_TOKEN_HASH: secret } })
        expect(response.status).toBe(404)
      }
    }
  })

  test.each([null, '', 'dp_tesT', 'dp_test2', 'F'.repeat(64), env.ADMIN_TOKEN_HASH])('the token %j is refused', async (token) => {
    const response = await ask('/admin/api/companies?site=shop', { token })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('a page without a session leads to the sign-in form', async () => {
    const response = await ask('/admin', { token: null })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin/login'])
  })

  test('the form exchanges the token for a cookie that opens pages and the API', async () => {
    const form = (token: string) => ({
      token: null,
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { Origin: 'https://t.shop.example' },
    })
    expect((await ask('/admin/login', form('wrong'))).status).toBe(401)
    const response = await ask('/admin/login', form(TOKEN))
    expect(response.status).toBe(303)
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-doorplate=/)
    for (const word of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(word)
    expect(cookie).not.toContain(TOKEN)
    const session = { token: null, headers: { Cookie: cookie.split(';')[0] ?? '' } }
    expect((await ask('/admin', session)).status).toBe(200)
    expect((await ask('/admin/api/companies?site=shop', session)).status).toBe(200)
    const forged = { token: null, headers: { Cookie: (cookie.split(';')[0] ?? '').replace('=', '=0') } }
    expect((await ask('/admin/api/companies?site=shop', forged)).status).toBe(401)
  })

  test('a form from another site is refused', async () => {
    const init = { token: null, method: 'POST', body: new URLSearchParams({ token: TOKEN }), headers: { Origin: 'https://evil.example' } }
    expect((await ask('/admin/login', init)).status).toBe(403)
  })

  test('every answer is uncacheable, unframeable and loads nothing from elsewhere', async () => {
    for (const path of ['/admin', '/admin/login', '/admin/api/sites', '/admin/nothing']) {
      const { headers } = await ask(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('x-robots-tag')).toBe('noindex')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
  })
})

describe('the API', () => {
  test('companies of a site', async () => {
    const response = await ask('/admin/api/companies?site=shop')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      site: 'shop',
      companies: [{ key: 'dom:bmw.example', name: 'BMW', views: 2, visits: 1, pages: 2, country: 'DE' }],
    })
  })

  test('a company with its receipt, and its visit in the order it was walked', async () => {
    const body = await (await ask('/admin/api/companies/dom:bmw.example?site=shop')).json()
    expect(body).toMatchObject({ name: 'BMW', receipt: { evidence: 'made for a test', confidence: 75 }, tags: [], notes: [] })
    const { visits } = await (await ask('/admin/api/companies/dom:bmw.example/visits?site=shop')).json<{ visits: unknown[] }>()
    expect(visits).toMatchObject([
      {
        new: true,
        sources: ['google.com'],
        overlap: false,
        pages: [
          { path: '/', from: 'google.com' },
          { path: '/pricing', from: '/' },
        ],
      },
    ])
  })

  test('P8 a company seen only on another site is 404 here, and lists never combine two sites', async () => {
    expect((await ask('/admin/api/companies/dom:siemens.example?site=shop')).status).toBe(404)
    expect((await ask('/admin/companies/dom:siemens.example?site=shop')).status).toBe(404)
    expect(await (await ask('/admin/api/companies?site=other')).json()).toMatchObject({ companies: [{ name: 'Siemens' }] })
    expect(JSON.stringify(await (await ask('/admin/api/companies?site=shop')).json())).not.toContain('Siemens')
  })

  test.each([
    ['/admin/api/companies', 400, 'which site'],
    ['/admin/api/companies?site=nope', 404, 'no such site'],
    ['/admin/api/companies?site=shop&from=yesterday', 400, '"from"'],
    ['/admin/api/companies?site=shop&to=2026-13-01', 400, '"to"'],
    ['/admin/api/companies?site=shop&from=2026-02-02&to=2026-02-01', 400, 'later'],
    ['/admin/api/companies?site=shop&foo=1', 400, 'Known are: from, to, country'],
    ['/admin/api/totals', 400, 'which site'],
    ['/admin/api/nothing', 404, 'nothing here'],
    ["/admin/api/companies?site=shop'--", 404, 'no such site'],
    ['/admin/api/companies/%00?site=shop', 400, '"key"'],
    ['/admin/api/companies/dom:nobody.example?site=shop', 404, 'has not seen'],
  ])('%s is %i and says what to do', async (path, status, words) => {
    const response = await ask(path)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ status, detail: expect.stringContaining(words) })
  })

  test('a ledger that fails says one sentence and nothing of the error', async () => {
    const broken = {
      DB: {
        prepare: () => {
          throw new Error('secret text 203.0.113.20')
        },
      } as unknown as D1Database,
    }
    const response = await ask('/admin/api/companies?site=shop', { env: broken })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('203.0.113')
  })
})
