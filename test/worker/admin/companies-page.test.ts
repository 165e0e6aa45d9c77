import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addSite, BALANCING, publishTable } from '../fixtures.ts'
import { ask, emptyDesk, fill, makeToken } from './desk.ts'

const page = async (query: string, init: RequestInit = {}): Promise<string> =>
  textOf(await (await ask(`/admin?site=shop${query}`, init)).text())
const company = async (query = '', init: RequestInit = {}): Promise<string> =>
  textOf(await (await ask(`/admin/companies/dom:bmw.example?site=shop${query}`, init)).text())
const german = { headers: { 'Accept-Language': 'de' } }
const send = (path: string, fields: Record<string, string>) => ask(path, { method: 'POST', body: new URLSearchParams(fields) })

/** What a reader sees, without the tags. */
function textOf(html: string): string {
  const body = html.slice(html.indexOf('<main'))
  return body
    .replaceAll(/<title>[^<]*<\/title>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

beforeAll(() => publishTable())
beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await fill([
    { path: '/pricing', origin: 'google.com', seconds: 125 },
    { path: '/docs', origin: '/pricing', seconds: 40 },
    { kind: 'download', path: '/docs', name: 'datasheet.pdf' },
    { ago: 30, path: '/' },
    { key: 'dom:siemens.example', path: '/', origin: 'bing.com' },
  ])
})

describe('the page of companies', () => {
  test('says what was named and, beside it, what was not; small figures are folded', async () => {
    const day = '2026-11-20'
    const rows = [
      ['path', '/secret-page', 3],
      ['path', '/known', 40],
      ['outcome', 'unlisted', 60],
    ] as const
    await env.DB.batch(
      rows.map(([dimension, value, count]) =>
        env.DB.prepare(`INSERT INTO site_totals VALUES ('shop', ?1, ?2, ?3, ?4)`).bind(day, dimension, value, count),
      ),
    )
    const text = await page('')
    expect(text).toMatch(/4 page views by 2 companies · (about )?4\d anonymous/)
    expect(text).toContain('Network of no listed company 60')
    expect(text).not.toContain('secret-page')
    expect(await page('', german)).toMatch(/4 Seitenaufrufe von 2 Unternehmen · daneben (rund )?4\d anonyme/)
  })

  test('a row has place, industry, size, figures, source, score and the day', async () => {
    const text = await page('&sort=views')
    expect(text).toMatch(/Bmw\.example New Munich, Germany Automotive 201–500 employees 2 3 2 min 45 s google\.com \d+ Score/)
    expect(text).toContain('Sat 21 Nov, 14–15 h')
    expect(await page('&sort=views', german)).toMatch(/Munich, Deutschland Automotive 201–500 Beschäftigte 2 3 2 Min\. 45 Sek\./)
  })

  test.each([
    ['&q=sieme', ['Siemens'], ['Bmw']],
    ['&source=google.com', ['Bmw'], ['Siemens']],
    ['&path=/docs', ['Bmw'], ['Siemens']],
    ['&minScore=101', ['cannot be applied', 'Bmw', 'Siemens'], []],
    ['&country=AT', ['No company fits these filters'], ['Bmw', 'Siemens']],
    ['&from=2026-11-21&to=2026-11-01', ['last 30 days', 'Bmw'], []],
    ['&days=900', ['last 30 days'], []],
  ])('%s shows %j and not %j', async (query, shown, hidden) => {
    const text = await page(query)
    for (const word of shown) expect(text).toContain(word)
    for (const word of hidden) expect(text).not.toContain(word)
  })

  test('a filter is saved as a segment under its name, once, and removed', async () => {
    for (const country of ['DE', 'AT']) {
      const saved = await send(`/admin?site=shop&country=${country}`, { form: 'saveSegment', name: 'Near' })
      expect(saved.headers.get('location')).toContain('done=segment-saved')
    }
    const { results } = await env.DB.prepare('SELECT id, filter FROM segments').all<{ id: string; filter: string }>()
    expect(results.map(({ filter }) => filter)).toEqual(['{"country":"AT"}'])
    expect(await page('')).toContain('Near')
    await send('/admin?site=shop', { form: 'removeSegment', segment: results[0]?.id ?? '' })
    expect(await page('')).not.toContain('Near')
  })

  test('a refused form says why, keeps what was typed and changes nothing', async () => {
    const response = await send('/admin?site=shop&country=DE', { form: 'saveSegment', name: 'x'.repeat(81) })
    const html = await response.text()
    expect([response.status, html.includes('role="alert"'), html.includes('x'.repeat(81))]).toEqual([400, true, true])
    expect((await env.DB.prepare('SELECT id FROM segments').all()).results).toEqual([])
  })

  test('an empty period names every reason there may be, and what is so now', async () => {
    await emptyDesk()
    await addSite({ basis: 'consent' })
    const text = await page('', { headers: { 'Sec-GPC': '1' } })
    expect(text).toContain('we cannot know which')
    expect(text).toContain('Global Privacy Control or Do Not Track – this is so now')
    for (const reason of [
      'no listed organisation',
      'Nobody has consented',
      'host is not registered',
      'No range table',
      'A migration has not run',
    ])
      expect(text).toContain(reason)
    expect(text).not.toContain('No range table is published – this is so now')
    await addSite({ basis: 'off' })
    expect(await page('')).toContain('The site is switched off – this is so now')
  })
})

