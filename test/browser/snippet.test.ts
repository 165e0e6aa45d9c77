import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { DESKTOP, launchChromium } from './chromium.ts'
import { type Collector, openCollector } from './collector.ts'
import { openWebsite, type Website } from './website.ts'

let browser: Browser
let doorplate: Collector
let website: Website
let context: BrowserContext
let page: Page
let at = ''
/** Every request the browser made in this test. */
let made: string[] = []
const broken: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  // Hosts of its own for every test: a page of the one before may still be saying goodbye.
  ;[doorplate, website] = await Promise.all([openCollector(), openWebsite('')])
  at = `http://localhost:${website.port}`
  website.line = line('data-basis="legitimate-interest"')
  made = []
  context = await browser.newContext({ userAgent: DESKTOP })
  context.on('request', (request) => made.push(`${request.method()} ${request.url()}`))
  page = await context.newPage()
  page.on('pageerror', (error) => broken.push(error.message))
})
afterEach(async () => {
  await context.close()
  await Promise.all([doorplate.close(), website.close()])
  // Whatever happens, the page never sees an exception of ours.
  expect(broken.splice(0)).toEqual([])
})

const line = (attributes = '', host = 'localhost') => `<script defer src="http://${host}:${doorplate.port}/d.js" ${attributes}></script>`
const events = () => doorplate.received.map(({ event }) => event)
const count = (n: number) => doorplate.until((all) => all.length >= n)
const byKind = (one: { readonly k?: unknown }, other: { readonly k?: unknown }) => String(one.k).localeCompare(String(other.k))
/** What a page calls. */
const call = (...words: unknown[]) => page.evaluate((given) => window.doorplate?.(...(given as [string, unknown])), words)
/** Leaves for a page without Doorplate; when that has come, everything sent before has too. */
const leave = () => page.goto(`http://localhost:${doorplate.port}/last`)
/** The same without leaving. */
const settle = () =>
  page.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => undefined), `http://localhost:${doorplate.port}/last`)
const dispatch = (type: string) => page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type)
/** As if the visitor turned to another tab, or came back. Headless tabs are always in sight. */
const turn = (away: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, away)

test('a walk over two pages: views, how each was reached, one leave each, and nothing else is requested', async () => {
  const hour = new Date('2026-11-21T10:00:00Z')
  await page.clock.setFixedTime(hour)
  await page.goto(`${at}/start?utm_source=newsletter&utm_medium=email&utm_campaign=autumn&person=anna#top`, {
    referer: 'https://www.google.com/search?q=anna',
  })
  await count(1)
  await page.clock.setFixedTime(hour.getTime() + 90_900)
  await page.click('#next')
  await count(3)
  await page.clock.setFixedTime(hour.getTime() + 7_200_000)
  await leave()
  await count(4)
  await settle()

  const start = { p: '/start', r: 'www.google.com', us: 'newsletter', um: 'email', uc: 'autumn' }
  const next = { p: '/next', f: '/start' }
  const [first, ...then] = events()
  expect([first, then.slice(0, 2).toSorted(byKind), ...then.slice(2)]).toEqual([
    { k: 'view', ...start },
    // The old page's leave and the new one's view may pass each other on the way.
    [
      { k: 'leave', ...start, d: 90 },
      { k: 'view', ...next },
    ],
    { k: 'leave', ...next, d: 3600 },
  ])
  for (const { headers } of doorplate.received) {
    expect(headers).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8', origin: at })
    expect(headers).not.toHaveProperty('cookie')
  }
  expect(new Set(doorplate.requests)).toEqual(new Set(['GET /d.js', 'POST /e', 'GET /last']))
  expect(made.filter((url) => !url.includes(`:${website.port}/`) && !url.includes(`:${doorplate.port}/`))).toEqual([])
})

test('P6 after a full visit nothing is on the device', async () => {
  await page.goto(`${at}/start`)
  await page.click('#out')
  await page.click('#next')
  await page.waitForURL('**/next')
  await count(4)
  expect(
    await page.evaluate(async () => [
      document.cookie,
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]),
  ).toEqual(['', 0, 0, 0, 0, 0])
  expect(await context.cookies()).toEqual([])
})

