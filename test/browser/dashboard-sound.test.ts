/** Every page of the dashboard, wide and narrow, light and dark, in both languages: sound, light, and still. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADDRESSES, type Dashboard, openDashboard, openPage } from './dashboard-house.ts'
import type { Look } from './looks.ts'
import { openSlowly } from './slowly.ts'

let dashboard: Dashboard

beforeAll(async () => {
  dashboard = await openDashboard()
})
afterAll(() => dashboard?.close())

/** Each width in one language. */
const LOOKS: readonly Look[] = [
  { language: 'de', width: 360, dark: true },
  { language: 'en', width: 1440, dark: false },
]

/** What is folded away must be sound too. */
const unfold = (page: Page) => page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations: found } = await (rules === undefined ? axe : axe.withRules(rules)).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`)
}

describe.each([...ADDRESSES, { name: 'the sign-in', address: '/admin/login?' }])('$name', ({ address }) => {
  test.each(LOOKS)('is sound at $width px in $language, folded and unfolded, light and dark', async ({ language, width, dark }) => {
    const colorScheme = (isDark: boolean) => (isDark ? 'dark' : 'light')
    const context = await dashboard.context({ locale: language, viewport: { width, height: 900 }, colorScheme: colorScheme(dark) })
    const page = await openPage(context, `${dashboard.origin}${address}${width === 360 ? '&q=Company+1999' : ''}`)
    expect(await page.getAttribute('html', 'lang')).toBe(language)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await unfold(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(await violations(page)).toEqual([])
    // The same page in the other scheme differs by its colours alone.
    await page.emulateMedia({ colorScheme: colorScheme(!dark) })
    expect(await violations(page, ['color-contrast', 'link-in-text-block'])).toEqual([])
    await context.close()
  })

  test('is at most 100 kB in at most three requests, nothing moves while it loads, and nothing is refused by its policy', async () => {
    const context = await dashboard.context({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    const sizes: number[] = []
    const read: Promise<unknown>[] = []
    page.on('response', (response) => read.push(response.body().then((body) => sizes.push(body.length))))
    await page.goto(`${dashboard.origin}${address}`, { waitUntil: 'load' })
    await Promise.all(read)
    expect(sizes.length).toBeLessThanOrEqual(3)
    // Uncompressed; Cloudflare sends a fifth of it.
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100_000)
    expect(await page.evaluate(MOVED)).toBe(0)
    expect(said).toEqual([])
    await context.close()
  })
})

test('what is still coming is not shown: while half of a page is missing, nothing is drawn', async () => {
  const slowly = await openSlowly(dashboard.origin)
  const context = await dashboard.context({ viewport: { width: 1440, height: 900 } })
  await context.exposeFunction('release', slowly.release)
  // Half a second's worth of turns, in which the page's first half would be drawn.
  await context.addInitScript(() => {
    let turns = 0
    const each = setInterval(() => {
      turns += 1
      if (turns < 50) return
      clearInterval(each)
      Object.assign(window, { halfUntil: performance.now() })
      void (window as unknown as { release(): void }).release()
    }, 10)
  })
  const page = await context.newPage()
  await page.goto(`${slowly.origin}/admin/traffic?site=shop`, { waitUntil: 'load' })
  const drawn = () => page.evaluate("performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime > halfUntil)")
  await expect.poll(drawn).toHaveLength(1)
  expect(await drawn()).toEqual([true])
  expect(await page.evaluate(MOVED)).toBe(0)
  await context.close()
  slowly.close()
})

/** Sum of all layout shifts so far; a busy machine may draw two frames before it calls the observer. */
const MOVED = `new Promise((tell) => {
  const all = (shifts) => tell(shifts.reduce((sum, { value }) => sum + value, 0))
  const observer = new PerformanceObserver((list) => all(list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  requestAnimationFrame(() => requestAnimationFrame(() => all(observer.takeRecords())))
})`