describe('the page of a company', () => {
  test('tells a visit as a story, in both languages', async () => {
    expect(await company()).toMatch(
      /Sat 21 Nov, 14–15 h .*Came from google\.com Read \/pricing \(2 min 5 s\) Read \/docs \(40 s\) Downloaded datasheet\.pdf on \/docs/,
    )
    expect(await company('', german)).toMatch(
      /Sa\., 21\. Nov\., 14–15 Uhr .*Kam von google\.com Las \/pricing \(2 Min\. 5 Sek\.\) Las \/docs \(40 Sek\.\) Lud datasheet\.pdf auf \/docs herunter/,
    )
  })

  test('says why we think so, that colleagues merge, and that one person’s walk is described', async () => {
    const text = await company()
    for (const words of ['made for a test', '75 of 100', 'merge into one', 'describe that person’s walk', 'It can be wrong'])
      expect(text).toContain(words)
    const html = await (await ask('/admin/companies/dom:bmw.example?site=shop')).text()
    expect(html).toContain('aria-label="A flow of 3 steps. The most frequent one leads from')
  })

  test('takes tags and notes, and says what a note must not hold', async () => {
    const address = '/admin/companies/dom:bmw.example?site=shop'
    expect((await send(address, { form: 'addTag', tag: 'Key account' })).headers.get('location')).toContain('done=tag-added')
    expect((await send(address, { form: 'addNote', text: 'Call in May' })).headers.get('location')).toContain('done=note-added')
    const text = await company()
    for (const words of ['Key account', 'Call in May', 'not about persons']) expect(text).toContain(words)
    expect(await page('&tag=Key+account')).toContain('Bmw')
  })

  test('erasing leads to the list and says how many rows went', async () => {
    const response = await send('/admin/companies/dom:bmw.example?site=shop', { form: 'erase', sure: 'yes' })
    const location = response.headers.get('location') ?? ''
    expect(location).toMatch(/^\/admin\?site=shop&done=erased&n=\d+$/)
    expect(textOf(await (await ask(location)).text())).toMatch(/The company is erased: \d+ rows are gone/)
    expect((await ask('/admin/companies/dom:bmw.example?site=shop')).status).toBe(404)
  })

  test('shows a viewer what is there and no form, and refuses what a viewer sends', async () => {
    const { token } = await makeToken('viewer', ['shop'])
    const html = await (await ask('/admin/companies/dom:bmw.example?site=shop', { token })).text()
    expect(html).not.toContain('name="form"')
    const sent = await ask('/admin/companies/dom:bmw.example?site=shop', {
      token,
      method: 'POST',
      body: new URLSearchParams({ form: 'erase' }),
    })
    expect(sent.status).toBe(403)
    expect((await ask('/admin/companies/dom:bmw.example?site=shop')).status).toBe(200)
  })

  test('where the ways are not kept, it says so instead of an order in time', async () => {
    await addSite({ settings: { balancing: BALANCING } })
    await env.DB.prepare(`UPDATE company_activity SET origin = '' WHERE company_key = 'dom:bmw.example'`).run()
    expect(await company()).toContain('kept only for companies known to be large enough')
  })
})
