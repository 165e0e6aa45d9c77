import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { SNIPPET_INTEGRITY } from '../../../src/admin/snippet-integrity.ts'
import { readDraft, type SiteDraft } from '../../../src/ledger/sites.ts'
import type { SiteId } from '../../../src/words.ts'
import { addSite, BALANCING, SHOP } from '../fixtures.ts'
import { type Ask, ask, emptyDesk, fill, makeToken } from './desk.ts'

const PAGE = '/admin/sites/shop?site=shop'

beforeEach(async () => {
  await emptyDesk()
  await addSite()
})

type Fields = Readonly<Record<string, string | readonly string[]>>

async function send(form: string, fields: Fields, options: Ask = {}, path = PAGE): Promise<{ response: Response; html: string }> {
  const body = new URLSearchParams({ form })
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each)
  const response = await ask(path, { method: 'POST', body, ...options })
  return { response, html: await response.clone().text() }
}

const saved = async (): Promise<SiteDraft | null> => readDraft(env.DB, SHOP)
const audit = async () =>
  (await env.DB.prepare("SELECT action, detail FROM audit WHERE site_id = 'shop'").all<{ action: string; detail: string }>()).results

/** Each form with what it may send, and what the site then is. */
const FORMS: readonly (readonly [form: string, fields: Fields, then: object])[] = [
  [
    'general',
    { name: 'Laden', timeZone: 'Europe/Vienna', pageHosts: 'shop.example\r\nwww.shop.example\r\n\r\n', endpointHosts: 't.shop.example' },
    { name: 'Laden', timeZone: 'Europe/Vienna', pageHosts: ['shop.example', 'www.shop.example'], endpointHosts: ['t.shop.example'] },
  ],
  ['basis', { basis: 'consent', confirmedBy: '', date: '', reviewBy: '' }, { basis: 'consent', settings: { balancing: null } }],
  [
    'basis',
    { basis: 'legitimate-interest', confirmedBy: 'Ann', date: '2026-11-02', reviewBy: '2027-11-02' },
    { settings: { balancing: { confirmedBy: 'Ann', date: '2026-11-02', reviewBy: '2027-11-02', template: '1' } } },
  ],
  [
    'collect',
    { collect: ['time', 'forms'], kinds: ['business', 'education'], journeysFrom: '200' },
    { settings: { collect: { journeys: false, time: true, forms: true }, kinds: ['business', 'education'], journeysFrom: 200 } },
  ],
  [
    'pages',
    { hot: '/pricing\n/docs/*', sensitive: 'jobs', patterns: '/customers/:name', names: '*.pdf', sources: '' },
    { settings: { hot: ['/pricing', '/docs/*'], sensitive: ['jobs'], patterns: ['/customers/:name'], names: ['*.pdf'], sources: [] } },
  ],
  [
    'keep',
    { ledgerDays: '30', totalsDays: '758', bucket: 'week', k: '10' },
    { settings: { retention: { ledgerDays: 30, totalsDays: 758 }, release: { bucket: 'week', k: 10 } } },
  ],
  [
    'parties',
    { controller: 'Shop GmbH, Berlin', contact: 'privacy@shop.example', dataProtectionOfficer: '', authority: '', policy: '' },
    { settings: { parties: { controller: 'Shop GmbH, Berlin', contact: 'privacy@shop.example', policy: null } } },
  ],
  [
    'score',
    { views: '10', pages: '10', hot: '50', seconds: '10', recency: '10', visits: '10' },
    { settings: { weights: { views: 10, hot: 50 } } },
  ],
]

