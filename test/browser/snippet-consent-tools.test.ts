/**
 * `data-cmp="auto"`: the consent tools as doubles, in every order in which a tool and the line can come, and the traps
 * of each. Without a yes there is no event, on any basis.
 */
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DESKTOP, launchChromium } from './chromium.ts'
import { type Collector, openCollector } from './collector.ts'
import { type Stored, scriptOf, TOOLS } from './consent-tools.ts'
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
  context = await browser.newContext({ userAgent: DESKTOP })
  page = await context.newPage()
  page.on('pageerror', (error) => broken.push(error.message))
})
afterEach(async () => {
  await context.close()
  await Promise.all([doorplate.close(), website.close()])
  expect(broken.splice(0)).toEqual([])
})

type Tool = keyof typeof TOOLS
const ORDERS = ['before the line', 'after the line', 'after the page has loaded'] as const
type Order = (typeof ORDERS)[number]

const LINE = (attributes = '') => `<script defer src="http://localhost:${doorplate.port}/d.js" data-cmp="auto" ${attributes}></script>`
const short = () => doorplate.received.map(({ event: { k, p, ok } }) => `${k} ${p} ${ok ?? '-'}`)
const count = (n: number) => doorplate.until((all) => all.length >= n)
const push = (path: string) => page.evaluate((to) => history.pushState({}, '', to), path)
/** What the visitor, or the tool, does now; runs in the page. */
const act = (what: string) => page.evaluate((code) => new Function('tool', code)(Reflect.get(window, 'tool')), what)
/** Until the adapters run and the tools that answer later have answered; what was sent before has come then. */
const settle = async () => {
  const host = `http://localhost:${doorplate.port}`
  // The line must have asked for the file itself; only then is the same module waited for here.
  await page.waitForFunction((url) => performance.getEntriesByName(url).length > 0, `${host}/cmp.js`)
  // As text: the test runner has an `import` of its own.
  await page.evaluate(`import('${host}/cmp.js').then(() => fetch('${host}/last', { mode: 'no-cors' })).then(() => undefined)`)
}
/** A script that comes when everything else is there. */
const insert = (path: string) =>
  page.evaluate(
    (src) =>
      new Promise((loaded) => {
        const script = document.createElement('script')
        script.src = src
        script.onload = loaded
        document.head.appendChild(script)
      }),
    path,
  )

async function visit(path: string, tool: Tool, stored: Stored = null, order: Order = 'before the line', attributes = ''): Promise<void> {
  website.scripts.set('/tool.js', scriptOf(tool, stored))
  const script = '<script defer src="/tool.js"></script>'
  website.line = {
    'before the line': script + LINE(attributes),
    'after the line': LINE(attributes) + script,
    'after the page has loaded': LINE(attributes),
  }[order]
  await page.goto(at + path)
  if (order === 'after the page has loaded') {
    await settle()
    await insert('/tool.js')
  }
  await settle()
}

describe.each(Object.keys(TOOLS) as Tool[])('%s', (tool) => {
  test.each(ORDERS)('P1 %s: nothing before a decision; yes, withdrawal and yes again are followed', async (order) => {
    await visit('/start', tool, null, order)
    await act('document.querySelector("#marked").click()')
    await settle()
    expect(short()).toEqual([])
    await act('tool.accept()')
    await count(1)
    await act('tool.deny()')
    await push('/unseen')
    await settle()
    await act('tool.accept()')
    await count(2)
    await settle()
    expect(short()).toEqual(['view /start 1', 'view /unseen 1'])
  })

  test.each(ORDERS)('P1 %s: a decision of an earlier page holds, once counted', async (order) => {
    await visit('/no', tool, 'no', order)
    await visit('/yes', tool, 'yes', order)
    await count(1)
    await settle()
    expect(short()).toEqual(['view /yes 1'])
  })
})

