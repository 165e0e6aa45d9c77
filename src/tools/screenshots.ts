/**
 * `npm run screenshots`: every page of the dashboard in both languages and colour schemes, wide and as a phone shows it, of
 * the demo site with its invented month. They go to .doorplate/screenshots; the four that the README shows go to
 * docs/screenshots. A Worker, a database and a browser of their own: nothing of the local system is touched.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { saveSite } from '../ledger/sites.ts'
import { buildAssets } from './build.ts'
import { launchChromium } from './chromium.ts'
import { fillDemo } from './demo/month/fill.ts'
import { ROOT, workerOf } from './prove/bundle.ts'
import { ADMIN_TOKEN, type Runtime, startRuntime } from './prove/runtime.ts'
import { DEMO_SITE, demoSite } from './start/demo-site.ts'
import { provideTable } from './start/range-table.ts'
import { migrate } from './start/tables.ts'

const ALL = join(ROOT, '.doorplate/screenshots')
const SHOWN = join(ROOT, 'docs/screenshots')

interface Look {
  readonly language: 'de' | 'en'
  readonly colorScheme: 'light' | 'dark'
  readonly width: number
}

const LOOKS: readonly Look[] = (['en', 'de'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((colorScheme) => [1280, 360].map((width) => ({ language, colorScheme, width }))),
)

/** For the README: the page, how it looks, how much of it. */
const BEST: Readonly<Record<string, Look & { readonly page: string; readonly height: number }>> = {
  companies: { page: 'companies', language: 'en', colorScheme: 'light', width: 1280, height: 900 },
  company: { page: 'company', language: 'en', colorScheme: 'dark', width: 1280, height: 1000 },
  'pages-and-sources': { page: 'traffic', language: 'de', colorScheme: 'light', width: 1280, height: 900 },
  'range-table': { page: 'ranges', language: 'en', colorScheme: 'light', width: 1280, height: 900 },
}

const TALLEST = 3000

/** A fifth of a PNG's bytes, and text stays sharp. */
const QUALITY = 82

if (process.argv.includes('--help')) {
  console.log(
    'npm run screenshots takes every page of the dashboard, in both languages, schemes and two widths, into .doorplate/screenshots.',
  )
  process.exit(0)
}

const folder = await mkdtemp(join(tmpdir(), 'doorplate-screenshots-'))
await buildAssets()
const { code } = await workerOf(join(ROOT, 'src'))
const runtime = await startRuntime({ state: join(folder, 'state'), modules: { 'worker.mjs': code } }, { console: [], outbound: [] })
const browser = await launchChromium()
try {
  await furnish(runtime)
  const origin = `http://localhost:${runtime.url.port}`
  await Promise.all([ALL, SHOWN].map((into) => mkdir(into, { recursive: true })))
  const pages = await pagesOf(await signedIn(browser, origin, { language: 'en', colorScheme: 'light', width: 1280 }), origin)
  for (const look of LOOKS) {
    const fresh = await launchChromium()
    const context = await signedIn(fresh, origin, look)
    for (const [name, address] of pages) {
      await shootWhole(context, address, join(ALL, `${name}-${look.language}-${look.colorScheme}-${look.width}.png`))
    }
    await fresh.close()
  }
  for (const [name, { page, height, ...look }] of Object.entries(BEST)) {
    const context = await signedIn(browser, origin, look)
    await shootTop(context, pages.get(page) ?? '', join(SHOWN, `${name}.webp`), height)
    await context.close()
  }
  console.log(`${pages.size * LOOKS.length} screenshots are in ${ALL}, ${Object.keys(BEST).length} in ${SHOWN}.`)
} finally {
  await browser.close()
  await runtime.stop()
  await rm(folder, { recursive: true, force: true })
}

async function furnish({ db, ranges }: Runtime): Promise<void> {
  await migrate(db, join(ROOT, 'migrations'))
  await saveSite(db, demoSite(8788), new Date().toISOString().slice(0, 10))
  await provideTable(ranges, [], () => undefined)
  await fillDemo(db, ranges, DEMO_SITE, Date.now())
}

async function signedIn(of: Browser, origin: string, { language, colorScheme, width }: Look): Promise<BrowserContext> {
  const context = await of.newContext({ locale: language, colorScheme, viewport: { width, height: 800 }, deviceScaleFactor: 1 })
  const page = await context.newPage()
  await page.goto(`${origin}/admin`)
  await page.fill('#token', ADMIN_TOKEN)
  await page.click('button')
  await page.waitForURL(`${origin}/admin`)
  await page.close()
  return context
}

/** Every page by a name for its file: what the masthead leads to, a company, a site, and the door. */
async function pagesOf(context: BrowserContext, origin: string): Promise<Map<string, string>> {
  const page = await context.newPage()
  await page.goto(`${origin}/admin?site=${DEMO_SITE}&sort=views`)
  const links = await hrefs(page, 'header nav a')
  const found = new Map(links.map((link) => [/^\/admin\/(\w+)/.exec(link)?.[1] ?? 'companies', `${origin}${link}`]))
  const [company] = await hrefs(page, '[data-row]')
  if (company !== undefined) found.set('company', `${origin}${company}`)
  await page.goto(found.get('sites') ?? origin)
  const site = (await hrefs(page, 'main a')).find((link) => link.startsWith('/admin/sites/'))
  if (site !== undefined) found.set('site', `${origin}${site}`)
  found.set('login', `${origin}/admin/login`)
  await context.close()
  return found
}

async function hrefs(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
}

/** All of the page. */
async function shootWhole(context: BrowserContext, address: string, path: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(address)
  await page.bringToFront()
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'))
  // What is below is more of the same.
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height: Math.min(height, TALLEST) })
  await page.screenshot({ path })
  await page.close()
}

/** The top of the page, as WebP, which Playwright itself does not make. */
async function shootTop(context: BrowserContext, address: string, path: string, height: number): Promise<void> {
  const page = await context.newPage()
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height })
  await page.goto(address)
  const browserSide = await context.newCDPSession(page)
  const { data } = await browserSide.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  await writeFile(path, Buffer.from(data, 'base64'))
  await page.close()
}
