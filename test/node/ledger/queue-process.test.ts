import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unstable_splitSqlQuery } from 'wrangler'
import { saveSite } from '../../../src/ledger/sites.ts'
import { ROOT, workerOf } from '../../../src/tools/prove/bundle.ts'

/** The Worker with its queue, in a process of its own: a socket in front, the runtime's queue in the middle, D1 behind. */
let runtime: Miniflare
let db: D1Database

beforeAll(async () => {
  const { code } = await workerOf(join(ROOT, 'src'))
  runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: code,
      compatibilityDate: '2026-11-01',
      // Long enough that twenty events at once are gathered on a slow machine too.
      bindings: { SINK: 'queue', LEDGER_FLUSH_MS: '20', TOTALS_FLUSH_MS: '500', ADMIN_TOKEN_HASH: '' },
      d1Databases: { DB: 'doorplate' },
      kvNamespaces: ['RANGES'],
      ratelimits: { EVENT_LIMIT: { namespace_id: '1001', simple: { limit: 100_000, period: 60 } } },
      queueProducers: { COUNTS: 'counts' },
      queueConsumers: { counts: { maxBatchSize: 100, maxBatchTimeout: 0.1, maxRetries: 5, retryDelay: 0 } },
    }),
  )
  db = await runtime.getD1Database('DB')
  const migrations = join(ROOT, 'migrations')
  for (const file of readdirSync(migrations).sort()) {
    await db.batch(unstable_splitSqlQuery(readFileSync(join(migrations, file), 'utf8')).map((sql) => db.prepare(sql)))
  }
  const balancing = { confirmedBy: 'Test', date: '2026-01-01', reviewBy: '2099-01-01' }
  await saveSite(
    db,
    {
      id: 'shop',
      name: 'Shop',
      basis: 'legitimate-interest',
      timeZone: 'UTC',
      settings: { balancing },
      pageHosts: ['www.shop.example'],
      endpointHosts: ['t.shop.example'],
    },
    '2026-01-01',
  )
})

afterAll(() => runtime.dispose())

const total = async (dimension: string) =>
  (await db.prepare('SELECT sum(count) AS count FROM site_totals WHERE dimension = ?1').bind(dimension).first<number>('count')) ?? 0

test('every event that was answered reaches D1 through the queue, once', async () => {
  const url = new URL('/e', await runtime.ready)
  const view = () =>
    fetch(url, {
      method: 'POST',
      headers: {
        Origin: 'https://www.shop.example',
        'Content-Type': 'text/plain',
        'CF-Connecting-IP': '203.0.113.20',
        'User-Agent': 'Mozilla/5.0',
      },
      body: JSON.stringify({ k: 'view', p: '/' }),
    })
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(Array.from({ length: 20 }, view))
    expect(answers.every(({ status }) => status === 204)).toBe(true)
  }
  await expect.poll(() => total('outcome')).toBe(200)
  expect(await total('path')).toBe(200)
  const ids = await db.prepare('SELECT count(*) AS count FROM batches').first<number>('count')
  expect(ids).toBeGreaterThan(0)
  expect(ids).toBeLessThan(100)
})