describe('the settings of a site', () => {
  test.each(FORMS)('%s is saved, everything else stays, and the log names what changed', async (form, fields, then) => {
    const before = await saved()
    const { response } = await send(form, fields)
    expect([response.status, response.headers.get('location')]).toEqual([303, `${PAGE}&done=saved`])
    const after = await saved()
    expect(after).toMatchObject(then)
    const untouched = form === 'general' ? {} : { name: before?.name, pageHosts: before?.pageHosts }
    expect(after).toMatchObject(untouched)
    if (form !== 'basis') expect(after?.settings.balancing).toMatchObject(BALANCING)
    expect((await audit()).map(({ action }) => action)).toEqual(['site.change'])
  })

  test.each(FORMS)('%s is refused to whoever is no owner, and nothing changes', async (form, fields) => {
    const before = await saved()
    for (const role of ['viewer', 'analyst'] as const) {
      const { token } = await makeToken(role, ['shop'])
      const { response } = await send(form, fields, { token })
      expect(response.status).toBe(403)
      const html = await (await ask(PAGE, { token })).text()
      expect(html).toContain('<fieldset disabled=""')
      expect(html).not.toContain(`<button type="submit">Save</button>`)
    }
    expect(await saved()).toEqual(before)
  })

  test.each<[form: string, fields: Fields, field: string, kept: string, says: string]>([
    [
      'general',
      { name: 'Laden', timeZone: 'Mars/Olympus', pageHosts: 'shop.example', endpointHosts: '' },
      'timeZone',
      'Mars/Olympus',
      'keine Zeitzone',
    ],
    ['general', { name: '', timeZone: 'UTC', pageHosts: 'shop.example', endpointHosts: '' }, 'name', 'UTC', 'Bezeichnung'],
    [
      'general',
      { name: 'L', timeZone: 'UTC', pageHosts: 'https://shop.example/', endpointHosts: '' },
      'pageHosts',
      'https://shop.example/',
      'Hosts sehen aus',
    ],
    ['general', { name: 'L', timeZone: 'UTC', pageHosts: '', endpointHosts: '' }, 'pageHosts', 'UTC', 'mindestens einer'],
    [
      'basis',
      { basis: 'legitimate-interest', confirmedBy: '', date: '', reviewBy: '' },
      'basis',
      'value="legitimate-interest" checked',
      'braucht die Interessenabwägung',
    ],
    [
      'basis',
      { basis: 'legitimate-interest', confirmedBy: 'Ann', date: '', reviewBy: '2027-01-01' },
      'date',
      'Ann',
      'Tag der Interessenabwägung fehlt',
    ],
    ['collect', { collect: ['time'], kinds: ['person'], journeysFrom: '60' }, 'kinds', '60', 'gibt es nicht'],
    ['collect', { collect: ['time'], kinds: ['business'], journeysFrom: '19' }, 'journeysFrom', '19', 'ab 20'],
    ['pages', { hot: 'pricing', sensitive: '', patterns: '', names: 'x.pdf', sources: '' }, 'hot', 'x.pdf', 'beginnt mit /'],
    ['keep', { ledgerDays: '759', totalsDays: '30', bucket: 'day', k: '5' }, 'ledgerDays', '759', '1 bis 758'],
    ['keep', { ledgerDays: '', totalsDays: '30', bucket: 'day', k: '5' }, 'ledgerDays', '30', '1 bis 758'],
    ['keep', { ledgerDays: '90', totalsDays: '30', bucket: 'day', k: '2' }, 'k', '"2"', 'zwischen 3 und 100'],
    ['score', { views: '99', pages: '10', hot: '50', seconds: '10', recency: '10', visits: '10' }, 'weights', '99', 'ergeben zusammen 100'],
    ['parties', { controller: 'x'.repeat(401), contact: 'c@shop.example' }, 'controller', 'c@shop.example', '400'],
  ])('%s with %j is refused in German, and what was typed is still there', async (form, fields, field, kept, says) => {
    const before = await saved()
    const { response, html } = await send(form, fields, { headers: { 'Accept-Language': 'de' } })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    const section = html.split(`id="${form}"`)[1]?.split('</section>')[0] ?? ''
    expect(section).toContain(kept)
    expect(section).toMatch(new RegExp(`role="alert">[^<]*${says}`))
    if (section.includes(`name="${field}"`) && field !== 'basis' && field !== 'kinds') expect(section).toContain('aria-invalid="true"')
    expect(await saved()).toEqual(before)
  })

  test('legitimate interest is refused where the opt-out cannot reach, and the page says which host that is', async () => {
    await addSite({ basis: 'consent', pageHosts: ['shop.example', 'other.example'] })
    expect(await (await ask(PAGE)).text()).toContain('A visitor of other.example cannot object')
    const { response, html } = await send('basis', { basis: 'legitimate-interest', ...BALANCING })
    expect([response.status, html.includes('on the domain of every page host')]).toEqual([422, true])
    expect((await saved())?.basis).toBe('consent')
  })

  test('another site’s host is not free, and whose it is is not said', async () => {
    await addSite({ id: 'secret', name: 'Topsecret', basis: 'consent', pageHosts: ['secret.example'], endpointHosts: [] })
    const { token } = await makeToken('owner', ['shop'])
    const { response, html } = await send(
      'general',
      { name: 'Shop', timeZone: 'UTC', pageHosts: 'secret.example', endpointHosts: '' },
      { token },
    )
    expect([response.status, html.includes('Topsecret')]).toEqual([409, false])
  })

  test('a balancing test that is overdue is said', async () => {
    await addSite({ settings: { balancing: { ...BALANCING, reviewBy: '2026-11-20' } } })
    expect(await (await ask(PAGE)).text()).toContain('was to be reviewed by 20 Nov 2026')
  })

  test('how many names fell into (other) is said, and not which', async () => {
    await fill([{ path: '/', kind: 'download', name: '(other)', count: 3 }])
    await env.DB.prepare('UPDATE company_day SET other_names = 3, other_paths = 1').run()
    const html = await (await ask(PAGE)).text()
    expect(html).toContain('3 deeds with names that are not listed')
    expect(html).toContain('1 deed on a page beyond the day’s bound')
  })
})

