/**
 * What a page of the dashboard costs over ten million rows of the ledger, beside a Hono page with nothing on it: the time
 * until the whole answer is there, the slowest of twenty left out, as a ratio. Both run in the local runtime, in turn,
 * asked over the same socket by the same client; so what the machine does besides falls on both. On Linux also the
 * processor time of the runtime, the database's included, which wavers less.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { buildAssets } from '../build.ts'
import { bundleModule, ROOT } from '../prove/bundle.ts'
import type { Figure } from './figure.ts'
import { fillLedger } from './ledger/fill.ts'
import { type LedgerHouse, openLedgerHouse } from './ledger/house.ts'
import { type LargeLedger, siteName, TEN_MILLION } from './ledger/large-ledger.ts'
import { cpuMs, runtimes } from './load/process.ts'

/** Each page is asked so often; the first of them warm up. */
const TIMES = 60
const WARM = 5

/** @param kept a folder that keeps the filled ledger for the next run. */
export async function* benchPages(kept?: string, shape: LargeLedger = TEN_MILLION): AsyncGenerator<Figure> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'doorplate-pages-')))
  await buildAssets()
  await mkdir(folder, { recursive: true })
  const empty = await openEmptyPage()
  try {
    await fillLedger(folder, shape)
    const others = processes()
    const house = await openLedgerHouse(folder, shape)
    const pid = processes().find((each) => !others.includes(each))
    try {
      for (const [name, path] of await pagesOf(house)) yield* pageFigures(name, path, { house, pid, empty })
    } finally {
      await house.close()
    }
  } finally {
    await empty.close()
    if (kept === undefined) await rm(folder, { recursive: true, force: true })
  }
}

/** Runtimes of ours whose processor time the kernel tells. */
const processes = (): readonly number[] => (existsSync('/proc') ? runtimes() : [])

interface Asked {
  readonly house: LedgerHouse
  readonly pid: number | undefined
  readonly empty: EmptyPage
}

async function* pageFigures(name: string, path: string, { house, pid, empty }: Asked): AsyncGenerator<Figure> {
  const times: number[] = []
  const peer: number[] = []
  let rows = 0
  let begin = 0
  for (let round = -WARM; round < TIMES; round += 1) {
    if (round === 0 && pid !== undefined) begin = cpuMs(pid)
    const answer = await house.ask(path)
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
    const beside = await empty.ask()
    if (round < 0) continue
    times.push(answer.ms)
    peer.push(beside)
    rows = answer.rowsRead
  }
  yield { name: `${name}: p95 against an empty page`, value: p95(times) / p95(peer), unit: 'x' }
  yield { name: `${name}: p95`, value: p95(times), unit: 'ms' }
  if (pid !== undefined) yield { name: `${name}: processor time`, value: (cpuMs(pid) - begin) / TIMES, unit: 'ms' }
  yield { name: `${name}: rows read`, value: rows, unit: 'rows' }
}

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN

/** The first page on the largest site, also in the dearest order and over all its days, what the masthead leads to, and its first company. */
async function pagesOf(house: LedgerHouse): Promise<Map<string, string>> {
  const first = `/admin?site=${siteName(0)}`
  const { text } = await house.ask(first)
  const links = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, link = '']) => link.replaceAll('&amp;', '&'))
  const found = new Map([
    ['companies', first],
    ['companies by score', `${first}&sort=score`],
    ['companies of 90 days', `${first}&days=90`],
    ...links(/<a href="(\/admin\/\w+\?site=[^"]*)" *>/g).map((link) => [/^\/admin\/(\w+)/.exec(link)?.[1] ?? '', link] as const),
  ])
  const [company] = links(/<a href="(\/admin\/companies\/[^"]*)"/g)
  if (company !== undefined) found.set('company', company)
  return found
}

interface EmptyPage {
  /** Milliseconds until the whole answer is there. */
  ask(): Promise<number>
  close(): Promise<void>
}

async function openEmptyPage(): Promise<EmptyPage> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: [
        {
          type: 'ESModule',
          path: 'main.mjs',
          contents: await bundleModule(join(import.meta.dirname, 'pages-empty.ts'), join(ROOT, 'src')),
        },
      ],
      compatibilityDate: '2026-11-01',
      cf: false,
    }),
  )
  const origin = await runtime.ready
  return {
    async ask() {
      const begin = performance.now()
      await (await fetch(new URL('/admin', origin))).text()
      return performance.now() - begin
    },
    close: () => runtime.dispose(),
  }
}
