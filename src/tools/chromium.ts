/**
 * A real Chromium for tests, checks and benchmarks, out of an npm package: nothing to install by hand.
 *
 * The package unpacks itself into the temporary folder and takes whatever binary it finds there, of any version. So
 * it gets a folder named after its version; it unpacks beside and is moved there whole, because several test files
 * may want it at the same moment. Never with the package's own arguments: they switch web security and site
 * isolation off, and a cross-origin test would prove nothing.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** A browser that does not start, not a machine that is busy. */
const STARTS_WITHIN_MS = 120_000

/** @param browser path of another Chromium or Chrome; the package has none for macOS and Windows */
export async function launchChromium(browser?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: browser ?? (await executable()),
    args: ['--no-sandbox', '--disable-gpu'],
    timeout: STARTS_WITHIN_MS,
  })
}

/** As a visitor's browser names itself; the headless one says so and would be counted as a bot. */
export const DESKTOP = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'

async function executable(): Promise<string> {
  // The package does not export its own description.
  const description = readFileSync(new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(description) as { version: string }
  const folder = join(tmpdir(), `doorplate-chromium-${version}-${process.getuid?.() ?? 0}`)
  const binary = join(folder, 'chromium')
  if (existsSync(binary)) return binary

  const beside = await mkdtemp(`${folder}-`)
  await unpackInto(beside)
  // Another test file may have been faster; then its folder stays.
  await rename(beside, folder).catch(() => rm(beside, { recursive: true, force: true }))
  return binary
}

async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
