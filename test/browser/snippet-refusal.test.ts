import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DESKTOP, launchChromium } from './chromium.ts'
import { type Collector, openCollector } from './collector.ts'
import { openWebsite, type Website } from './website.ts'

let browser: Browser
let doorplate: Collector
let website: Website
let context: BrowserContext
let page: Page
let at = ''
const broken: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  ;[doorplate, website] = await Promise.all([openCollector(), openWebsite('')])
  at = `http://localhost:${website.port}`
  website.line = PLAIN()
  context = await browser.newContext({ userAgent: DESKTOP })
  page = await context.newPage()
  page.on('pageerror', (error) => broken.push(error.message))
})
afterEach(async () => {
  await context.close()
  await Promise.all([doorplate.close(), website.close()])
  expect(broken.splice(0)).toEqual([])
})

const PLAIN = () => `<script defer src="http://localhost:${doorplate.port}/d.js"></script>`
const INTEREST = () => PLAIN().replace('></', ' data-basis="legitimate-interest"></')
const SELF_HOSTED = () => `<script defer src="/d.js" data-to="http://localhost:${doorplate.port}"></script>`
/** The line as a consent tool holds it back: the browser does not run it until the tool makes it a script. */
const GATED = () => PLAIN().replace('<script', '<script type="text/plain"')
/** The documented stub. */
const STUB = `<script>window.doorplate||((window.doorplate=function(){doorplate.q.push(arguments)}).q=[])</script>`

const events = () => doorplate.received.map(({ event }) => event)
const short = () => events().map(({ k, p, ok }) => `${k} ${p} ${ok ?? '-'}`)
const count = (n: number) => doorplate.until((all) => all.length >= n)
const call = (...words: unknown[]) => page.evaluate((given) => window.doorplate?.(...(given as [string, unknown])), words)
const leave = () => page.goto(`http://localhost:${doorplate.port}/last`)
const push = (path: string) => page.evaluate((to) => history.pushState({}, '', to), path)
/** Everything a visitor can do on the test page. */
async function wander(): Promise<void> {
  for (const step of ['#file', '#out', '#marked', '#contact button']) await page.click(step)
  await push('/pushed')
  await call('event', 'own')
  await page.click('#next')
  await page.waitForURL('**/next')
}