test('what is done on a page: downloads, outbound links, forms by name, marked elements, own events', async () => {
  await page.goto(`${at}/start`)
  const steps = ['#file', '#foreign-file', '#inside', '#shadowed', '#mail', '#anchor', '#marked span'] as const
  for (const step of steps) await page.click(step)
  for (const form of ['#contact', '[data-doorplate-form]', '#clobbered', '.nameless']) await page.click(`${form} button`)
  await call('event', 'configurator-finished')
  await call('event')
  await call('event', { length: 6, secret: 'secret' })
  await leave()
  await count(10)
  await settle()
  const done = events().filter(({ k }) => k !== 'view' && k !== 'leave')
  // Beacons sent one upon the other may pass each other on the way.
  expect(done).toHaveLength(8)
  expect(done).toEqual(
    expect.arrayContaining([
      { k: 'download', p: '/start', n: 'Datasheet-X200.PDF' },
      { k: 'download', p: '/start', n: 'paper.pdf' },
      { k: 'outbound', p: '/start', n: 'partner.example:81' },
      { k: 'outbound', p: '/start', n: 'shadow.example' },
      { k: 'event', p: '/start', n: 'video-intro' },
      { k: 'form', p: '/start', n: 'contact' },
      { k: 'form', p: '/start', n: 'newsletter' },
      { k: 'event', p: '/start', n: 'configurator-finished' },
    ]),
  )
  expect(JSON.stringify(doorplate.received)).not.toMatch(/secret|anna/)
})

test('long words are cut to what the server takes', async () => {
  await page.goto(`${at}/${'p'.repeat(600)}?utm_campaign=${'c'.repeat(80)}`)
  await count(1)
  await call('event', `${'e'.repeat(80)}!`)
  await count(2)
  const [view, event] = events()
  expect(view).toEqual({ k: 'view', p: `/${'p'.repeat(511)}`, uc: 'c'.repeat(64) })
  expect(event).toMatchObject({ n: `${'e'.repeat(63)}!` })
})

test('a single-page app: push, replace and pop are views, the same path is not', async () => {
  await page.goto(`${at}/app`)
  await count(1)
  const change = async (method: 'pushState' | 'replaceState', to: string, events: number) => {
    await page.evaluate(([name, url]) => history[name as 'pushState']({}, '', url), [method, to])
    // Two beacons at once may pass each other on the way.
    await count(events)
  }
  await change('replaceState', '?filter=1', 1)
  await change('pushState', '/app/products?page=1', 3)
  await change('replaceState', '/app/products?page=2#list', 3)
  await change('pushState', '/app/products?page=3', 3)
  await change('replaceState', '/app/x200', 5)
  await page.goBack()
  await count(7)
  await leave()
  await count(8)
  const walk = events().map(({ k, p, f }) => [k, p, f].filter(Boolean).join(' '))
  expect([walk[0], walk.slice(1, 3).toSorted(), walk.slice(3, 5).toSorted(), walk.slice(5, 7).toSorted(), walk[7]]).toEqual([
    'view /app',
    ['leave /app', 'view /app/products /app'],
    ['leave /app/products /app', 'view /app/x200 /app/products'],
    ['leave /app/x200 /app/products', 'view /app/products /app/x200'],
    'leave /app/products /app/x200',
  ])
})

