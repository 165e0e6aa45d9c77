/**
 * The snippet against published trackers and an empty script: bytes as a browser loads them, and time on the main
 * thread of a real Chromium for loading it (compiling and running the file, first view included) and for one page view
 * of a single-page app. All scripts are made by the same bundler, with the setup their own documentation gives.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { bundleSnippet } from '../build/snippet.ts'
import { launchChromium } from '../chromium.ts'
import { type Figure, median } from './figure.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const ROUNDS = 40
/** Page views of one round; a single one is too short for the clock. */
const VIEWS = 20
const SITE = 'https://www.example.com'

interface Contender {
  readonly name: string
  readonly code: string
  /** Attributes of its script tag. */
  readonly attributes: string
  /** Whether it follows a single-page app by itself. */
  readonly followsHistory: boolean
}

/** Published on npm; what is not installed is left out. */
const PEERS: readonly (Omit<Contender, 'code'> & { readonly setup: string })[] = [
  {
    name: '@plausible-analytics/tracker',
    setup: `import { init } from '@plausible-analytics/tracker'; init({ domain: 'example.com' })`,
    attributes: '',
    followsHistory: true,
  },
  {
    name: 'plausible-tracker',
    setup: `import Plausible from 'plausible-tracker'; const { enableAutoPageviews, enableAutoOutboundTracking } = Plausible({ domain: 'example.com' }); enableAutoPageviews(); enableAutoOutboundTracking()`,
    attributes: '',
    followsHistory: true,
  },
  {
    name: '@counterscale/tracker',
    setup: `import { init } from '@counterscale/tracker'; init({ siteId: 'example', reporterUrl: '${SITE}/collect' })`,
    attributes: '',
    followsHistory: true,
  },
  {
    name: 'swetrix',
    setup: `import { init, trackViews } from 'swetrix'; init('example', { apiURL: '${SITE}/log' }); trackViews()`,
    attributes: '',
    followsHistory: true,
  },
  {
    name: 'ackee-tracker',
    setup: `import * as ackee from 'ackee-tracker'; (ackee.create ?? ackee.default.create)('${SITE}').record('example')`,
    attributes: '',
    followsHistory: false,
  },
]

/** @param modules where the peers are installed */
export async function* benchSnippet(modules = join(ROOT, 'node_modules')): AsyncGenerator<Figure> {
  const [snippet, adapters] = await bundleSnippet(join(ROOT, 'src/snippet'))
  if (snippet === undefined || adapters === undefined) throw new Error('the snippet was not built')
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const ours: Contender = { name: 'd.js', code: text(snippet.bytes), attributes: 'data-basis="legitimate-interest"', followsHistory: true }
  const contenders = [ours, ...(await installed(modules))]
  for (const { name, code } of [...contenders, { name: 'cmp.js (consent adapters)', code: text(adapters.bytes) }]) {
    yield { name: `snippet size gzip: ${name}`, value: gzipSync(code, { level: 9 }).length, unit: 'bytes' }
    yield { name: `snippet size brotli: ${name}`, value: brotliCompressSync(code).length, unit: 'bytes' }
  }

  const browser = await launchChromium()
  try {
    const empty: Contender = { name: 'empty', code: '0', attributes: '', followsHistory: true }
    const times = await timesOf(browser, [empty, ...contenders])
    const base = times.get('empty')
    for (const { name, followsHistory } of contenders) {
      const time = times.get(name)
      if (base === undefined || time === undefined) continue
      yield { name: `snippet load vs empty: ${name}`, value: time.load / base.load, unit: 'x' }
      if (followsHistory) yield { name: `snippet view vs empty: ${name}`, value: time.view / base.view, unit: 'x' }
    }
    if (base !== undefined) yield { name: 'snippet load: empty script', value: base.load, unit: 'ms' }
  } finally {
    await browser.close()
  }
}

async function installed(modules: string): Promise<Contender[]> {
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-bench-'))
  try {
    const found: Contender[] = []
    for (const { setup, ...peer } of PEERS) {
      if (!existsSync(join(modules, peer.name))) continue
      const input = join(folder, `${found.length}.js`)
      await writeFile(input, setup)
      const built = await rolldown({ input, resolve: { modules: [modules] }, platform: 'browser', logLevel: 'silent', tsconfig: false })
      const { output } = await built.generate({ format: 'iife', minify: true, comments: false })
      await built.close()
      found.push({ ...peer, code: output[0].code.trim() })
    }
    return found
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Times {
  /** Milliseconds of the main thread. */
  readonly load: number
  readonly view: number
}

/** Interleaved, so that whatever else the machine does falls on all alike. */
async function timesOf(browser: Browser, contenders: readonly Contender[]): Promise<Map<string, Times>> {
  const context = await browser.newContext()
  // No network: the site is answered here, and so is every event. Isolated pages get a clock of 5 microseconds.
  await context.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    const contender = contenders[Number(/^\/(\d+)\//.exec(pathname)?.[1])]
    const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
    if (contender === undefined || route.request().method() !== 'GET') await route.fulfill({ status: 204 })
    else if (pathname.endsWith('/d.js')) await route.fulfill({ contentType: 'text/javascript', body: contender.code })
    else await route.fulfill({ contentType: 'text/html', headers: isolated, body: '<!doctype html><title>bench</title><body>' })
  })
  // Several trackers count nothing where a program drives the browser.
  await context.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { value: false }))
  const page = await context.newPage()
  const loads = contenders.map((): number[] => [])
  const views = contenders.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, contender] of contenders.entries()) {
      await page.goto(`${SITE}/${at}/page`)
      loads[at]?.push(await loadTime(page, `${SITE}/${at}/d.js`, contender.attributes))
      views[at]?.push(await viewTime(page))
    }
  }
  await context.close()
  return new Map(contenders.map(({ name }, at) => [name, { load: median(loads[at] ?? []), view: median(views[at] ?? []) }]))
}

/** The file is there already, so what is timed is compiling and running it. */
async function loadTime(page: Page, url: string, attributes: string): Promise<number> {
  return page.evaluate(
    async ([src, written]) => {
      const code = await (await fetch(src as string)).text()
      const host = document.createElement('div')
      host.innerHTML = `<script ${written} data-to="${location.origin}"></script>`
      const script = document.createElement('script')
      for (const { name, value } of host.firstElementChild?.attributes ?? []) script.setAttribute(name, value)
      // Inline runs at once, within the call.
      script.text = code
      const begin = performance.now()
      document.head.appendChild(script)
      return performance.now() - begin
    },
    [url, attributes],
  )
}

async function viewTime(page: Page): Promise<number> {
  return page.evaluate((views) => {
    const begin = performance.now()
    for (let view = 0; view < views; view += 1) history.pushState({}, '', `/view/${view}`)
    return (performance.now() - begin) / views
  }, VIEWS)
}