describe('consent', () => {
  test('P1 without consent the plain line sends no event, and what happened is dropped', async () => {
    await page.goto(`${at}/start?utm_source=newsletter`)
    await wander()
    await call('consent', true)
    await count(1)
    await leave()
    await count(2)
    expect(events()).toEqual([
      { k: 'view', p: '/next', f: '/pushed', ok: 1 },
      { k: 'leave', p: '/next', f: '/pushed', ok: 1, d: expect.any(Number) },
    ])
    expect(doorplate.requests.toSorted()).toEqual(['GET /d.js', 'GET /d.js', 'GET /last', 'POST /e', 'POST /e'])
  })

  test.each([['granted'], ['true'], [1], ['false'], [{}], [[true]], [0], ['']])('P1 consent given as %j is none', async (word) => {
    await page.goto(`${at}/start`)
    await call('consent', word)
    await wander()
    await leave()
    expect(events()).toEqual([])
  })

  test.each([null, undefined])('an answer of %j is none yet: a legitimate interest goes on, consent is still missing', async (word) => {
    for (const [line, expected] of [
      [PLAIN(), []],
      [INTEREST(), ['event /start -', 'leave /start -', 'view /start -']],
    ] as const) {
      website.line = line
      await page.goto(`${at}/start`)
      await call('consent', word)
      await call('event', 'own')
      await leave()
      await count(expected.length)
      // Beacons at once may pass each other on the way.
      expect(short().toSorted()).toEqual(expected)
    }
  })

  test('consent said again counts nothing twice', async () => {
    await page.goto(`${at}/start`)
    for (let times = 0; times < 3; times += 1) await call('consent', true)
    await count(1)
    await leave()
    await count(2)
    expect(short()).toEqual(['view /start 1', 'leave /start 1'])
  })

  test('P1 a refusal ends everything, the leave included, on every basis', async () => {
    for (const [line, sent] of [
      [PLAIN(), 1],
      [INTEREST(), 3],
    ] as const) {
      website.line = line
      await page.goto(`${at}/start`)
      await call('consent', true)
      await count(sent)
    }
    expect(short().toSorted()).toEqual(['leave /start 1', 'view /start -', 'view /start 1'])
    await call('consent', false)
    await push('/pushed')
    await call('event', 'own')
    await page.click('#file')
    await leave()
    expect(events()).toHaveLength(3)
  })

  test('consent after a withdrawal counts from then on', async () => {
    const hour = new Date('2026-11-21T10:00:00Z').getTime()
    await page.clock.setFixedTime(hour)
    await page.goto(`${at}/start`)
    await call('consent', true)
    await count(1)
    await call('consent', false)
    await push('/unseen')
    await page.clock.setFixedTime(hour + 100_000)
    await push('/again')
    await call('consent', true)
    await count(2)
    await page.clock.setFixedTime(hour + 107_000)
    await leave()
    await count(3)
    expect(events()).toEqual([
      { k: 'view', p: '/start', ok: 1 },
      { k: 'view', p: '/again', f: '/start', ok: 1 },
      { k: 'leave', p: '/again', f: '/start', ok: 1, d: 7 },
    ])
  })

  test.each([
    ['true', ['leave /start 1', 'view /start 1']],
    ['false', []],
  ])('the stub keeps the last consent made before the file has loaded: %s', async (last, expected) => {
    website.line = `${STUB}<script>doorplate('consent', ${last === 'false'});doorplate('event', 'early');doorplate('consent', ${last})</script>${PLAIN()}`
    await page.goto(`${at}/start`)
    await leave()
    await count(expected.length)
    expect(short().toSorted()).toEqual(expected)
  })

  test.each([
    ['plain', () => PLAIN(), 1],
    ['gated', () => GATED(), 0],
    ['self-hosted', () => SELF_HOSTED(), 0],
  ])('the %s line: requests to Doorplate before consent, after refusal, after consent', async (name, line, before) => {
    website.line = line()
    const consent = async (given: boolean) => {
      if (name === 'gated' && given) {
        await page.evaluate(
          () =>
            new Promise((loaded) => {
              const held = document.querySelector('script[type="text/plain"]')
              const script = document.createElement('script')
              script.src = held?.getAttribute('src') ?? ''
              script.onload = loaded
              held?.replaceWith(script)
            }),
        )
      }
      await call('consent', given)
    }
    await page.goto(`${at}/start`)
    await call('event', 'own')
    expect(doorplate.requests).toHaveLength(before)
    await consent(false)
    await push('/pushed')
    expect(doorplate.requests).toHaveLength(before)
    await consent(true)
    await leave()
    await count(2)
    // Two beacons at once take two connections and may pass each other.
    expect(short().toSorted()).toEqual(['leave /pushed 1', 'view /pushed 1'])
    expect(doorplate.requests.filter((request) => request === 'GET /d.js')).toHaveLength(name === 'self-hosted' ? 0 : 1)
  })
})

describe('opt-out', () => {
  test.each([
    ['doorplate("opt-out")', () => call('opt-out')],
    ['a link to #doorplate-opt-out', () => page.click('#opt-out span')],
  ])('P1 P6 %s: written down once, and nothing is sent any more, on this page and the next', async (_, object) => {
    website.line = INTEREST()
    await page.goto(`${at}/start`)
    await count(1)
    await object()
    await wander()
    await call('consent', true)
    await leave()
    expect(short()).toEqual(['view /start -'])
    await page.goto(`${at}/start`)
    expect(await page.evaluate(() => [{ ...localStorage }, document.cookie])).toEqual([{ 'doorplate:opt-out': '1' }, ''])
  })

  test('opt-in takes it back, and leaves nothing on the device', async () => {
    website.line = INTEREST()
    await page.goto(`${at}/start`)
    await count(1)
    await call('opt-out')
    await push('/unseen')
    await call('optin')
    await call('opt-in')
    await count(2)
    await leave()
    await count(3)
    expect(short()).toEqual(['view /start -', 'view /unseen -', 'leave /unseen -'])
    await page.goto(`${at}/bare`)
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
  })

  test('opt-in does not undo a refusal', async () => {
    website.line = INTEREST()
    await page.goto(`${at}/start`)
    await count(1)
    await call('consent', false)
    await call('opt-in')
    await call('event', 'own')
    await leave()
    expect(short()).toEqual(['view /start -'])
  })

  test('P1 an opt-out in another tab holds here at once', async () => {
    website.line = INTEREST()
    await page.goto(`${at}/start`)
    await count(1)
    const other = await context.newPage()
    await other.goto(`${at}/bare`)
    await other.evaluate(() => localStorage.setItem('doorplate:opt-out', '1'))
    // The browser tells one tab of the other's storage in its own time.
    await page.waitForFunction(() => localStorage.getItem('doorplate:opt-out') === '1')
    await wander()
    await leave()
    expect(short()).toEqual(['view /start -'])
  })

  test('P1 where storage is full, the refusal still holds on this page', async () => {
    website.line = INTEREST()
    await page.goto(`${at}/start`)
    await count(1)
    await page
      .evaluate(() => {
        for (let size = 2 ** 23; size > 0; size = Math.floor(size / 2)) {
          try {
            localStorage.setItem(`full-${size}`, 'x'.repeat(size))
          } catch {}
        }
        localStorage.setItem('', 'x'.repeat(1))
      })
      .catch(() => undefined)
    await call('opt-out')
    await call('event', 'own')
    await push('/pushed')
    await leave()
    expect(short()).toEqual(['view /start -'])
  })
})