test.each<[trap: string, tool: Tool, stored: Stored, act: string]>([
  ['the question stands on the screen', 'tcf', null, 'tool.tell(tool.data("cmpuishown", true))'],
  ['nobody knows whether the GDPR applies', 'tcf', null, 'tool.tell({ ...tool.data("tcloaded", true), gdprApplies: undefined })'],
  ['the GDPR does not apply, so nobody was asked', 'tcf', null, 'tool.tell({ ...tool.data("tcloaded", true), gdprApplies: false })'],
  ['one purpose is missing', 'tcf', null, 'const d = tool.data("useractioncomplete", true); d.purpose.consents[8] = false; tool.tell(d)'],
  ['the purposes are missing', 'tcf', null, 'tool.tell({ eventStatus: "tcloaded", gdprApplies: true })'],
  ['the tool says that it failed', 'tcf', null, 'tool.tell(tool.data("tcloaded", true), false)'],
  ['an event of another version', 'tcf', null, 'tool.tell({ ...tool.data("later", true) })'],
  [
    'the default is yes and nobody has confirmed',
    'klaro',
    null,
    'tool.manager.consents.doorplate = true; dispatchEvent(new Event("load"))',
  ],
  ['a switch was moved and not saved', 'klaro', 'no', 'tool.manager.updateConsent("doorplate", true)'],
  [
    'implied consent',
    'cookiebot',
    null,
    'tool.state.hasResponse = true; tool.state.consent = { statistics: true, method: "implied" }; dispatchEvent(new Event("CookiebotOnAccept"))',
  ],
  [
    'accepted, but not statistics',
    'cookiebot',
    null,
    'tool.accept.call; tool.state.hasResponse = true; tool.state.consent = { statistics: false, marketing: true, method: "explicit" }; dispatchEvent(new Event("CookiebotOnAccept"))',
  ],
  [
    'the event without a response',
    'cookiebot',
    null,
    'tool.state.consent = { statistics: true, method: "explicit" }; dispatchEvent(new Event("CookiebotOnConsentReady"))',
  ],
  [
    'granted by the settings',
    'usercentrics2',
    null,
    'tool.service.consent = { status: true, history: [{ type: "implicit", status: true }] }; dispatchEvent(new Event("UC_UI_CMP_EVENT"))',
  ],
  ['a service of another name', 'usercentrics2', null, 'tool.service.name = "Something else"; tool.accept()'],
  ['granted by the settings', 'usercentrics3', null, 'tool.consent.given = true; dispatchEvent(new Event("UC_CONSENT"))'],
  ['the answer fails', 'usercentrics3', 'no', '__ucCmp.getConsentDetails = () => Promise.reject(new Error()); tool.accept()'],
  ['the answer never comes', 'usercentrics3', 'no', '__ucCmp.getConsentDetails = () => new Promise(() => {}); tool.accept()'],
  ['a default is nobody’s decision', 'consentMode', null, 'tool.gtag("consent", "default", { analytics_storage: "granted" })'],
  ['only advertising was granted', 'consentMode', null, 'tool.gtag("consent", "update", { ad_storage: "granted" })'],
  ['neither granted nor denied', 'consentMode', null, 'tool.gtag("consent", "update", { analytics_storage: true })'],
  [
    'a region without a question',
    'cookieyes',
    null,
    'tool.state.activeLaw = "ccpa"; tool.state.categories.analytics = true; document.dispatchEvent(new Event("cookieyes_banner_load"))',
  ],
  [
    'an opt-out region, where all is allowed before a decision',
    'complianz',
    null,
    'tool.settings.consenttype = "optout"; document.dispatchEvent(new Event("cmplz_fire_categories"))',
  ],
  ['the tool is broken', 'borlabs3', 'no', 'BorlabsCookie.Consents.hasConsent = () => { throw new Error() }; tool.accept()'],
  ['the answer is not true', 'borlabs2', 'no', 'BorlabsCookie.checkCookieConsent = () => 1; tool.accept()'],
])('P1 no consent: %s (%s)', async (_, tool, stored, what) => {
  await visit('/start', tool, stored)
  await act(what)
  await push('/pushed')
  await settle()
  expect(short()).toEqual([])
})

