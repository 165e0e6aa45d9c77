/**
 * The snippet in a real browser against the real Worker over a real socket, and what then stands in D1. The browser
 * and its pages are true; the part of Cloudflare, which says where a request came from, is played by the collector.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type SiteDraft, saveSite } from '../../src/ledger/sites.ts'
import { ROOT, workerOf } from '../../src/tools/prove/bundle.ts'
import { CANARIES } from '../../src/tools/prove/canaries.ts'
import { type Runtime, startRuntime } from '../../src/tools/prove/runtime.ts'
import { furnish } from '../../src/tools/prove/sites.ts'
import { compileProofTable, publishProofTable } from '../../src/tools/prove/table.ts'
import { DESKTOP, launchChromium } from './chromium.ts'
import { type Collector, openCollector } from './collector.ts'
import { openWebsite, type Website } from './website.ts'

let folder = ''
let runtime: Runtime
let browser: Browser
let doorplate: Collector
let interest: Website
let consent: Website
let context: BrowserContext
let page: Page

const LISTED = CANARIES.find(({ role, family }) => role === 'listed' && family === 4)?.address ?? ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-snippet-'))
  const { code } = await workerOf(join(ROOT, 'src'))
  runtime = await startRuntime({ state: join(folder, 'state'), modules: { 'worker.mjs': code } }, { console: [], outbound: [] })
  await furnish(runtime.db)
  await publishProofTable(runtime.ranges, await compileProofTable(join(folder, 'table')))
  ;[browser, doorplate, interest, consent] = await Promise.all([
    launchChromium(),
    openCollector({ worker: runtime.url, address: LISTED }),
    openWebsite(''),
    openWebsite(''),
  ])
  await saveSite(runtime.db, site('interest', 'legitimate-interest', interest), '2026-11-21')
  await saveSite(runtime.db, site('consent', 'consent', consent), '2026-11-21')
})
afterAll(async () => {
  await Promise.all([browser?.close(), doorplate?.close(), interest?.close(), consent?.close(), runtime?.stop()])
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  context = await browser.newContext({ userAgent: DESKTOP })
  page = await context.newPage()
  // However long a test takes: no page is looked at for as much as a second.
  await page.clock.setFixedTime('2026-11-21T10:00:00Z')
})
afterEach(() => context.close())

const site = (id: string, basis: SiteDraft['basis'], website: Website): SiteDraft => ({
  id,
  name: id,
  basis,
  timeZone: 'Europe/Berlin',
  settings: {
    names: ['*.pdf', 'contact', 'partner.example:81', 'video-*'],
    ...(basis === 'legitimate-interest' ? { balancing: { confirmedBy: 'Test', date: '2026-01-01', reviewBy: '2099-01-01' } } : {}),
  },
  pageHosts: [`localhost:${website.port}`],
  // A host belongs to one site; the consent site's line names its neighbour's, which the server does not mind.
  endpointHosts: id === 'interest' ? [`localhost:${doorplate.port}`] : [],
})
const line = (host: string, attributes = '') => `<script defer src="http://${host}:${doorplate.port}/d.js" ${attributes}></script>`
const leave = () => page.goto(`http://localhost:${doorplate.port}/last`)

/** What the site's ledger says, whatever the hour. Asked again until the Worker has written as much as it was sent. */
async function rows(id: string, enough: number): Promise<string[]> {
  for (;;) {
    const { results } = await runtime.db
      .prepare('SELECT kind, path, origin, name, count, seconds FROM company_activity WHERE site_id = ?1 ORDER BY kind, path, origin, name')
      .bind(id)
      .all<{ kind: string; path: string; origin: string; name: string; count: number; seconds: number }>()
    if (results.reduce((sum, row) => sum + row.count, 0) >= enough) {
      return results.map(({ kind, path, origin, name, count, seconds }) => `${kind} ${path} <${origin}> ${name} ${count}x ${seconds}s`)
    }
  }
}

test.each([
  ['same-site', 'localhost'],
  ['cross-site', '127.0.0.1'],
])('%s: a walk becomes rows of the company', async (_, host) => {
  await runtime.db.prepare("DELETE FROM company_activity WHERE site_id = 'interest'").run()
  interest.line = line(host, 'data-basis="legitimate-interest"')
  await page.goto(`http://localhost:${interest.port}/start`, { referer: 'https://www.google.com/' })
  for (const step of ['#file', '#inside', '#marked', '#contact button']) await page.click(step)
  await page.click('#next')
  await page.waitForURL('**/next')
  await leave()
  expect(await rows('interest', 6)).toEqual([
    'download /start <> Datasheet-X200.PDF 1x 0s',
    'event /start <> video-intro 1x 0s',
    'form /start <> contact 1x 0s',
    'outbound /start <> partner.example:81 1x 0s',
    'view /next </start>  1x 0s',
    'view /start <google.com>  1x 0s',
  ])
})

test('P1 on a consent site nothing is stored before consent, and what comes after it is', async () => {
  consent.line = line('localhost')
  await page.goto(`http://localhost:${consent.port}/start`)
  await page.click('#marked')
  await page.evaluate(() => window.doorplate?.('consent', true))
  await leave()
  expect(await rows('consent', 1)).toEqual(['view /start <>  1x 0s'])
})

test.each([
  ['a line that claims another basis', 'data-basis="legitimate-interest"', {}],
  ['GPC by header alone', '', { 'sec-gpc': '1' }],
  ['DNT by header alone', '', { dnt: '1' }],
])('P1 %s: the browser sends, the server stores nothing', async (_, attributes, headers) => {
  const before = await rows('consent', 0)
  const objected = (all: readonly { readonly p?: unknown }[]) => all.filter(({ p }) => p === '/objector').length
  const sent = objected(doorplate.received.map(({ event }) => event))
  consent.line = line('localhost', attributes)
  await context.setExtraHTTPHeaders(headers)
  await page.goto(`http://localhost:${consent.port}/objector`)
  if (attributes === '') await page.evaluate(() => window.doorplate?.('consent', true))
  await doorplate.until((all) => objected(all) > sent)
  await page.evaluate(() => window.doorplate?.('consent', false))
  // What is sent after it has been written when this has.
  await context.setExtraHTTPHeaders({})
  consent.line = line('localhost')
  await page.goto(`http://localhost:${consent.port}/after`)
  await page.evaluate(() => window.doorplate?.('consent', true))
  const counted = before.length === 0 ? 0 : before.reduce((sum, row) => sum + Number(/ (\d+)x/.exec(row)?.[1]), 0)
  const after = await rows('consent', counted + 1)
  expect(after.filter((row) => row.includes('/objector'))).toEqual([])
})

test('P1 the opt-out cookie of the same site reaches the Worker', async () => {
  interest.line = line('localhost', 'data-basis="legitimate-interest"')
  await page.goto(`http://localhost:${doorplate.port}/opt-out`)
  await page.goto(`http://localhost:${interest.port}/objector`)
  await doorplate.until((all) => all.some(({ p }) => p === '/objector'))
  await context.clearCookies()
  await page.goto(`http://localhost:${interest.port}/after`)
  const all = await (async () => {
    for (;;) {
      const now = await rows('interest', 0)
      if (now.some((row) => row.includes('view /after'))) return now
    }
  })()
  expect(all.filter((row) => row.includes('view /objector'))).toEqual([])
})
