/**
 * The banners of the consent tools as they build them, second layers and shadow roots included: does the check press
 * the button that means all, or nothing?
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BUTTONS } from '../../src/tools/check/buttons.ts'
import { decide } from '../../src/tools/check/stages.ts'
import { launchChromium } from './chromium.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchChromium()
  page = await browser.newPage()
})
afterAll(() => browser?.close())

const hidden = (inner: string) => `<div style="display: none">${inner}</div>`
const shadow = (host: string, inner: string) => `${host}<template shadowrootmode="open">${inner}</template>`

const BANNERS: Readonly<Record<string, string>> = {
  Cookiebot: `<div id="CybotCookiebotDialog"><button id="CybotCookiebotDialogBodyButtonDecline">deny</button>
    <button id="CybotCookiebotDialogBodyLevelButtonCustomize">more</button>
    <button id="CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll">allow</button>${hidden('<button id="CybotCookiebotDialogBodyButtonAccept">other</button>')}</div>`,
  'Usercentrics 2': shadow(
    '<div id="usercentrics-root">',
    `<button data-testid="uc-more-button">more</button><button data-testid="uc-deny-all-button">deny</button>
     <button data-testid="uc-accept-all-button">allow</button>`,
  ),
  'Usercentrics 3': shadow(
    '<aside id="usercentrics-cmp-ui">',
    `<button id="more" class="more uc-more-button">more</button><button id="deny" class="deny uc-deny-button">deny</button>
     <button id="accept" class="accept uc-accept-button">allow</button>`,
  ),
  'Borlabs Cookie 3': `<div id="BorlabsCookieBox"><button class="brlbs-btn-accept-all">allow</button>
    <button class="brlbs-btn-accept-only-essential">deny</button>${hidden('<button class="brlbs-btn-accept-all">second</button>')}</div>`,
  'Borlabs Cookie 2': `<div id="BorlabsCookieBox">${hidden(
    '<a href="#" class="_brlbs-btn _brlbs-btn-accept-all" data-cookie-accept-all>second</a><a href="#" class="_brlbs-btn" data-cookie-accept>saved</a><a href="#" data-cookie-refuse>second</a>',
  )}<a href="#" id="CookieBoxSaveButton" class="_brlbs-btn _brlbs-btn-accept-all" data-cookie-accept>allow</a>
    <a href="#" class="_brlbs-btn" data-cookie-refuse>deny</a></div>`,
  Klaro: `<div class="klaro"><div class="cookie-notice"><button class="cm-btn cm-btn-danger cn-decline">deny</button>
    <button class="cm-btn cm-btn-success">allow</button></div></div>`,
  CookieYes: `<div class="cky-consent-container"><button class="cky-btn cky-btn-reject">deny</button>
    <button class="cky-btn cky-btn-accept">allow</button></div>${hidden('<button class="cky-btn cky-btn-reject">second</button><button class="cky-btn cky-btn-accept">second</button>')}`,
  Complianz: `<div class="cmplz-cookiebanner"><button class="cmplz-btn cmplz-accept">allow</button>
    <button class="cmplz-btn cmplz-deny">deny</button><button class="cmplz-btn cmplz-view-preferences">more</button></div>`,
  'Klaro, its dialog': `<div class="klaro"><div class="cookie-modal"><button class="cm-btn cm-btn-decline cm-btn-danger cn-decline">deny</button>
    <button class="cm-btn cm-btn-success cm-btn-info cm-btn-accept">selected</button>
    <button class="cm-btn cm-btn-success cm-btn-accept-all">allow</button></div></div>`,
}

test('every tool of the list has its banner here', () => {
  expect(Object.keys(BANNERS)).toEqual(expect.arrayContaining(BUTTONS.map(({ tool }) => tool)))
})

test.each(Object.entries(BANNERS))('%s', async (_, banner) => {
  for (const [choice, pressed] of [
    ['accept', 'allow'],
    ['refuse', 'deny'],
  ] as const) {
    await page.setContent(`<!doctype html><body>${banner}`)
    await page.evaluate(() =>
      addEventListener('click', (event) => {
        document.title = String((event.composedPath()[0] as Element).textContent)
      }),
    )
    await decide(page, choice, null)
    expect(await page.title()).toBe(pressed)
  }
})
