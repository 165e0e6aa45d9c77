/** How a page is looked at: languages, widths, colours; and what a person must not meet there. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { DESKTOP } from './chromium.ts'

export interface Look {
  readonly language: 'de' | 'en'
  readonly width: number
  readonly dark: boolean
}

/** Each language narrow and wide, light and dark; not every combination, for a colour knows no language. */
export const LOOKS: readonly Look[] = [
  { language: 'de', width: 360, dark: false },
  { language: 'de', width: 1280, dark: true },
  { language: 'en', width: 360, dark: true },
  { language: 'en', width: 1280, dark: false },
]

export const contextOf = ({ language, width, dark }: Look): BrowserContextOptions => ({
  userAgent: DESKTOP,
  locale: language,
  viewport: { width, height: 780 },
  colorScheme: dark ? 'dark' : 'light',
})

/** No violation that axe knows, nothing wider than the screen, nothing to press that a thumb would miss, in one language. */
export async function expectSound(page: Page, { language, width }: Look): Promise<void> {
  // Without frames there is nothing to gather in a second tab.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  expect(await page.getAttribute('html', 'lang')).toBe(language)
  const heights = await page.locator('button, .button').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
  expect(Math.min(44, ...heights)).toBeGreaterThanOrEqual(44)
}

/** Presses Tab until something with this text has the focus; how often is part of what a person feels. */
export async function tabTo(page: Page, text: string, most = 8): Promise<number> {
  for (let pressed = 1; pressed <= most; pressed++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.count()) > 0 && (await focused.innerText()).trim() === text) return pressed
  }
  throw new Error(`"${text}" is not reached by ${most} presses of Tab`)
}