test('P1 Klaro forgets: consent ends', async () => {
  await visit('/start', 'klaro', 'yes')
  await count(1)
  await act('tool.manager.resetConsents()')
  await push('/unseen')
  await settle()
  expect(short()).toEqual(['view /start 1'])
})

test('a question that comes back to the screen does not end what was decided', async () => {
  await visit('/start', 'tcf', 'yes')
  await act('tool.tell(tool.data("cmpuishown", true))')
  await push('/pushed')
  await count(3)
  expect(short().filter((event) => event.startsWith('view'))).toEqual(['view /start 1', 'view /pushed 1'])
})

test('P1 of two tools on a page both must say yes', async () => {
  website.scripts.set('/other.js', scriptOf('tcf', 'no'))
  await visit('/start', 'cookiebot', 'yes', 'before the line')
  await count(1)
  await insert('/other.js')
  await push('/unseen')
  await settle()
  expect(short()).toEqual(['view /start 1'])
})

test('a page that replaces its dataLayer is followed there', async () => {
  await visit('/start', 'consentMode')
  await act(
    'window.dataLayer = [["consent", "update", { analytics_storage: "granted" }]]; document.dispatchEvent(new Event("DOMContentLoaded"))',
  )
  await count(1)
  await act('dataLayer.push(["consent", "update", { analytics_storage: "denied" }])')
  await push('/unseen')
  await settle()
  expect(short()).toEqual(['view /start 1'])
})

test.each(['', 'data-basis="legitimate-interest"'])('P1 without a tool on the page nothing is sent, with %j', async (attributes) => {
  website.line = LINE(attributes)
  await page.goto(`${at}/start`)
  await settle()
  expect(short()).toEqual([])
})

test('P1 a tool’s no holds on a legitimate interest', async () => {
  await visit('/start', 'cookiebot', 'no', 'after the line', 'data-basis="legitimate-interest"')
  expect(short()).toEqual([])
  await act('tool.accept()')
  await count(1)
})

test('P1 the file of the adapters does not come: nothing is sent, and the page hears nothing of it', async () => {
  website.scripts.set('/copy/d.js', await readFile('dist/assets/d.js', 'utf8'))
  website.scripts.set('/tool.js', scriptOf('cookiebot', 'yes'))
  website.line = `<script src="/tool.js"></script><script defer src="/copy/d.js" data-to="http://localhost:${doorplate.port}" data-cmp="auto"></script>`
  await page.goto(`${at}/start`)
  // The website answers with a page, which is no script.
  await website.untilAsked('/copy/cmp.js')
  await push('/pushed')
  await page.goto(`http://localhost:${doorplate.port}/last`)
  expect(doorplate.requests).toEqual(['GET /last'])
})

test('a copy of the site’s own takes the adapters from beside it: no request before a yes', async () => {
  website.scripts.set('/tool.js', scriptOf('cookiebot', null))
  website.line = `<script src="/tool.js"></script><script defer src="/d.js" data-to="http://localhost:${doorplate.port}" data-cmp="auto"></script>`
  await page.goto(`${at}/start`)
  await page.evaluate(`import('/cmp.js').then(() => undefined)`)
  expect(doorplate.requests).toEqual([])
  await act('tool.deny()')
  await act('tool.accept()')
  await count(1)
  expect(doorplate.requests).toEqual(['POST /e'])
})

test('P1 P6 an objection beats the tool’s yes, and the adapters leave nothing on the device', async () => {
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  await visit('/start', 'cookiebot', 'yes')
  expect(short()).toEqual([])
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0])
})

test('without data-cmp the second file is not asked for', async () => {
  website.line = LINE().replace('data-cmp="auto"', '')
  await page.goto(`${at}/start`)
  await page.goto(`http://localhost:${doorplate.port}/last`)
  expect(doorplate.requests).toEqual(['GET /d.js', 'GET /last'])
})
