import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeChores } from '../../../src/ledger/chores.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { PROMISES } from '../../../src/privacy/promises.ts'
import { TEXTS } from '../../../src/privacy/texts/catalogue.ts'
import { LIMITS } from '../../../src/privacy/texts/limits.ts'
import { addSite, BALANCING, NOW, publishTable } from '../fixtures.ts'
import { type Ask, api, ask, emptyDesk, fill, makeToken } from './desk.ts'
import { ledTo, submit, wrongIn } from './forms.ts'

const PARTIES = {
  controller: 'Muster | Söhne <b>GmbH</b>, Hauptstraße 1, 89073 Ulm',
  contact: 'datenschutz@shop.example',
  dataProtectionOfficer: 'none',
  authority: 'LfDI Baden-Württemberg',
  policy: 'https://shop.example/datenschutz',
}

beforeEach(async () => {
  await emptyDesk()
  await env.DB.batch(['company_objections', 'chores'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
  await addSite({ settings: { balancing: BALANCING, parties: PARTIES } })
  await addSite({ id: 'other', name: 'Otherwise' })
  await publishTable()
})

const german = { headers: { 'Accept-Language': 'de' } }
const get = (path: string, options: Ask = {}) => ask(`/admin${path}${path.includes('?') ? '&' : '?'}site=shop`, options)
const page = async (path: string, options: Ask = {}): Promise<string> => (await get(path, options)).text()
/** A text as it stands in HTML, its code marked. */
const shown = (text: string): string =>
  text
    .replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)
    .replace(/`([^`]*)`/g, '<code>$1</code>')

describe('the manifest as a page', () => {
  test('P10 tells every promise and every limit, in both languages', async () => {
    for (const [language, options] of [
      ['en', {}],
      ['de', german],
    ] as const) {
      const html = await page('/privacy', options)
      for (const { id, title, says } of PROMISES) {
        expect(html).toContain(`id="${id}"`)
        expect(html).toContain(shown(title[language]))
        expect(html).toContain(shown(says[language]))
      }
      for (const limit of LIMITS) expect(html).toContain(shown(limit[language]))
    }
  })

  test('says what was stated when deploying, and that nothing was', async () => {
    expect(await page('/privacy')).toContain('Nothing was stated when this was deployed.')
    const html = await page('/privacy', {
      env: { DOORPLATE_COMMIT: 'abc1234', DOORPLATE_BUNDLE: 'f00d', DOORPLATE_PROOF: '2026-11-20, 0 found' },
    })
    for (const text of ['abc1234', 'f00d', '2026-11-20, 0 found', 'Stated by whoever deployed']) expect(html).toContain(text)
  })

  test('says what this site does, and where machines read the same', async () => {
    const html = await page('/privacy', german)
    for (const text of [
      'Berechtigtes Interesse',
      '1. Nov. 2026, zu überprüfen bis 1. Nov. 2027',
      'Lesezeit',
      'datenschutz@shop.example',
      'ab 5',
      'https://t.shop.example/.well-known/doorplate.json',
    ])
      expect(html).toContain(text)
    expect(html).not.toContain('fehlt noch')
    await addSite({
      settings: {
        balancing: BALANCING,
        collect: { time: false, journeys: false, downloads: false, outbound: false, forms: false, events: false, campaigns: false },
      },
    })
    const bare = await page('/privacy', german)
    expect(bare).toContain('nur Seitenaufrufe')
    expect(bare).toMatch(/fehlt noch: Verantwortlicher, Kontakt, .* und Datenschutzerklärung/)
  })

  test('P7 names every stored table and its time, when the purge last ran, and what is past its time', async () => {
    const tables = (
      await env.DB.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'd1\\_%' ESCAPE '\\'",
      ).all<{ name: string }>()
    ).results
    const html = await page('/privacy', german)
    for (const { name } of tables.filter(({ name }) => name !== 'sqlite_sequence')) expect(html).toContain(`<code>${name}</code>`)
    expect(html).toContain('90 Tage')
    expect(html).toContain('noch nicht gelaufen')
    expect(html).toContain('Nichts ist überfällig.')
    await fill([{ ago: 24 * 120 }])
    await writeChores(env.DB, [{ name: 'purge', rows: 12 }], NOW - 3_600_000)
    const later = await page('/privacy', german)
    expect(later).toMatch(/lief zuletzt .* 13–14.Uhr; gelöschte Zeilen: 12\./)
    expect(later).toMatch(/beim nächsten Lauf an der Reihe: 3 Zeilen/)
    await env.DB.prepare('UPDATE chores SET done = ?1')
      .bind(hourOf(NOW) - 5)
      .run()
    expect(await page('/privacy', german)).toContain('Gibt es den Cron-Auslöser noch?')
  })

  test('P8 how much of all sites is past its time is for owners of all', async () => {
    await fill([{ ago: 24 * 120, site: 'other' }])
    const { token } = await makeToken('owner', ['shop'])
    expect(await page('/privacy', { token })).not.toMatch(/due with the next run|Nothing is past/)
    expect(await page('/privacy')).toContain('due with the next run')
  })
})

describe('the papers', () => {
  test('are all there, in both languages', async () => {
    const html = await page('/privacy/papers')
    for (const kind of Object.keys(TEXTS))
      for (const text of ['de', 'en']) expect(html).toContain(`/admin/privacy/papers/${kind}?site=shop&amp;text=${text}`)
  })

  test.each(Object.keys(TEXTS).filter((kind) => kind !== 'consent-text'))(
    '%s is made from this site’s settings, to read and to save',
    async (kind) => {
      for (const language of ['de', 'en'] as const) {
        const response = await get(`/privacy/papers/${kind}?text=${language}`)
        expect(response.status).toBe(200)
        const html = await response.text()
        expect(html).toContain(`<article class="paper sheet" lang="${language}">`)
        expect(html).toContain(language === 'de' ? 'Keine Rechtsberatung' : 'Not legal advice')
        expect(html).not.toMatch(/⟦|<b>GmbH/)
        const file = await get(`/privacy/papers/${kind}?text=${language}&file=md`)
        expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${kind}.${language}.md"`)
        expect(await file.text()).toMatch(/^# \S/)
      }
    },
  )

  test('one that lacks a field of the site, or does not fit its basis, says so instead', async () => {
    expect(await page('/privacy/papers/consent-text')).toContain('does not fit the site’s legal basis (Legitimate interest)')
    await addSite()
    const html = await page('/privacy/papers/notice')
    expect(html).toContain(
      'This site does not say yet: Controller, Contact, Data protection officer, Supervisory authority and Privacy policy',
    )
    expect(html).not.toContain('<article')
    expect(await page('/privacy/papers')).toContain('does not say yet')
  })

  test.each(['nothing', 'constructor', 'notice.de.json'])('there is no paper %j', async (kind) => {
    expect((await get(`/privacy/papers/${encodeURIComponent(kind)}`)).status).toBe(404)
  })
})

