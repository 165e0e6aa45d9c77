/**
 * The dashboard as an operator has it: the real Worker over a real socket, a ledger of 20,000 companies, one Chromium.
 * Every address of the dashboard is made from the list of pages, so that a page that is added is walked over at once.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { PAGES } from '../../src/admin/pages/list.ts'
import { type SiteDraft, saveSite } from '../../src/ledger/sites.ts'
import { ROOT, workerOf } from '../../src/tools/prove/bundle.ts'
import { ADMIN_TOKEN, type Runtime, startRuntime } from '../../src/tools/prove/runtime.ts'
import { compileProofTable, publishProofTable } from '../../src/tools/prove/table.ts'
import { migrate } from '../../src/tools/start/tables.ts'
import { launchChromium } from './chromium.ts'
import { followClick } from './follow.ts'

export const COMPANIES = 20_000
/** A company with visits of every kind. */
export const GUEST = 'dom:guest.example'

export interface Dashboard {
  readonly origin: string
  readonly db: D1Database
  readonly browser: Browser
  /** A context that is signed in. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>
  /** Signs in anew, for contexts from now on. */
  renew(): Promise<void>
  close(): Promise<void>
}

/** Every page, with what stands in its address. */
export const ADDRESSES = PAGES.map((page) => ({
  page,
  name: page.path,
  address: `/admin${page.path === '/' ? '' : page.path.replace(':key', encodeURIComponent(GUEST)).replace(':id', 'shop').replace(':paper', 'toms')}?site=shop`,
}))

export async function openDashboard(): Promise<Dashboard> {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-dashboard-'))
  const { code } = await workerOf(join(ROOT, 'src'))
  const runtime = await startRuntime({ state: join(folder, 'state'), modules: { 'worker.mjs': code } }, { console: [], outbound: [] })
  const [browser] = await Promise.all([launchChromium(), fill(runtime, folder)])
  // A Secure cookie is accepted from localhost without a certificate, and from no other name.
  const origin = `http://localhost:${runtime.url.port}`
  let signedIn = await signIn(browser, origin)
  return {
    origin,
    db: runtime.db,
    browser,
    context: (options = {}) => browser.newContext({ ...options, storageState: signedIn }),
    async renew() {
      signedIn = await signIn(browser, origin)
    },
    async close() {
      await browser.close()
      await runtime.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Through the form, without JavaScript, as everybody does. */
async function signIn(browser: Browser, origin: string) {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${origin}/admin`)
  await page.fill('#token', ADMIN_TOKEN)
  await followClick(page, 'button')
  const state = await context.storageState()
  await context.close()
  return state
}

export async function openPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  return page
}

async function fill({ db, ranges }: Runtime, folder: string): Promise<void> {
  await migrate(db, join(ROOT, 'migrations'))
  await publishProofTable(ranges, await compileProofTable(join(folder, 'table')))
  const site = {
    basis: 'consent' as const,
    timeZone: 'UTC',
    settings: { hot: ['/pricing'], parties: PARTIES },
  } satisfies Partial<SiteDraft>
  await saveSite(
    db,
    { ...site, id: 'shop', name: 'Shop', pageHosts: ['www.shop.example'], endpointHosts: ['t.shop.example'] },
    '2026-11-21',
  )
  await saveSite(
    db,
    { ...site, id: 'second', name: 'Second', pageHosts: ['second.example'], endpointHosts: ['t.second.example'] },
    '2026-11-21',
  )
  const hour = Math.floor(Date.now() / 3_600_000)
  const receipt = JSON.stringify({
    source: 'a source',
    licence: 'CC0',
    sourceVersion: '1',
    sourceDate: '2026-06-17',
    evidence: 'made for a test',
    confidence: 75,
    tableVersion: 'f'.repeat(64),
  })
  await db.batch([
    db
      .prepare(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO companies (site_id, company_key, kind, name, domain, country, city, industry, employees, receipt, first_hour)
         SELECT 'shop', 'dom:c' || i || '.example', iif(i % 9, 'business', 'research'), 'Company ' || i, 'c' || i || '.example',
                substr('DEATCHFRNL', i % 5 * 2 + 1, 2), 'Munich', substr('Machines', 1, 4 + i % 5), '201-500', ?2, ?3 - i % 1200 FROM n`,
      )
      .bind(COMPANIES, receipt, hour),
    db
      .prepare(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO company_activity (site_id, company_key, hour, kind, path, origin, name, count, seconds)
         SELECT 'shop', 'dom:c' || i || '.example', ?2 - i % 700, 'view', '/products/' || i % 40, 'google.com', '', 1 + i % 3, 30 FROM n`,
      )
      .bind(COMPANIES, hour),
    db
      .prepare(
        `INSERT INTO companies (site_id, company_key, kind, name, domain, country, city, industry, employees, receipt, first_hour)
         VALUES ('shop', ?1, 'business', 'Guest', 'guest.example', 'DE', 'Munich', 'Automotive', '10001+', ?2, ?3)`,
      )
      .bind(GUEST, receipt, hour - 50),
    ...VISIT.map(([ago, kind, path, origin, name]) =>
      db
        .prepare(`INSERT INTO company_activity VALUES ('shop', '${GUEST}', ?1, ?2, ?3, ?4, ?5, 1, 40)`)
        .bind(hour - ago, kind, path, origin, name),
    ),
    db.prepare(
      `INSERT INTO company_day (site_id, day, company_key, views, pages, seconds, downloads, outbounds, forms, events, visits, first_hour, last_hour, sources)
       SELECT site_id, date(hour * 3600, 'unixepoch'), company_key, sum(iif(kind = 'view', count, 0)), count(DISTINCT path), sum(seconds), 0, 0, 0, 0, 1,
              min(hour), max(hour), '["google.com"]' FROM company_activity GROUP BY 1, 2, 3`,
    ),
    db
      .prepare(
        `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29)
         INSERT INTO site_totals (site_id, day, dimension, value, count)
         SELECT 'shop', date(?1 * 3600, 'unixepoch', '-' || i || ' days'), d.value ->> 0, d.value ->> 1, d.value ->> 2 + i FROM n, json_each(?2) d`,
      )
      .bind(hour, JSON.stringify(TOTALS)),
  ])
}

/** Without them no paper can be made. */
const PARTIES = {
  controller: 'Shop GmbH, Ulm',
  contact: 'privacy@shop.example',
  dataProtectionOfficer: 'none',
  authority: 'LfDI',
  policy: 'https://shop.example/privacy',
}

type Deed = readonly [ago: number, kind: string, path: string, origin: string, name: string]
const VISIT: readonly Deed[] = [
  [2, 'view', '/', 'google.com', ''],
  [2, 'view', '/pricing', '/', ''],
  [2, 'download', '/pricing', '', 'datasheet.pdf'],
  [2, 'view', '/', '/pricing', ''],
  [26, 'view', '/pricing', 'newsletter / email', ''],
  [26, 'form', '/contact', '', 'contact'],
  [26, 'view', '/contact', '/pricing', ''],
  [50, 'view', '/', '', ''],
]

const TOTALS = [
  ['path', '/', 120],
  ['path', '/pricing', 40],
  ['source', 'google.com', 90],
  ['source', '', 30],
  ['country', 'DE', 130],
  ['country', 'AT', 30],
  ['device', 'desktop', 110],
  ['device', 'mobile', 50],
  ['activity', 'view', 160],
  ['outcome', 'unlisted', 160],
]