test("a push that the browser refuses is the page's own exception", async () => {
  await page.goto(`${at}/app`)
  const message = await page.evaluate(() => {
    try {
      history.pushState({}, '', 'https://elsewhere.example/')
      return ''
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(message).toBe('SecurityError')
})

test.each([
  ['data-hash="#"', ['/', '/products', '/x200']],
  ['', ['/']],
])('hash routes with %j', async (attribute, paths) => {
  website.line = line(`data-basis="legitimate-interest" ${attribute}`)
  await page.goto(`${at}/`)
  const views = () =>
    events()
      .filter(({ k }) => k === 'view')
      .map(({ p }) => p)
  await count(1)
  for (const [route, seen] of [
    ['#/products?page=1', 2],
    ['#/products?page=2', 2],
    ['#/x200', 3],
  ] as const) {
    await page.evaluate(
      (hash) =>
        new Promise((changed) => {
          addEventListener('hashchange', changed, { once: true })
          location.hash = hash
        }).then(() => undefined),
      route,
    )
    await doorplate.until(() => views().length >= Math.min(seen, paths.length))
  }
  await leave()
  await doorplate.until((all) => all.filter(({ k }) => k === 'leave').length === paths.length)
  await settle()
  expect(views()).toEqual(paths)
})

/**
 * The headless shell has no back/forward cache ("BackForwardCacheDisabledForDelegate", whatever it is started with), so these
 * are the events of one: in the order of the HTML standard, and in the order of browsers that show the page before they say so.
 */
test.each([
  ['visible, then pageshow', [() => turn(false), () => dispatch('pageshow')]],
  ['pageshow, then visible', [() => dispatch('pageshow'), () => turn(false)]],
])('a page restored from the back/forward cache is a view of its own: %s', async (_, restored) => {
  await page.goto(`${at}/start`, { referer: 'https://www.google.com/' })
  await count(1)
  await dispatch('pagehide')
  // What a page says while it goes is not a view of it.
  await call('event', 'goodbye')
  await count(2)
  await turn(true)
  await count(3)
  for (const step of restored) await step()
  await count(4)
  await settle()
  expect(events().map(({ k, p, r }) => `${k} ${p} ${r ?? ''}`)).toEqual([
    'view /start www.google.com',
    'event /start ',
    'leave /start www.google.com',
    'view /start www.google.com',
  ])
})

test('back and forward over whole pages: each time a view, each page left once', async () => {
  await page.goto(`${at}/start`)
  await count(1)
  await page.goto(`${at}/next`)
  await count(3)
  await page.goBack()
  await count(5)
  expect(await page.evaluate(() => performance.getEntriesByType('navigation').map((entry) => entry.toJSON().type))).toEqual([
    'back_forward',
  ])
  await page.goForward()
  await count(7)
  await leave()
  await count(8)
  await settle()
  const of = (kind: string) =>
    events()
      .filter(({ k }) => k === kind)
      .map(({ p }) => p)
  expect([of('view'), of('leave').toSorted()]).toEqual([
    ['/start', '/next', '/start', '/next'],
    ['/next', '/next', '/start', '/start'],
  ])
})

test('a page prerendered is no view until it is shown', async () => {
  await page.goto(`${at}/app`)
  await website.untilAsked('/prerendered prefetch;prerender')
  await count(1)
  await settle()
  expect(events().map(({ p }) => p)).toEqual(['/app'])
  await page.click('#next')
  await count(3)
  expect(
    events()
      .filter(({ k }) => k === 'view')
      .map(({ p, f }) => [p, f]),
  ).toEqual([
    ['/app', undefined],
    ['/prerendered', '/app'],
  ])
})

test('a tab in the background counts when it is looked at; its leave goes when it is left first', async () => {
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }))
  await page.goto(`${at}/start`)
  await page.evaluate(() => history.pushState({}, '', '/later'))
  await settle()
  expect(events()).toEqual([])
  await turn(false)
  await count(1)
  await turn(true)
  await turn(false)
  await turn(true)
  await count(2)
  await settle()
  expect(events().map(({ k, p }) => `${k} ${p}`)).toEqual(['view /later', 'leave /later'])
})

test.each([
  ['missing', () => Object.defineProperty(navigator, 'sendBeacon', { value: undefined })],
  ['refusing', () => Object.defineProperty(navigator, 'sendBeacon', { value: () => false })],
])('sendBeacon %s: fetch sends the same, with credentials and without a preflight', async (_, cripple) => {
  await page.addInitScript(cripple)
  await context.addCookies([{ name: 'a', value: 'b', domain: 'localhost', path: '/' }])
  await page.goto(`${at}/start`)
  await count(1)
  await leave()
  await count(2)
  for (const [at, k] of ['view', 'leave'].entries()) {
    expect(doorplate.received[at]).toMatchObject({
      event: { k, p: '/start' },
      headers: { 'content-type': 'text/plain;charset=UTF-8', cookie: 'a=b', 'sec-fetch-mode': 'no-cors' },
    })
  }
  expect(doorplate.requests.toSorted()).toEqual(['GET /d.js', 'GET /last', 'POST /e', 'POST /e'])
})

test.each([
  [
    'no beacon and no fetch',
    () => Object.assign(window, { fetch: undefined, x: Object.defineProperty(navigator, 'sendBeacon', { value: undefined }) }),
  ],
  [
    'storage blocked',
    () =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new Error('blocked')
        },
      }),
  ],
  ['storage missing', () => Object.defineProperty(window, 'localStorage', { value: undefined })],
  ['no URL', () => Object.assign(window, { URL: undefined })],
])('%s: silent, and nothing is sent', async (_, cripple) => {
  await page.addInitScript(cripple)
  await page.goto(`${at}/start`)
  await call('event', 'name')
  await page.click('#marked')
  await leave()
  expect(doorplate.requests).toEqual(['GET /d.js', 'GET /last'])
})

test('a beacon to a host that is not there says nothing to the page', async () => {
  website.line = `<script>navigator.sendBeacon = undefined</script><script defer src="/d.js" data-to="http://localhost:1" data-basis="legitimate-interest"></script>`
  const failed = context.waitForEvent('requestfailed', { predicate: (request) => request.url() === 'http://localhost:1/e' })
  await page.goto(`${at}/start`)
  await failed
  await settle()
})
