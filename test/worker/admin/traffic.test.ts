import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { addSite } from '../fixtures.ts'
import { type Ask, ask, emptyDesk, fill } from './desk.ts'

const PAGE = '/admin/traffic?site=shop'

beforeEach(async () => {
  await emptyDesk()
  await addSite()
})

const total = (day: string, dimension: string, value: string, count: number) =>
  env.DB.prepare("INSERT INTO site_totals VALUES ('shop', ?1, ?2, ?3, ?4)").bind(day, dimension, value, count).run()

/** The two halves of the page: what companies did, and everybody else. */
async function halves(options: Ask = {}, path = PAGE): Promise<readonly [named: string, counted: string]> {
  const html = await (await ask(path, options)).text()
  const [, named = '', counted = ''] = html.split(/<section class="sheet" aria-labelledby="(?:named|counted)">/)
  return [named, counted]
}

test('companies and everybody else stand beside each other, and are in no sum together', async () => {
  await fill([
    { path: '/pricing', origin: 'google.com', count: 7 },
    { key: 'dom:siemens.example', path: '/pricing', kind: 'download', name: 'sheet.pdf' },
  ])
  await total('2026-11-20', 'path', '/pricing', 30)
  await total('2026-11-20', 'country', 'DE', 30)
  const [named, counted] = await halves()
  expect(named).toContain('7 page views')
  expect(named).toContain('sheet.pdf')
  expect(named).not.toContain('>30<')
  expect(counted).toContain('30 page views')
  expect(counted).toContain('Germany')
  expect(counted).not.toMatch(/google|sheet\.pdf/)
  expect(named + counted).not.toContain('>37<')
})

test('P5 small figures are folded, today is in no sum and only in steps', async () => {
  await total('2026-11-20', 'path', '/', 20)
  await total('2026-11-20', 'path', '/rare', 3)
  await total('2026-11-20', 'path', '/rarer', 4)
  await total('2026-11-21', 'path', '/', 13)
  const [, counted] = await halves()
  expect(counted).not.toMatch(/rare/)
  expect(counted).toContain('27 page views')
  expect(counted).toMatch(/<bdi>Other<\/bdi><\/span><span class="number">7</)
  expect(counted).toContain('Since then at least 10 page views, in steps of 5')
})

test('a page and a source lead to the companies behind them, in the same period; what is folded leads nowhere', async () => {
  await fill([
    { path: '/docs & more', origin: 'newsletter / email' },
    { path: '(other)', origin: '/' },
  ])
  const [named] = await halves({}, `${PAGE}&days=7`)
  expect(named).toContain('href="/admin?site=shop&amp;days=7&amp;path=%2Fdocs+%26+more"')
  expect(named).toContain('href="/admin?site=shop&amp;days=7&amp;source=newsletter+%2F+email"')
  expect(named).not.toContain('path=%28other%29')
  expect((await ask('/admin?site=shop&days=7&source=newsletter+%2F+email')).status).toBe(200)
})

test('charts have a title, a text and a table, and a site that releases by week says so', async () => {
  await addSite({ settings: { release: { bucket: 'week', k: 5 } }, basis: 'consent' })
  await fill([{ path: '/', ago: 48, count: 4 }])
  for (const day of ['2026-11-09', '2026-11-12']) await total(day, 'path', '/', 10)
  const [named, counted] = await halves()
  for (const half of [named, counted]) {
    expect(half).toContain('<figcaption>')
    expect(half).toMatch(/<svg [^>]*role="img" aria-label="[^"]+/)
    expect(half).toMatch(/<table>.*<th scope="row">/s)
  }
  expect(counted).toContain('Anonymous page views per week')
  expect(counted).toContain('Whole weeks that are over')
})

test('where nothing was counted the possible reasons stand, each with its check, in German too', async () => {
  const html = await (await ask(PAGE, { headers: { 'Accept-Language': 'de' } })).text()
  expect(html).toContain('In diesem Zeitraum wurde nichts gezählt')
  expect(html).toContain('href="/admin/sites/shop?site=shop#check"')
  expect(html).toContain('href="/admin/sites/shop?site=shop#explain"')
})

test('a period that cannot be is said, and the last thirty days are shown', async () => {
  const html = await (await ask(`${PAGE}&from=2026-11-20&to=2026-11-01`)).text()
  expect(html).toContain('This period cannot be shown')
  expect(html).toContain('23 Oct')
})