describe('companies that objected', () => {
  const rows = async () => (await env.DB.prepare('SELECT company_key AS key, names, domains, why FROM company_objections').all()).results

  test('are recorded, listed and lifted', async () => {
    await fill([{ key: 'dom:bmw.example' }, { key: 'dom:bmw.example', site: 'other' }])
    const saved = await submit('/privacy/objections', 'save', {
      company: 'www.bmw.example',
      names: 'BMW AG\nBayerische Motoren Werke',
      domains: 'bmw.test',
      why: 'letter',
    })
    expect(ledTo(saved)).toBe('303 /privacy/objections?site=shop&done=saved&n=2')
    expect(await rows()).toEqual([
      {
        key: 'dom:bmw.example',
        names: '["Bmw.example","BMW AG","Bayerische Motoren Werke"]',
        domains: '["bmw.example","bmw.test"]',
        why: 'letter',
      },
    ])
    expect(await env.DB.prepare('SELECT count(*) AS n FROM company_activity').first('n')).toBe(0)
    const html = await page('/privacy/objections?done=saved&n=2')
    for (const text of ['what 2 sites knew of it is deleted', 'BMW AG', 'bmw.test', 'letter']) expect(html).toContain(text)
    expect(ledTo(await submit('/privacy/objections', 'lift', { key: 'dom:bmw.example', sure: 'yes' }))).toBe(
      '303 /privacy/objections?site=shop&done=lifted',
    )
    expect(await rows()).toEqual([])
  })

  test.each<[object, string]>([
    [{ company: 'Acme GmbH' }, 'weder eine Domain'],
    [{ domains: 'acme.example\nno domain' }, 'keine Domain'],
    [{ why: '' }, 'wann und wie'],
    [{ names: Array.from({ length: 21 }, (_, at) => `name ${at}`).join('\n') }, 'Höchstens 20'],
  ])('%j is refused, named, and what was typed stays', async (over, why) => {
    const response = await submit(
      '/privacy/objections',
      'save',
      { company: 'acme.example', names: 'Typed Name', why: 'typed note', ...over },
      german,
    )
    expect(response.status).toBe(400)
    const html = await response.text()
    expect(wrongIn(html)).toContain(why)
    if (!('names' in over)) expect(html).toContain('Typed Name</textarea>')
    if (!('why' in over)) expect(html).toContain('value="typed note"')
    expect(await rows()).toEqual([])
  })

  test('P8 an owner of one site neither sees nor changes them', async () => {
    await submit('/privacy/objections', 'save', { company: 'acme.example', why: 'x' })
    const { token } = await makeToken('owner', ['shop'])
    expect(await page('/privacy/objections', { token })).not.toContain('acme.example')
    expect((await submit('/privacy/objections', 'save', { company: 'bmw.example', why: 'x' }, { token })).status).toBe(403)
    expect((await submit('/privacy/objections', 'lift', { key: 'dom:acme.example' }, { token })).status).toBe(403)
    expect(await rows()).toHaveLength(1)
    const analyst = (await makeToken('analyst', '*')).token
    expect((await get('/privacy/objections', { token: analyst })).status).toBe(403)
  })
})

