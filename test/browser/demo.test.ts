import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/tools/check/run.ts'
import { PERSONAS } from '../../src/tools/demo/personas.ts'
import { type Demo, startDemo } from '../../src/tools/demo/server.ts'
import { DESKTOP, launchChromium } from './chromium.ts'
import { followClick } from './follow.ts'

/** Serves the built snippet where the Worker would, and writes down the events: address, kind, path, how reached, name. */
let events: string[] = []
const worker: Server = createServer(async (visit, reply) => {
  if (visit.url === '/d.js') {
    reply.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile('dist/assets/d.js'))
    return
  }
  let body = ''
  for await (const part of visit) body += part
  const { k, p, f, n } = JSON.parse(body)
  if (k !== 'leave') events.push([visit.headers['cf-connecting-ip'], k, p, f ?? '', n ?? ''].join(' ').trim())
  reply.writeHead(204).end()
})

let browser: Browser
let demo: Demo
let at = ''
beforeAll(async () => {
  await new Promise<void>((done) => worker.listen(0, '127.0.0.1', done))
  const address = worker.address()
  demo = await startDemo({ port: 0, worker: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` })
  at = `http://localhost:${demo.port}`
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  worker.closeAllConnections()
  await new Promise((done) => worker.close(done))
})
beforeEach(() => {
  events = []
})

const broken: string[] = []
async function open(path: string, options: { dark?: boolean; width?: number } = {}): Promise<Page> {
  const context = await browser.newContext({
    userAgent: DESKTOP,
    viewport: { width: options.width ?? 1280, height: 800 },
    colorScheme: options.dark === true ? 'dark' : 'light',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => broken.push(error.message))
  page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
  await page.goto(at + path)
  return page
}
const address = (id: string) => PERSONAS.find((persona) => persona.id === id)?.address ?? ''

test('a walk as Siemens: pages, how one got there, a download and a form, and no mistake on any page', async () => {
  const page = await open('/')
  await followClick(page, '.demo-who >> text="Siemens"')
  await followClick(page, 'nav >> text=Products')
  await followClick(page, 'text=Flow F2')
  await Promise.all([page.waitForEvent('download'), page.click('text=Data sheet (PDF)')])
  await followClick(page, 'nav >> text=Talk to us')
  for (const name of ['name', 'email', 'question']) await page.fill(`[name=${name}]`, 'ada@example.com')
  await followClick(page, 'text="Send"')
  await page.waitForURL('**/contact/thanks?as=siemens')

  const siemens = address('siemens')
  const expected = [
    `${address('bmw')} view /`,
    `${siemens} view /`,
    `${siemens} view /products /`,
    `${siemens} view /products/flow-f2 /products`,
    `${siemens} download /products/flow-f2  pellworth-flow-f2.pdf`,
    `${siemens} view /contact /products/flow-f2`,
    `${siemens} form /contact  contact`,
    `${siemens} view /contact/thanks /contact`,
  ]
  await expect.poll(() => [...events].sort()).toEqual(expected.sort())
  expect(broken).toEqual([])
  await page.context().close()
})

test('P1 the persona with GPC on sends nothing, from no page', async () => {
  const page = await open('/?as=gpc')
  expect(await page.evaluate('navigator.globalPrivacyControl')).toBe(true)
  await followClick(page, 'nav >> text=Pricing')
  await page.click('summary >> text=minimum order')
  await followClick(page, '.demo-who >> text="A home connection"')
  await expect.poll(() => events).toEqual([`${address('home')} view /pricing`])
  await page.context().close()
})

test('the check of an installation finds the line, and nothing but what a refusal told to one page forgets', async () => {
  const options = { host: null, accept: null, refuse: null, browser: null, nothingBeforeConsent: false, json: false }
  const { line, stages, tooEarly } = await check(browser, { ...options, url: `${at}/pricing` }, 150)
  expect(line).toEqual({ form: 'plain', endpoint: at, basis: 'legitimate-interest' })
  const sent = Object.fromEntries(stages.map(({ name, sent }) => [name, sent.map(({ event }) => event && JSON.parse(event).k)]))
  expect(sent['before-choice']).toEqual([null, 'view', 'leave'])
  expect(sent['with-gpc']).toEqual([null, null])
  expect(new Set(tooEarly.map(({ stage }) => stage))).toEqual(new Set(['after-refusal']))
  // The check answers events itself.
  expect(events).toEqual([])
})

test('P1 P6 the opt-out in the footer works, is remembered, and can be taken back', async () => {
  const page = await open('/privacy')
  await page.click('footer >> text=Opt out')
  await page.click('#object')
  expect(await page.textContent('#standing')).toContain('You have objected')
  await expect.poll(() => events).toEqual([`${address('bmw')} view /privacy`])
  await page.goto(`${at}/products`)
  await page.goto(`${at}/privacy`)
  expect(await page.isVisible('#object')).toBe(false)
  expect(await page.evaluate('Object.keys(localStorage)')).toEqual(['doorplate:opt-out'])
  expect(events).toHaveLength(1)
  await page.click('#return')
  await expect.poll(() => events).toHaveLength(2)
  expect(await page.evaluate('localStorage.length')).toBe(0)
  expect(await page.context().cookies()).toEqual([])
  await page.context().close()
})

describe.each([
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 360, dark: false },
])('at $width px, dark $dark', (look) => {
  test('no page is wider than the screen', async () => {
    const page = await open('/', look)
    for (const path of ['/', '/products', '/products/flow-f2', '/pricing', '/news', '/careers', '/contact', '/privacy']) {
      await page.goto(at + path)
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, look.width])
    }
    await page.context().close()
  })
})
