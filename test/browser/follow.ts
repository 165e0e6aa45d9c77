import type { Page } from 'playwright-core'

/** Does what leads to another page, and comes back on that page: a click alone may come back on the one it was made on. */
export async function follow(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForNavigation(), act()])
}

/** Clicks on what leads to another page. */
export const followClick = (page: Page, selector: string): Promise<void> => follow(page, () => page.click(selector))