describe('the audit log', () => {
  const entries = (html: string): number => html.match(/<td class="nowrap">/g)?.length ?? 0

  test('is read page by page, newest first, of the site or of what concerns none, and saved as a file', async () => {
    for (let number = 0; number < 130; number += 1)
      await env.DB.prepare("INSERT INTO audit VALUES ('shop', ?1, ?2, 'ann', 'rule.save', 'block', 1)")
        .bind(29_000_000 + number, String(number))
        .run()
    await api('/tokens', { json: { name: 'CRM', role: 'viewer', sites: ['shop'] } })
    const first = await page('/privacy/audit', german)
    expect(entries(first)).toBe(100)
    expect(first).toContain('Regel gespeichert')
    expect(first).toContain('href="/admin/api/audit.csv?of=shop"')
    const older = /href="\/admin(\/privacy\/audit\?[^"]*cursor=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await (await ask(`/admin${older}`, german)).text()
    expect(entries(second)).toBe(30)
    expect(second).toContain('Neueste Einträge')
    const ofNone = await page('/privacy/audit?log=all')
    expect(ofNone).toContain('Token made')
    expect(ofNone).toContain('href="/admin/api/audit.csv"')
    expect((await get('/privacy/audit?cursor=xyz')).status).toBe(400)
  })

  test('P8 an owner of one site reads its log and no other', async () => {
    await api('/tokens', { json: { name: 'Secret name', role: 'viewer', sites: ['other'] } })
    await env.DB.prepare("INSERT INTO audit VALUES ('other', 29000000, 'x', 'bob of other', 'rule.save', '', 1)").run()
    const { token } = await makeToken('owner', ['shop'])
    for (const path of ['/privacy/audit', '/privacy/audit?log=all'])
      expect(await page(path, { token })).not.toMatch(/bob|Token made|Of no single site/)
    expect((await get('/privacy/audit', { token: (await makeToken('analyst', ['shop'])).token })).status).toBe(403)
  })
})
