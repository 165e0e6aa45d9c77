/**
 * The line in the pages it has to live in: strict policies, Trusted Types, integrity, two lines at once, and commands
 * that come before the file.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { SNIPPET_INTEGRITY } from '../../src/admin/snippet-integrity.ts'
import { DESKTOP, launchChromium } from './chromium.ts'
import { type Collector, openCollector } from './collector.ts'
import { scriptOf } from './consent-tools.ts'
import { openWebsite, type Website } from './website.ts'

let browser: Browser
let doorplate: Collector
let website: Website
let context: BrowserContext
let page: Page
let at = ''
let host = ''
/** What the browser complained about: policies, integrity. */
let said: string[] = []
const broken: string[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  ;[doorplate, website] = await Promise.all([openCollector(), openWebsite('')])
  at = `http://localhost:${website.port}`
  host = `http://localhost:${doorplate.port}`
  said = []
  context = await browser.newContext({ userAgent: DESKTOP })
  page = await context.newPage()
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => said.push(message.text()))
})
afterEach(async () => {
  await context.close()
  await Promise.all([doorplate.close(), website.close()])
  expect(broken.splice(0)).toEqual([])
})

const STUB = `((window.doorplate=function(){doorplate.q.push(arguments)}).q=[])`
const short = () => doorplate.received.map(({ event: { k, p } }) => `${k} ${p}`)
const count = (n: number) => doorplate.until((all) => all.length >= n)
const leave = () => page.goto(`${host}/last`)
const line = (attributes = '') => `<script defer src="${host}/d.js" data-basis="legitimate-interest" ${attributes}></script>`

test.each<[policy: string, line: () => string]>([
  ['by host', () => line()],
  ['by nonce', () => line('nonce="n0nce"')],
  ['by nonce and strict-dynamic', () => line('nonce="n0nce"')],
  ['by hash of the file', () => line(`crossorigin integrity="${SNIPPET_INTEGRITY['d.js']}"`)],
])('a strict policy %s, with Trusted Types: everything works and nothing is complained about', async (how, written) => {
  website.line = written()
  website.policy = policyOf(how)
  await page.goto(`${at}/policy`)
  await page.click('#marked')
  await page.evaluate(() => history.pushState({}, '', '/pushed'))
  await leave()
  await count(5)
  expect(short().toSorted()).toEqual(['event /policy', 'leave /policy', 'leave /pushed', 'view /policy', 'view /pushed'])
  expect(said).toEqual([])
})

test.each(['by host', 'by nonce', 'by nonce and strict-dynamic'])('%s: the consent adapters come too', async (how) => {
  website.scripts.set('/tool.js', scriptOf('cookiebot', 'yes'))
  website.line = `<script defer nonce="n0nce" src="/tool.js"></script>${line('data-cmp="auto" nonce="n0nce"')}`
  website.policy = policyOf(how)
  await page.goto(`${at}/policy`)
  await count(1)
  expect([short(), said]).toEqual([['view /policy'], []])
})

test.each([
  ['script-src', () => `script-src 'self'; connect-src ${host}`, ['GET /last']],
  ['connect-src', () => `script-src ${host}; connect-src 'self'`, ['GET /d.js', 'GET /last']],
])('a policy without our host in %s: nothing is sent, and no exception', async (_, policy, requests) => {
  website.line = line()
  website.policy = policy()
  await page.goto(`${at}/policy`)
  await page.click('#marked')
  await leave()
  expect(doorplate.requests).toEqual(requests)
})

test('a file that is not the one of the integrity hash does not run', async () => {
  website.line = line(`crossorigin integrity="${SNIPPET_INTEGRITY['cmp.js']}"`)
  await page.goto(`${at}/start`)
  await leave()
  expect(doorplate.received).toEqual([])
  await expect.poll(() => said.join()).toMatch(/integrity/)
})

test('the integrity of the adapters by an import map', async () => {
  website.scripts.set('/tool.js', scriptOf('cookiebot', 'yes'))
  const map = (hash: string) => `<script type="importmap">{ "integrity": { "${host}/cmp.js": "${hash}" } }</script>`
  for (const [hash, events] of [
    [SNIPPET_INTEGRITY['d.js'], 0],
    [SNIPPET_INTEGRITY['cmp.js'], 1],
  ] as const) {
    website.line = `${map(hash)}<script defer src="/tool.js"></script>${line('data-cmp="auto"')}`
    await page.goto(`${at}/start`)
    if (events > 0) await count(events)
    else await expect.poll(() => said.join()).toMatch(/integrity/)
    expect(doorplate.received).toHaveLength(events)
  }
})

test('two lines on a page count once, and both commands are the first one’s', async () => {
  website.line = `${line()}${line()}<script defer src="${host}/d.js?v=2" data-basis="legitimate-interest"></script>`
  await page.goto(`${at}/start`)
  await page.click('#marked')
  await page.evaluate(() => history.pushState({}, '', '/pushed'))
  await leave()
  await count(5)
  expect(short().toSorted()).toEqual(['event /start', 'leave /pushed', 'leave /start', 'view /pushed', 'view /start'])
})

test.each<[before: string, events: readonly string[], stored: string | null]>([
  ['', ['view /start'], null],
  ['doorplate("event", "early")', ['view /start'], null],
  ['doorplate("opt-out")', [], '1'],
  ['doorplate("opt-out");doorplate("consent", true)', [], '1'],
  ['doorplate("opt-out");doorplate("opt-in")', ['view /start'], null],
  ['doorplate("consent", false)', [], null],
  ['doorplate("consent", true);doorplate("consent", false)', [], null],
  ['doorplate("consent", false);doorplate("consent", true)', ['view /start'], null],
])('P1 the stub, then %j, then the file', async (before, events, stored) => {
  website.line = `<script>${STUB};${before}</script>${line()}`
  await page.goto(`${at}/start`)
  await count(events.length)
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => undefined), `${host}/last`)
  expect(short()).toEqual(events)
  expect(await page.evaluate(() => localStorage.getItem('doorplate:opt-out'))).toBe(stored)
})

/** Everything forbidden but what the docs name; Trusted Types demanded and no policy allowed. */
function policyOf(how: string): string {
  const script = {
    'by host': `${host} ${at}`,
    'by nonce': "'nonce-n0nce'",
    'by nonce and strict-dynamic': "'nonce-n0nce' 'strict-dynamic'",
    'by hash of the file': `'${SNIPPET_INTEGRITY['d.js']}'`,
  }[how]
  return `default-src 'none'; script-src ${script}; connect-src ${host}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`
}
