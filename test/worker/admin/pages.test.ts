import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PAGES } from '../../../src/admin/pages/list.ts'
import { addSite, emptyLedger, publishTable } from '../fixtures.ts'
import { ask, emptyDesk, fill, makeToken } from './desk.ts'

const german = { headers: { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.5' } }

/** An address of the page with everything in it that the builders below make. */
const addressOf = (path: string): string =>
  `/admin${path === '/' ? '' : path.replace(':key', 'dom:bmw.example').replace(':id', 'shop').replace(':paper', 'toms')}?site=shop`

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
  await fill([{ origin: 'google.com' }, { path: '/pricing', origin: '/' }, { site: 'other', key: 'dom:siemens.example' }])
})

describe.each(PAGES)('$path', (page) => {
  const address = addressOf(page.path)

  test('is a whole page in the reader’s language, with the way to every other page and the credits of the data', async () => {
    for (const [language, init] of [['en', {}] as const, ['de', german] as const]) {
      const response = await ask(address, init)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toContain('text/html')
      const html = await response.text()
      expect(html).toContain(`<html lang="${language}">`)
      expect(html.match(/<h1[ >]/g)).toHaveLength(1)
      expect(html.match(/aria-current="page"/g)).toHaveLength(1)
      for (const path of ['', '/traffic', '/sites', '/rules', '/ranges', '/privacy', '/tokens']) {
        expect(html).toContain(`href="/admin${path}?site=shop"`)
      }
      expect(html).toContain('https://www.rfc-editor.org/rfc/rfc5737')
      expect(html).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  test('has nothing inline and loads nothing from elsewhere', async () => {
    const html = await (await ask(address)).text()
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i)
    const loaded = [...html.matchAll(/<(?:script|img|link|iframe|source|use)\b[^>]*?\b(?:src|href)="([^"]*)"/g)].map(([, url]) => url)
    // The last is the page's own end, for which the browser waits before it shows anything.
    expect(new Set(loaded)).toEqual(new Set(['/admin.css', '/plate.svg', '/admin.js', '#end']))
  })

  test('P8 says nothing of a site that is not the reader’s', async () => {
    const { token } = await makeToken(page.role, ['shop'])
    const foreign = await ask(address.replace('site=shop', 'site=other'), { token })
    expect(foreign.status).toBe(404)
    expect(await foreign.text()).not.toContain('Siemens')
    expect(await (await ask(address, { token })).text()).not.toContain('Other<')
  })

  test('a form it does not have is refused, and so is what is no form', async () => {
    const post = (body: BodyInit, headers: Record<string, string> = {}) => ask(address, { method: 'POST', body, headers })
    expect((await post(new URLSearchParams({ form: 'nothing' }))).status).toBe(400)
    expect((await post('{"form":"x"}', { 'Content-Type': 'application/json' })).status).toBe(400)
    expect((await post(new URLSearchParams({ form: 'x'.repeat(300_000) }))).status).toBe(400)
  })
})

describe('forms of a signed-in browser', () => {
  const forms = PAGES.flatMap(({ path, formNames }) => formNames.map((form) => ({ path, form })))
  const signedIn = async (): Promise<string> => {
    const { token } = await makeToken('owner', '*')
    const response = await ask('/admin/login', {
      token: null,
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { Origin: 'https://t.shop.example' },
    })
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }

  test.each(forms)('$form on $path is taken from our own pages and from no other', async ({ path, form }) => {
    const Cookie = await signedIn()
    const send = (headers: Record<string, string>) =>
      ask(addressOf(path), { token: null, method: 'POST', body: new URLSearchParams({ form }), headers: { Cookie, ...headers } })
    for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, {}]) {
      expect((await send(headers)).status).toBe(403)
    }
    expect((await send({ Origin: 'https://t.shop.example' })).status).not.toBe(403)
  })
})

describe('around the pages', () => {
  test.each(['/admin/', '/admin/rules/', '/admin/?site=shop'])('%s leads to the address without its slash', async (path) => {
    const response = await ask(path)
    expect([response.status, response.headers.get('location')]).toEqual([301, path.replace(/\/(\?|$)/, '$1')])
  })

  test('where there is no page a reader gets one all the same, in his language', async () => {
    for (const path of [
      '/admin/nothing',
      '/admin/companies',
      '/admin/companies/dom:nobody.example?site=shop',
      '/admin/companies/%00?site=shop',
    ]) {
      const response = await ask(path, german)
      expect([response.status, response.headers.get('content-type')]).toEqual([404, expect.stringContaining('text/html')])
      expect(await response.text()).toContain('<html lang="de">')
    }
  })

  test('a ledger that fails is one sentence on a page, and nothing of the error', async () => {
    const DB = {
      prepare: () => {
        throw new Error('secret text 203.0.113.20')
      },
    }
    const response = await ask('/admin?site=shop', { env: { DB } })
    const html = await response.text()
    expect([response.status, html.includes('The ledger did not answer'), html.includes('203.0.113')]).toEqual([500, true, false])
  })

  test('a form from another site is refused with a page', async () => {
    const { token } = await makeToken('owner', '*')
    const signIn = await ask('/admin/login', {
      token: null,
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { Origin: 'https://t.shop.example' },
    })
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const response = await ask('/admin?site=shop', {
      token: null,
      method: 'POST',
      body: new URLSearchParams({ form: 'x' }),
      headers: { Origin: 'https://evil.example', Cookie: cookie },
    })
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('sent from another site')])
  })

  test('without a site an owner is led to where one is made, and others are told to ask', async () => {
    await emptyLedger()
    const owner = await ask('/admin')
    expect([owner.status, owner.headers.get('location')]).toEqual([303, '/admin/sites'])
    const { token } = await makeToken('viewer', '*')
    const viewer = await ask('/admin', { token })
    expect([viewer.status, await viewer.text()]).toEqual([404, expect.stringContaining('npm start')])
  })

  test('a chosen language is kept by a cookie below /admin and stands in no address', async () => {
    const chosen = await ask('/admin?site=shop&lang=de')
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/admin?site=shop'])
    const cookie = chosen.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Secure-doorplate-language=de;/)
    for (const word of ['Path=/admin', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(word)
    const headers = { Cookie: cookie.split(';')[0] ?? '', 'Accept-Language': 'en' }
    expect(await (await ask('/admin?site=shop', { headers })).text()).toContain('<html lang="de">')
    expect(await (await ask('/admin/login', { headers, token: null })).text()).toContain('<html lang="de">')
  })

  test.each(['fr', 'DE', '', '<b>'])('a language that we do not have (%j) chooses nothing', async (lang) => {
    const response = await ask(`/admin?site=shop&lang=${encodeURIComponent(lang)}`)
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null])
  })

  test('an address that somebody made up announces nothing', async () => {
    for (const done of ['constructor', '<b>', 'erased&n=1e9', 'nothing']) {
      expect(await (await ask(`/admin?site=shop&done=${done}`)).text()).not.toContain('class="notice"')
    }
  })
})
