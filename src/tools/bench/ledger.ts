/**
 * What the ledger costs and whether it is exact. Rows are D1's own `meta.rows_written` over all tables, ids of batches
 * included; the clock is moved by hand, so a day of traffic takes seconds and every figure is the same in every run.
 *
 * Traffic: 5 % from listed companies, 200 paths, 20 sources, 20 countries, all events in one isolate, which is the
 * unit that gathers: a site whose visitors come to five isolates has five times a fifth of its rate.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SiteId } from '../../words.ts'
import type { Figure } from './figure.ts'
import { trialOver } from './ledger/databases.ts'
import { fillLedger } from './ledger/fill.ts'
import { TEN_MILLION } from './ledger/large-ledger.ts'
import { readingFigures } from './ledger/reading.ts'
import { SITE, type Traffic } from './ledger/traffic.ts'

const FROM = Date.UTC(2026, 10, 21, 13, 25)
const FREE_ROWS_A_DAY = 100_000
const DAY_S = 86_400

const RATES: readonly (readonly [name: string, traffic: Omit<Traffic, 'seed' | 'from'>])[] = [
  ['1 event/s', { events: 4_000, perSecond: 1 }],
  ['1 event/s, with time on page', { events: 4_000, perSecond: 1, leaves: true }],
  ['1 event/s, worst case', { events: 4_000, perSecond: 1, even: true }],
  ['50 events/s', { events: 40_000, perSecond: 50 }],
  ['50 events/s, with time on page', { events: 40_000, perSecond: 50, leaves: true }],
  ['50 events/s, worst case', { events: 40_000, perSecond: 50, even: true }],
]

/** @param kept where the large ledger lies and stays; without it one is made and deleted */
export async function* benchLedger(kept?: string): AsyncGenerator<Figure> {
  yield* rowsWritten()
  yield* freePlan()
  yield* exactness()
  yield* largeLedger(kept)
}

async function* largeLedger(kept: string | undefined): AsyncGenerator<Figure> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'doorplate-bench-')))
  try {
    await mkdir(folder, { recursive: true })
    await fillLedger(folder, TEN_MILLION)
    yield* readingFigures(folder, TEN_MILLION)
  } finally {
    if (kept === undefined) await rm(folder, { recursive: true, force: true })
  }
}

async function* rowsWritten(): AsyncGenerator<Figure> {
  for (const [name, shape] of RATES) {
    const { written, read } = await rowsOf(shape)
    yield { name: `written: ${name}`, value: written, unit: 'rows/event' }
    yield { name: `read to write: ${name}`, value: read, unit: 'rows/event' }
  }
}

/** How many views a day the free plan's rows carry, time on page included, when every row written is also deleted one day. */
async function* freePlan(): AsyncGenerator<Figure> {
  for (const [name, isolates] of [
    ['in one isolate', 1],
    ['in ten isolates', 10],
    ['each alone', Number.POSITIVE_INFINITY],
  ] as const) {
    let views = 20_000
    // A fixed point: fewer views a second, fewer that share a flush.
    for (let round = 0; round < 4; round += 1) {
      const { written, deleted } = await rowsOf({ events: 2_000, perSecond: Math.max(0.01, views / DAY_S / isolates), leaves: true })
      views = FREE_ROWS_A_DAY / (written + deleted)
    }
    yield { name: `free plan: ${name}`, value: Math.floor(views), unit: 'views/day' }
  }
}

async function rowsOf(shape: Omit<Traffic, 'seed' | 'from'>): Promise<{ written: number; read: number; deleted: number }> {
  const { rowsWritten, rowsRead, deleted } = await trialOver(1, {
    trial: { sink: 'd1', seed: 1, from: FROM },
    traffic: { seed: 3, from: FROM, ...shape },
    purgeAt: FROM + 400 * DAY_S * 1000,
  })
  return { written: rowsWritten / shape.events, read: rowsRead / shape.events, deleted: deleted / shape.events }
}

/** The same events through both sinks, over databases that fail at random and messages that come again; three databases too. */
async function* exactness(): AsyncGenerator<Figure> {
  const events = 50_000
  for (const [sink, count] of [
    ['d1', 1],
    ['queue', 1],
    ['d1', 3],
    ['queue', 3],
  ] as const) {
    const sites = count === 1 ? [SITE] : Array.from({ length: 12 }, (_, index) => `bench-${index}` as SiteId)
    const begin = performance.now()
    const { wrong, failures } = await trialOver(count, {
      trial: { sink, seed: 9, from: FROM, faults: 0.2 },
      traffic: { seed: 5, events, perSecond: 50, from: FROM, leaves: true, sites },
    })
    if (wrong.length > 0) throw new Error(`The ledger of the sink "${sink}" is wrong:\n${wrong.join('\n')}`)
    const name = `${sink}, ${count} database${count === 1 ? '' : 's'}`
    yield { name: `${name}: rows that are wrong`, value: wrong.length, unit: 'rows' }
    yield { name: `${name}: calls that failed`, value: failures, unit: 'calls' }
    yield { name: `${name}: through`, value: (events * 1000) / (performance.now() - begin), unit: 'events/s' }
  }
}
