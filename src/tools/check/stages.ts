/**
 * A visit to the page, four times, each in a fresh profile: until a choice is asked for, with a refusal, with consent,
 * and with GPC. Events are answered here and never reach Doorplate; the file is loaded as any visitor would.
 */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { DESKTOP } from '../chromium.ts'
import { BUTTONS } from './buttons.ts'
import type { FoundLine, Sent, Stage, StageName } from './verdict.ts'

export interface Visit {
  readonly url: string
  /** Doorplate's host, where the page does not name it. */
  readonly host: string | null
  readonly accept: string | null
  readonly refuse: string | null
  /** A page is quiet when nothing was requested for so long. */
  readonly quietMs: number
}

/** Longer than any page that ever gets quiet. */
const LONGEST_MS = 20_000
const OURS = ['/d.js', '/cmp.js', '/e']

export async function visitStages(browser: Browser, visit: Visit): Promise<{ line: FoundLine | null; stages: readonly Stage[] }> {
  const looked = await stage(browser, visit, 'before-choice', null)
  const line = looked.line
  const stages = [looked.stage]
  for (const [name, choice] of [
    ['after-refusal', 'refuse'],
    ['after-consent', 'accept'],
    ['with-gpc', 'accept'],
  ] as const) {
    stages.push((await stage(browser, visit, name, choice)).stage)
  }
  return { line, stages }
}

async function stage(browser: Browser, visit: Visit, name: StageName, choice: 'accept' | 'refuse' | null) {
  const context = await browser.newContext({ userAgent: DESKTOP, ...(name === 'with-gpc' && { extraHTTPHeaders: { 'sec-gpc': '1' } }) })
  if (name === 'with-gpc') await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  const requests: Request[] = []
  context.on('request', (request) => requests.push(request))
  await context.route(isEvent, (route) => route.fulfill({ status: 204 }))
  try {
    const page = await context.newPage()
    const quiet = quietness(page, context, visit.quietMs)
    await page.goto(visit.url, { waitUntil: 'load' })
    await quiet()
    const line = await findLine(page)
    let decidedBy: string | null = null
    if (choice !== null) {
      // What came before the choice has been listed by the stage before it.
      if (name !== 'with-gpc') requests.length = 0
      decidedBy = await decide(page, choice, visit[choice])
      await quiet()
      await turnAway(page)
      await quiet()
      // The decision has to hold on the next page too.
      await page.goto(visit.url, { waitUntil: 'load' })
      await quiet()
    }
    await turnAway(page)
    await quiet()
    const host = visit.host ?? (line === null ? null : new URL(line.endpoint).host)
    const sent = requests.filter((request) => isOurs(new URL(request.url()), host, new URL(visit.url).host)).map(describe)
    return { line, stage: { name, decidedBy, sent } }
  } finally {
    await context.close()
  }
}

/**
 * As if the visitor turned to another tab: what a page sends when it is left is sent now. What it would send while it
 * is unloaded passes by the browser's own tools, unseen and not to be answered here.
 */
function turnAway(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
}

/** Presses the banner's button; where there is none, tells the page's Doorplate itself. */
export async function decide(page: Page, choice: 'accept' | 'refuse', named: string | null): Promise<string> {
  for (const selector of named === null ? BUTTONS.map((buttons) => buttons[choice]) : [named]) {
    const button = page.locator(selector).filter({ visible: true }).first()
    if ((await button.count()) > 0) {
      await button.click()
      return selector
    }
  }
  if (named !== null) throw new Error(`There is no visible button "${named}" on the page.`)
  await page.evaluate((yes) => window.doorplate?.('consent', yes), choice === 'accept')
  return `doorplate('consent', ${choice === 'accept'})`
}

/** The line in the finished page, held back or not. */
async function findLine(page: Page): Promise<FoundLine | null> {
  return page.evaluate(() => {
    for (const script of document.scripts) {
      const named = [...script.attributes].find(
        ({ name, value }) => /(^|-)src$/.test(name) && URL.parse(value, document.baseURI)?.pathname.endsWith('/d.js'),
      )
      if (named === undefined) continue
      const runs = named.name === 'src' && ['', 'text/javascript', 'application/javascript'].includes(script.type)
      const endpoint = URL.parse(script.dataset.to ?? named.value, document.baseURI)
      if (endpoint === null) continue
      const form = !runs ? 'gated' : script.dataset.to === undefined ? 'plain' : 'self-hosted'
      return {
        form,
        endpoint: endpoint.origin,
        basis: script.dataset.basis === 'legitimate-interest' ? 'legitimate-interest' : 'consent',
      } as const
    }
    return null
  })
}

/** On a host of its own everything is Doorplate's; on the page's own host the paths that are. */
function isOurs(url: URL, host: string | null, pageHost: string): boolean {
  if (host === null) return isEvent(url)
  return url.host === host && (host !== pageHost || OURS.includes(url.pathname))
}

const isEvent = (url: URL) => url.pathname === '/e'

function describe(request: Request): Sent {
  return { method: request.method(), url: request.url(), event: request.method() === 'POST' ? (request.postData() ?? '') : null }
}

/** A document or a script leads to more requests: while one is on its way the page only looks quiet. */
const leadsOn = (request: Request) => ['document', 'script'].includes(request.resourceType())

/**
 * Listens from now on. What it returns resolves when the browser has asked for nothing for a while, and nothing that leads
 * to more is under way. On a busy machine a while is short: so the page is asked too, and answers when what waited in it
 * has had its turn.
 */
function quietness(page: Page, context: BrowserContext, quietMs: number): () => Promise<void> {
  const under = new Set<Request>()
  let events = 0
  context.on('request', (request) => {
    events++
    if (leadsOn(request)) under.add(request)
  })
  const answered = (request: Request) => {
    events++
    under.delete(request)
  }
  context.on('requestfinished', answered).on('requestfailed', answered)
  return async () => {
    const until = Date.now() + LONGEST_MS
    for (let before = -1; (before !== events || under.size > 0) && Date.now() < until; ) {
      before = events
      await page.waitForTimeout(quietMs)
      // A page that goes on to another one meanwhile has no answer.
      await page.evaluate(() => new Promise<void>((turn) => setTimeout(turn))).catch(() => undefined)
    }
  }
}
