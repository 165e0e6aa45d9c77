/**
 * `/opt-out` and `/you` as visitors meet them: the real Worker over a real socket, a real browser. `localhost` and
 * `127.0.0.1` are two registrable domains to a browser's cookies.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { saveSite } from '../../src/ledger/sites.ts'
import { VISITOR_TEXTS } from '../../src/privacy/texts/visitor.ts'
import { ROOT, workerOf } from '../../src/tools/prove/bundle.ts'
import { CANARIES, type Role } from '../../src/tools/prove/canaries.ts'
import { type Runtime, startRuntime } from '../../src/tools/prove/runtime.ts'
import { furnish } from '../../src/tools/prove/sites.ts'
import { compileProofTable, publishProofTable } from '../../src/tools/prove/table.ts'
import { DESKTOP, launchChromium } from './chromium.ts'
import { type Edge, openEdge } from './edge.ts'
import { follow, followClick } from './follow.ts'
import { contextOf, expectSound, LOOKS, tabTo } from './looks.ts'
import { openWebsite, type Website } from './website.ts'

let folder = ''
let runtime: Runtime
let browser: Browser
let edge: Edge
/** Its Doorplate is on its own domain. */
let near: Website
/** Its Doorplate is on another one. */
let far: Website
/** Doorplate's host of each. */
let nearHost = ''
let farHost = ''

const address = (role: Role): string => CANARIES.find((canary) => canary.role === role && canary.family === 4)?.address ?? ''
const { en } = VISITOR_TEXTS
const PARTIES = { contact: 'datenschutz@muster.example' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-visitor-'))
  const { code } = await workerOf(join(ROOT, 'src'))
  runtime = await startRuntime({ state: join(folder, 'state'), modules: { 'worker.mjs': code } }, { console: [], outbound: [] })
  await furnish(runtime.db)
  await publishProofTable(runtime.ranges, await compileProofTable(join(folder, 'table')))
  ;[browser, edge, near, far] = await Promise.all([launchChromium(), openEdge(runtime.url), openWebsite(''), openWebsite('')])
  nearHost = `localhost:${edge.port}`
  farHost = `127.0.0.1:${edge.port}`
  const site = { basis: 'legitimate-interest', timeZone: 'Europe/Berlin' } as const
  const balancing = { confirmedBy: 'Test', date: '2026-01-01', reviewBy: '2099-01-01' }
  await saveSite(
    runtime.db,
    {
      ...site,
      id: 'near',
      name: 'Near',
      settings: { balancing, parties: PARTIES },
      pageHosts: [`localhost:${near.port}`],
      endpointHosts: [nearHost],
    },
    '2026-11-21',
  )
  const policy = `http://localhost:${far.port}/privacy`
  await saveSite(
    runtime.db,
    {
      ...site,
      id: 'far',
      name: 'Far',
      basis: 'consent',
      settings: { parties: { ...PARTIES, policy } },
      pageHosts: [`localhost:${far.port}`],
      endpointHosts: [farHost],
    },
    '2026-11-21',
  )
})
afterAll(async () => {
  await Promise.all([browser?.close(), edge?.close(), near?.close(), far?.close(), runtime?.stop()])
  await rm(folder, { recursive: true, force: true })
})

const pages: Page[] = []
async function open(path: string, options: BrowserContextOptions = { userAgent: DESKTOP, locale: 'en' }): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  pages.push(page)
  await page.goto(path)
  return page
}
beforeEach(() => {
  edge.address = address('listed')
})
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()))
})