describe('the line', () => {
  const linesIn = (html: string) =>
    [...html.matchAll(/<pre><code>(.*?)<\/code>/g)].map(([, line = '']) =>
      line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'),
    )

  test('stands there in its three forms, for the site’s basis and host', async () => {
    expect(linesIn(await (await ask(PAGE)).text())).toEqual([
      '<script defer src="https://t.shop.example/d.js" data-basis="legitimate-interest"></script>',
      '<script type="text/plain" data-cookieconsent="statistics" src="https://t.shop.example/d.js" data-cmp="auto" data-basis="legitimate-interest"></script>',
      '<script defer src="/d.js" data-to="https://t.shop.example" data-basis="legitimate-interest"></script>',
    ])
  })

  test('on consent, for the chosen tool, with the hash', async () => {
    await addSite({ basis: 'consent' })
    const html = await (await ask(`${PAGE}&tool=klaro&pinned=yes`)).text()
    const [plain, gated, self] = linesIn(html)
    expect(plain).not.toContain('data-basis')
    expect(gated).toContain('data-name="doorplate"')
    for (const line of [plain, gated, self]) expect(line).toContain(`crossorigin integrity="${SNIPPET_INTEGRITY['d.js']}"`)
    expect(html).toContain(SNIPPET_INTEGRITY['cmp.js'])
  })

  test('without a host of Doorplate a warning says what is missing', async () => {
    await addSite({ basis: 'consent', endpointHosts: [] })
    const html = await (await ask(`${PAGE}&tool=<script>`)).text()
    expect(html).toContain('t.example.com')
    expect(html).toContain('Add a custom domain of the Worker')
  })
})

describe('does it work', () => {
  const LINE = '<script defer src="https://t.shop.example/d.js"></script>'

  test('pasted HTML is checked, and the answer is in the reader’s language', async () => {
    const { response, html } = await send('paste', { html: LINE }, { headers: { 'Accept-Language': 'de' } })
    expect(response.status).toBe(200)
    expect(html).toContain('Die Zeile ist eingebaut: t.shop.example/d.js.')
    expect(html).toContain('data-basis=&quot;legitimate-interest&quot;')
  })

  test('a page of the site is fetched; another host is not', async () => {
    const asked: string[] = []
    const house = {
      send: async ({ url }: Request) => {
        asked.push(url)
        return new Response(LINE, { headers: { 'content-type': 'text/html' } })
      },
    }
    const { html } = await send('check', { url: 'https://shop.example/' }, { house })
    expect(html).toContain('The line is there')
    const refused = await send('check', { url: 'https://evil.example/<b>' }, { house })
    expect([refused.response.status, asked]).toEqual([400, ['https://shop.example/']])
    expect(refused.html).toContain('value="https://evil.example/&lt;b&gt;"')
    for (const [form, field] of [
      ['check', 'url'],
      ['paste', 'html'],
    ] as const)
      expect((await send(form, { [field]: '' }, { house })).response.status).toBe(400)
  })

  test('a viewer may not have pages fetched, and sees no form for it', async () => {
    const { token } = await makeToken('viewer', ['shop'])
    expect((await send('paste', { html: LINE }, { token })).response.status).toBe(403)
    expect((await send('check', { url: 'https://shop.example/' }, { token })).response.status).toBe(403)
    expect(await (await ask(PAGE, { token })).text()).not.toContain('name="html"')
  })

  test('my own visit is explained, with and without consent', async () => {
    await addSite({ basis: 'consent' })
    const consents: boolean[] = []
    const explain = async (_: Request, __: Env, ___: string, consent: boolean) => {
      consents.push(consent)
      return { outcome: 'blocked', reason: 'gpc', company: null } as const
    }
    const { html } = await send('explain', { consent: 'yes' }, { house: { explain } })
    await send('explain', {}, { house: { explain } })
    expect(html).toContain('It would count nowhere and leave nothing.')
    expect(html).toContain('This browser sends Global Privacy Control.')
    expect(consents).toEqual([true, false])
  })
})

