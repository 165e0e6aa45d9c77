import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHouse } from '../../../src/collect/house.ts'
import { VISITOR_TEXTS } from '../../../src/privacy/texts/visitor.ts'
import { ADDRESSES } from '../../addresses.ts'
import { addSite, BALANCING, emptyLedger, NOW, publishTable, stored } from '../fixtures.ts'
import { type Hit, send } from './hit.ts'

const { de, en } = VISITOR_TEXTS
const NOTHING = { companies: [], company_activity: [], company_day: [], site_totals: [] }

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite({
    settings: { balancing: BALANCING, parties: { contact: 'privacy@shop.example', policy: 'https://shop.example/privacy' } },
  })
})

const at = (path: string, hit: Hit = {}): Hit => ({ method: 'GET', url: `https://t.shop.example${path}`, origin: null, ...hit })
const choose = (choice: string, hit: Hit = {}): Hit =>
  at('/opt-out', { method: 'POST', origin: 'https://t.shop.example', body: `choice=${choice}`, ...hit })

/** The page as a person reads it: no tags, entities as signs. */
async function words(response: Response): Promise<string> {
  const html = await response.text()
  return html.replace(/<[^>]*>/g, ' ').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

describe('P6 /opt-out', () => {
  test('P6 looking changes nothing: no cookie, no row', async () => {
    const response = await send(at('/opt-out'))
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.headers.get('tk')).toBe('N')
    expect(await words(response)).toContain(en.notObjected)
    expect(await stored()).toEqual(NOTHING)
  })

  test('P6 objecting sets one cookie with one value for everybody, on this host only, for 13 months', async () => {
    const response = await send(choose('object'))
    expect(response.headers.get('set-cookie')).toBe('doorplate_optout=1; Max-Age=34128000; Path=/; Secure; SameSite=Lax')
    expect(response.headers.get('tk')).toBe('U')
    expect(await words(response)).toContain(en.objected)
  })

  test('P6 withdrawing takes it away', async () => {
    const response = await send(choose('withdraw', { headers: { Cookie: 'doorplate_optout=1' } }))
    expect(response.headers.get('set-cookie')).toBe('doorplate_optout=; Max-Age=0; Path=/; Secure; SameSite=Lax')
    expect(await words(response)).toContain(en.notObjected)
  })

  test('P6 a stranger’s page cannot take an objection away', async () => {
    for (const origin of ['https://evil.example', 'https://shop.example', null]) {
      const response = await send(choose('withdraw', { origin, headers: { Cookie: 'doorplate_optout=1' } }))
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(await words(response)).toContain(en.objected)
    }
  })

  test.each(['', 'choice=', 'choice=1', 'x'.repeat(5000)])('a choice that is none (%j) changes nothing', async (body) => {
    expect((await send(choose('', { body }))).headers.get('set-cookie')).toBeNull()
  })

  test.each<[string, Record<string, string>, string]>([
    ['German by the browser', { 'Accept-Language': 'de-DE,de;q=0.9,en;q=0.8' }, de.objectTitle],
    ['English by the browser', { 'Accept-Language': 'en,de;q=0.5' }, en.objectTitle],
    ['German though French is liked better', { 'Accept-Language': 'fr, de;q=0.7, en;q=0.3' }, de.objectTitle],
    ['English for everybody else', { 'Accept-Language': 'fr' }, en.objectTitle],
    ['English without a wish', {}, en.objectTitle],
  ])('comes in %s', async (_which, headers, title) => {
    expect(await words(await send(at('/opt-out', { headers })))).toContain(title)
  })

  test('a link chooses the language whatever the browser says', async () => {
    expect(await words(await send(at('/opt-out?lang=de', { headers: { 'Accept-Language': 'en' } })))).toContain(de.objectTitle)
  })

  test('says that the browser objects already', async () => {
    expect(await words(await send(at('/opt-out', { headers: { 'Sec-GPC': '1' } })))).toContain(en.objects)
  })

  test.each(['https://doorplate.account.workers.dev/opt-out', 'https://stranger.example/opt-out'])(
    'on %s, whose cookie reaches nobody, there is no switch',
    async (url) => {
      const response = await send(at('', { url }))
      const html = await response.clone().text()
      expect(await words(response)).toContain(en.cannotReach)
      expect(html).not.toContain('<form')
    },
  )

  test('a registered host on another domain points to the site’s own privacy page', async () => {
    await addSite({
      basis: 'consent',
      endpointHosts: ['doorplate.account.workers.dev'],
      settings: { parties: { policy: 'https://shop.example/privacy' } },
    })
    const html = await (await send(at('', { url: 'https://doorplate.account.workers.dev/opt-out' }))).text()
    expect(html).toContain('href="https://shop.example/privacy"')
    expect(html).not.toContain('<form')
  })
})