const standing = (page: Page): Promise<string | null> => page.textContent('.state')
const cookies = async (page: Page): Promise<string[]> => (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`)

/** Views of a page in the site's ledger, asked again until there are so many. */
async function untilViews(site: string, path: string): Promise<number> {
  for (;;) {
    const views = await runtime.db
      .prepare("SELECT sum(count) AS views FROM company_activity WHERE site_id = ?1 AND kind = 'view' AND path = ?2")
      .bind(site, path)
      .first<number>('views')
    if (views !== null) return views
  }
}
async function everSeen(path: string): Promise<boolean> {
  const seen = await runtime.db
    .prepare('SELECT path FROM company_activity WHERE path = ?1 UNION ALL SELECT value FROM site_totals WHERE value = ?1')
    .bind(path)
    .first()
  return seen !== null
}

describe.each(LOOKS)('in $language at $width px, dark $dark', (look) => {
  const t = VISITOR_TEXTS[look.language]

  test('every state of /opt-out is sound', async () => {
    const page = await open(`http://${nearHost}/opt-out`, contextOf(look))
    expect(await standing(page)).toBe(t.notObjected)
    await expectSound(page, look)
    await followClick(page, 'button')
    expect(await standing(page)).toBe(t.objected)
    await expectSound(page, look)
    await page.context().setExtraHTTPHeaders({ 'Sec-GPC': '1' })
    await followClick(page, 'button')
    expect(await standing(page)).toBe(t.objects)
    await expectSound(page, look)
    await page.goto(`http://${farHost}/opt-out`)
    expect(await standing(page)).toBe(t.cannotReach)
    await expectSound(page, look)
  })

  test('every state of /you is sound', async () => {
    const page = await open(`http://${nearHost}/you`, contextOf(look))
    expect(await standing(page)).toBe(t.youCompany)
    expect(await page.locator('main').innerText()).toContain('Kanarienwerke')
    await expectSound(page, look)
    edge.address = address('unlisted')
    await page.reload()
    expect(await standing(page)).toBe(t.youNobody)
    await expectSound(page, look)
    edge.address = address('hidden')
    await page.reload()
    await expectSound(page, look)
    await page.context().setExtraHTTPHeaders({ 'Sec-GPC': '1' })
    await page.reload()
    expect(await standing(page)).toBe(t.youObject)
    await expectSound(page, look)
    await page.goto(`http://${farHost}/you`)
    await expectSound(page, look)
  })
})

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, javaScriptEnabled) => {
  const visitor = { userAgent: DESKTOP, locale: 'en', javaScriptEnabled }

  test('P6 objecting and withdrawing by keyboard alone', async () => {
    const page = await open(`http://${nearHost}/opt-out`, visitor)
    expect(await tabTo(page, en.object)).toBe(2)
    await follow(page, () => page.keyboard.press('Enter'))
    expect(await standing(page)).toBe(en.objected)
    expect(await cookies(page)).toEqual(['doorplate_optout=1'])
    expect(await tabTo(page, en.withdraw)).toBe(2)
    await follow(page, () => page.keyboard.press('Space'))
    expect(await standing(page)).toBe(en.notObjected)
    expect(await cookies(page)).toEqual([])
  })

  test('P6 from the website it takes two clicks, and looking sets nothing', async () => {
    // The test page lets nobody away but by links of this name.
    near.line = `<a id="next" class="object" href="http://${nearHost}/opt-out">Object</a>`
    const page = await open(`http://localhost:${near.port}/privacy`, visitor)
    await followClick(page, '.object')
    expect(await cookies(page)).toEqual([])
    await followClick(page, 'text="Object on this device"')
    expect(await standing(page)).toBe(en.objected)
    expect(await page.context().cookies()).toMatchObject([{ name: 'doorplate_optout', value: '1', secure: true, sameSite: 'Lax' }])
  })

  test('the other language is one click away and stays', async () => {
    const page = await open(`http://${nearHost}/opt-out`, visitor)
    await followClick(page, `text="${en.otherLanguage}"`)
    expect(await standing(page)).toBe(VISITOR_TEXTS.de.notObjected)
    await followClick(page, 'button')
    expect(await standing(page)).toBe(VISITOR_TEXTS.de.objected)
    await followClick(page, `text="${VISITOR_TEXTS.de.youLink}"`)
    expect(await standing(page)).toBe(VISITOR_TEXTS.de.youObject)
    await followClick(page, `text="${VISITOR_TEXTS.de.lookOnce}"`)
    expect(await standing(page)).toBe(VISITOR_TEXTS.de.youCompany)
  })
})

describe('an objection made on /opt-out', () => {
  test('P1 holds on a website of the same domain until it is withdrawn', async () => {
    near.line = `<script defer src="http://${nearHost}/d.js" data-basis="legitimate-interest"></script>`
    const page = await open(`http://${nearHost}/opt-out`)
    await followClick(page, 'button')
    await page.goto(`http://localhost:${near.port}/objecting`)
    await page.goto(`http://${nearHost}/opt-out`)
    await followClick(page, 'button')
    await page.goto(`http://localhost:${near.port}/counted`)
    await page.goto(`http://${nearHost}/you`)
    expect(await untilViews('near', '/counted')).toBe(1)
    expect(await everSeen('/objecting')).toBe(false)
  })

  test('P1 cannot be made on another domain, where it would not hold; on the website itself it can', async () => {
    far.line = `<script defer src="http://${farHost}/d.js"></script>`
    const page = await open(`http://${farHost}/opt-out`)
    expect(await standing(page)).toBe(en.cannotReach)
    expect(await page.locator('form, button').count()).toBe(0)
    await followClick(page, `text="${en.toPolicy}"`)
    expect(new URL(page.url()).pathname).toBe('/privacy')
    await page.click('#opt-out')
    await page.evaluate(() => window.doorplate?.('consent', true))
    await page.goto(`http://localhost:${far.port}/objecting-far`)
    await page.evaluate(() => window.doorplate?.('consent', true))
    // Somebody else, who agrees: what was sent before has arrived when this has.
    const other = await open(`http://localhost:${far.port}/counted-far`)
    await other.evaluate(() => window.doorplate?.('consent', true))
    await other.goto(`http://${farHost}/you`)
    expect(await untilViews('far', '/counted-far')).toBe(1)
    expect(await everSeen('/objecting-far')).toBe(false)
    expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({ 'doorplate:opt-out': '1' })
  })

  test('P1 a cookie of another domain, set all the same, does not travel and is not missed: the page said so', async () => {
    const page = await open(`http://${farHost}/opt-out`)
    await page.context().addCookies([{ name: 'doorplate_optout', value: '1', domain: '127.0.0.1', path: '/', sameSite: 'Lax' }])
    far.line = `<script defer src="http://${farHost}/d.js"></script>`
    await page.goto(`http://localhost:${far.port}/cookie-far`)
    await page.evaluate(() => window.doorplate?.('consent', true))
    await page.goto(`http://${farHost}/you`)
    expect(await untilViews('far', '/cookie-far')).toBe(1)
    expect(await standing(page)).toBe(en.youObject)
  })
})