describe('the beginning and the end of a site', () => {
  const ADD = { id: 'new', name: 'New', timeZone: 'Europe/Berlin', pageHosts: 'www.new.example', endpointHosts: 't.new.example' }

  test('an owner of all sites adds one, also the first', async () => {
    await env.DB.prepare('DELETE FROM sites').run()
    expect(await (await ask('/admin/sites')).text()).toContain('There is no site yet.')
    const { response } = await send('add', ADD, {}, '/admin/sites')
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin/sites/new?site=new&done=added'])
    const html = await (await ask('/admin/sites/new?site=new&done=added')).text()
    expect(html).toContain('Next: put the line on its pages.')
    expect(html).toContain('src=&quot;https://t.new.example/d.js&quot;')
  })

  test.each<[Partial<typeof ADD>, string]>([
    [{ id: 'Shop!' }, 'id'],
    [{ id: 'shop' }, 'id'],
    [{ pageHosts: 'shop.example' }, 'pageHosts'],
    [{ timeZone: '' }, 'timeZone'],
  ])('%j is refused, and what was typed is still there', async (over, field) => {
    const { response, html } = await send('add', { ...ADD, ...over }, {}, '/admin/sites')
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(html).toContain('www.new.example'.slice(0, over.pageHosts === undefined ? 15 : 0))
    expect(html).toMatch(new RegExp(`name="${field}"[^>]*aria-invalid="true"`))
    expect(html).toContain('role="alert"')
    expect(await env.DB.prepare('SELECT count(*) AS n FROM sites').first('n')).toBe(1)
  })

  test('the list of sixty sites with their hosts asks fewer queries than a free plan’s request has', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `shop-${index}`)
    for (const id of names) await addSite({ id, name: id, pageHosts: [`www.${id}.example`, `${id}.example`] })
    let queries = 0
    const db = new Proxy(env.DB, {
      get(target, name) {
        if (name === 'prepare') queries += 1
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const html = await (await ask('/admin/sites?site=shop', { env: { DB: db } })).text()
    for (const id of names) expect(html).toContain(`<td>${id}.example and www.${id}.example</td>`)
    expect(queries).toBeGreaterThan(0)
    expect(queries).toBeLessThan(50)
  })

  test('an owner of one site adds none', async () => {
    const { token } = await makeToken('owner', ['shop'])
    expect(await (await ask('/admin/sites?site=shop', { token })).text()).not.toContain('value="add"')
    expect((await send('add', ADD, { token }, '/admin/sites')).response.status).toBe(403)
  })

  test('the address that names another site than the path leads to the site of the path', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const response = await ask('/admin/sites/other?site=shop')
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin/sites/other?site=other'])
    expect((await ask('/admin/sites/nowhere?site=nowhere')).status).toBe(404)
  })

  test('a form for another site than that of the path changes neither', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const { response } = await send(
      'general',
      { name: 'X', timeZone: 'UTC', pageHosts: 'x.example', endpointHosts: '' },
      {},
      '/admin/sites/other?site=shop',
    )
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin/sites/other?site=other'])
    expect((await saved())?.name).toBe('Shop')
    expect((await readDraft(env.DB, 'other' as SiteId))?.name).toBe('Other')
  })

  test('erasing asks for the id, gives a receipt, and leaves other sites alone', async () => {
    await addSite({ id: 'other', name: 'Other' })
    await fill([{ path: '/' }, { site: 'other', key: 'dom:siemens.example' }])
    const wrong = await send('erase', { 'sure-id': 'Shop', sure: 'yes' })
    expect([wrong.response.status, wrong.html.includes('is not the id of the site')]).toEqual([400, true])
    const { response, html } = await send('erase', { 'sure-id': 'shop', sure: 'yes' })
    expect(response.status).toBe(200)
    expect(html).toMatch(/<code>company_activity<\/code><\/th><td class="number">1</)
    expect(await saved()).toBeNull()
    expect(await env.DB.prepare('SELECT count(*) AS n FROM company_activity').first('n')).toBe(1)
    const { token } = await makeToken('analyst', ['other'])
    expect((await send('erase', { 'sure-id': 'other' }, { token }, '/admin/sites/other?site=other')).response.status).toBe(403)
  })
})