describe('what the browser says', () => {
  const say = (object: 'navigator' | 'window', name: string, value: unknown) =>
    context.addInitScript(
      ([where, key, said]) => {
        Object.defineProperty(where === 'window' ? window : navigator, key as string, { value: said, configurable: true })
      },
      [object, name, value],
    )
  const NAMES = [
    ['navigator', 'globalPrivacyControl'],
    ['navigator', 'doNotTrack'],
    ['window', 'doNotTrack'],
    ['navigator', 'msDoNotTrack'],
  ] as const

  test.each(NAMES.flatMap(([object, name]) => [true, 1, '1', 'yes', '1;x'].map((value) => [object, name, value] as const)))(
    'P1 %s.%s = %j objects: zero requests, consent or not',
    async (object, name, value) => {
      await say(object, name, value)
      website.line = INTEREST()
      await page.goto(`${at}/start`)
      await call('consent', true)
      await wander()
      await leave()
      expect(doorplate.requests.filter((request) => request !== 'GET /d.js')).toEqual(['GET /last'])
    },
  )

  test('0, false, no, unspecified and nothing at all are no objections', async () => {
    website.line = INTEREST()
    for (const [index, value] of [false, 0, '0', 'false', 'no', 'unspecified', '01', '', null, undefined].entries()) {
      const visit = await browser.newContext({ userAgent: DESKTOP })
      for (const [object, name] of NAMES) {
        await visit.addInitScript(
          ([where, key, said]) => {
            Object.defineProperty(where === 'window' ? window : navigator, key as string, { value: said, configurable: true })
          },
          [object, name, value] as const,
        )
      }
      const tab = await visit.newPage()
      await tab.goto(`${at}/start/${index}`)
      await doorplate.until((all) => all.some(({ k, p }) => k === 'view' && p === `/start/${index}`))
      await visit.close()
    }
  })

  test('any objection wins over a denial beside it', async () => {
    website.line = INTEREST()
    await say('navigator', 'doNotTrack', '0')
    await say('navigator', 'globalPrivacyControl', false)
    await say('window', 'doNotTrack', 'yes')
    await page.goto(`${at}/start`)
    await leave()
    expect(events()).toEqual([])
  })

  test.each([
    ['sec-gpc', 'globalPrivacyControl', true],
    ['dnt', 'doNotTrack', '1'],
  ])('P1 %s by header alone travels with the event; by property too, none is made', async (header, property, value) => {
    website.line = INTEREST()
    await context.setExtraHTTPHeaders({ [header]: '1' })
    await page.goto(`${at}/start`)
    await count(1)
    await leave()
    await count(2)
    // The tool that adds the header in this test has gone when the leave is sent; a browser's own GPC has not.
    expect(doorplate.received[0]?.headers[header]).toBe('1')
    await say('navigator', property, value)
    await page.goto(`${at}/start`)
    await leave()
    expect(doorplate.received).toHaveLength(2)
  })

  test.each([
    ['localhost', 'doorplate_optout=1'],
    ['127.0.0.1', undefined],
  ])('the opt-out cookie of %s with an event', async (host, cookie) => {
    website.line = INTEREST().replace('localhost', host)
    await page.goto(`http://${host}:${doorplate.port}/opt-out`)
    await page.goto(`${at}/start`)
    await count(1)
    expect(doorplate.received[0]?.headers).toMatchObject({ 'sec-fetch-site': host === 'localhost' ? 'same-site' : 'cross-site' })
    expect(doorplate.received[0]?.headers.cookie).toBe(cookie)
  })
})