describe('/you', () => {
  test('a company’s visitor sees what a visit counts as, with the receipt and no range', async () => {
    const response = await send(at('/you'))
    const text = await words(response)
    for (const part of [
      'Acme',
      en.kinds.business,
      'documentation networks',
      'CC0-1.0',
      '75 of 100',
      'Munich, DE (documentation networks, 2026-06-17)',
      'Automotive (documentation networks, 2026-06-17)',
      'RFC 5737',
      'privacy@shop.example',
      en.nothingStored,
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toMatch(/203\.0\.113|\/24|AS\d/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await stored()).toEqual(NOTHING)
  })

  test('a home connection is told that it is nobody', async () => {
    expect(await words(await send(at('/you', { from: 'nobody' })))).toContain(en.youNobody)
  })

  test('a kind the site does not show is told so', async () => {
    expect(await words(await send(at('/you', { from: 'university' })))).toContain(en.youKindHidden)
  })

  test('P1 an objection is answered without the address being read; a button looks once', async () => {
    const house = openHouse(env, () => NOW)
    let asked = 0
    const versions = () => {
      asked += 1
      return house.ranges.versions()
    }
    const spy = { ...house, ranges: { ...house.ranges, versions } }
    const headers = { 'Sec-GPC': '1' }
    const text = await words(await send(at('/you', { headers }), spy))
    expect([asked, text.includes(en.youObject), text.includes('Acme')]).toEqual([0, true, false])
    const press = (origin: string | null) => send(at('/you', { headers, method: 'POST', origin }), spy)
    for (const origin of ['https://evil.example', 'https://shop.example', null])
      expect(await words(await press(origin))).toContain(en.youObject)
    expect(asked).toBe(0)
    expect(await words(await press('https://t.shop.example'))).toContain('Acme')
    expect(asked).toBe(1)
    expect(await stored()).toEqual(NOTHING)
  })

  test('a site that is off looks nothing up, a consent site says when it does', async () => {
    await addSite({ basis: 'off' })
    expect(await words(await send(at('/you')))).toContain(en.youOff)
    await addSite({ basis: 'consent' })
    expect(await words(await send(at('/you')))).toContain(en.youConsent)
  })

  test('is limited per host, and the limit knows nothing of the visitor', async () => {
    const keys: string[] = []
    const house = { ...openHouse(env, () => NOW), limit: async (key: string) => keys.push(key) === 0 }
    const response = await send(at('/you'), house)
    expect(response.status).toBe(429)
    expect(keys).toEqual(['you:t.shop.example'])
  })

  test('an unknown host is 404', async () => {
    expect((await send(at('', { url: 'https://stranger.example/you' }))).status).toBe(404)
  })
})

describe('P10 what machines may ask', () => {
  test('GPC statement', async () => {
    const response = await send(at('/.well-known/gpc.json'))
    expect(await response.json()).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) })
  })

  test('tracking status', async () => {
    const response = await send(at('/.well-known/dnt/'))
    expect(response.headers.get('content-type')).toBe('application/tracking-status+json')
    expect(await response.json()).toMatchObject({ tracking: 'N', policy: 'https://shop.example/privacy' })
  })

  test('P10 the manifest is the site’s of that host, and nobody’s elsewhere', async () => {
    const manifest = await (await send(at('/.well-known/doorplate.json'))).json()
    expect(manifest).toMatchObject({
      site: { id: 'shop', basis: 'legitimate-interest', balancingTest: { date: BALANCING.date } },
      retention: { companyLedgerDays: 90, totalsDays: 396 },
      rangeTable: { sources: [{ name: 'documentation networks' }] },
    })
    expect(JSON.stringify(manifest)).not.toContain(BALANCING.confirmedBy)
    expect((await send(at('', { url: 'https://stranger.example/.well-known/doorplate.json' }))).status).toBe(404)
  })

  test('none of it sets a cookie or stores anything', async () => {
    for (const path of ['/.well-known/gpc.json', '/.well-known/dnt/', '/.well-known/doorplate.json', '/you']) {
      expect((await send(at(path))).headers.get('set-cookie')).toBeNull()
    }
    expect(await stored()).toEqual(NOTHING)
  })
})

test('P2 no page of the visitor’s own contains an address', async () => {
  for (const [name, address] of Object.entries(ADDRESSES)) {
    if (name === 'notAnAddress') continue
    const html = await (await send(at('/you', { from: name as keyof typeof ADDRESSES }))).text()
    expect(html).not.toContain(address)
  }
})
