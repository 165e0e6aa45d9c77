/**
 * The privacy notice as `npm run privacy -- notice --html` makes it, looked at in a real browser: for each basis, in
 * both languages, on a telephone too, without JavaScript.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { SITE_DEFAULTS } from '../../src/ledger/settings.ts'
import { manifestOf } from '../../src/privacy/manifest.ts'
import { writeText } from '../../src/privacy/texts/catalogue.ts'
import type { TextSource } from '../../src/privacy/texts/text.ts'
import { htmlDocument } from '../../src/tools/privacy/html.ts'
import { launchChromium } from './chromium.ts'
import { contextOf, expectSound, LOOKS } from './looks.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(() => page?.context().close())
afterAll(() => browser?.close())

const PARTIES = {
  controller: 'Muster & Söhne <GmbH>, Hauptstraße 1, 80331 München',
  contact: 'datenschutz@muster.example',
  dataProtectionOfficer: 'none',
  authority: 'Musterbehörde',
  policy: 'https://www.muster.example/datenschutz',
}

function source(basis: 'consent' | 'legitimate-interest'): TextSource {
  const site = { id: 'shop', name: 'Muster-Shop', basis, timeZone: 'Europe/Berlin', settings: { ...SITE_DEFAULTS, parties: PARTIES } }
  return {
    manifest: manifestOf(site, {
      retention: { ledgerDays: 90, totalsDays: 396 },
      stated: { commit: null, bundle: null, proof: null },
      table: null,
    }),
    date: '2026-11-21',
    pageHosts: ['www.muster.example', 'einkaufsbedingungen-und-lieferanten.muster.example'],
    endpointHosts: ['t.muster.example'],
    confirmedBy: 'Erika Mustermann',
  }
}

async function show(
  kind: 'notice' | 'cookies' | 'dpia-screening',
  language: 'de' | 'en',
  basis: 'consent' | 'legitimate-interest',
  options: BrowserContextOptions,
): Promise<void> {
  const written = writeText(kind, source(basis), language)
  page = await (await browser.newContext(options)).newPage()
  await page.setContent(htmlDocument('text' in written ? written.text : '', language))
}

describe.each(LOOKS)('in $language at $width px, dark $dark', (look) => {
  const { language } = look

  test.each(['consent', 'legitimate-interest'] as const)('the notice on basis %s is sound, the right to object first', async (basis) => {
    await show('notice', language, basis, contextOf(look))
    await expectSound(page, look)
    expect(await page.locator('h1').count()).toBe(1)
    const first = await page.locator('h2').first().innerText()
    expect(first).toMatch(language === 'de' ? /Widerspruch/ : /object/)
    expect(
      await page
        .locator('h2')
        .first()
        .evaluate((each) => each.nextElementSibling?.tagName),
    ).toBe('BLOCKQUOTE')
    expect(await page.locator('blockquote a').getAttribute('href')).toBe(`https://t.muster.example/opt-out?lang=${language}`)
  })

  test('texts with tables are sound', async () => {
    for (const kind of ['cookies', 'dpia-screening'] as const) {
      await show(kind, language, 'legitimate-interest', contextOf(look))
      expect(await page.locator('table').count()).toBeGreaterThan(0)
      await expectSound(page, look)
      await page.context().close()
    }
  })
})

test('the notice needs no JavaScript, loads nothing, and a name in it is text', async () => {
  const asked: string[] = []
  await show('notice', 'de', 'consent', { javaScriptEnabled: false })
  page.on('request', (request) => asked.push(request.url()))
  expect(await page.locator('main').innerText()).toContain('Muster & Söhne <GmbH>')
  expect(await page.locator('main').innerText()).not.toMatch(/\*\*|^#|^- /m)
  expect(asked).toEqual([])
})
