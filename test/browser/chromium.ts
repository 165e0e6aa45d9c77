/** The tests' name for it. */
import type { Browser } from 'playwright-core'
import { launchChromium as launch } from '../../src/tools/chromium.ts'

export { DESKTOP } from '../../src/tools/chromium.ts'

/** It ends what hangs; how fast the machine is, no test measures. */
const LONGEST_MS = 120_000

export async function launchChromium(): Promise<Browser> {
  const browser = await launch()
  browser.on('context', (context) => context.setDefaultTimeout(LONGEST_MS))
  return browser
}
