/**
 * 200,000 made-up events through the Worker, inside workerd with a real D1: never a server error, never a row outside the
 * schema. `npm test` sends a tenth of them; the seeds here are others, and given in the error where something is found.
 */
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { bundleModule } from '../prove/bundle.ts'
import type { Figure } from './figure.ts'
import type { Answered, Asked } from './fuzz/worker.ts'
import { furnish } from './load/contender.ts'
import { loadTable } from './load/table.ts'

const EVENTS = 200_000
const AT_ONCE = 20_000
const NOW = Date.UTC(2026, 10, 21, 13, 25)

export async function* benchFuzz(): AsyncGenerator<Figure> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: await bundleModule(join(import.meta.dirname, 'fuzz/worker.ts')),
      compatibilityDate: '2026-11-01',
      d1Databases: { DB: 'fuzz' },
      kvNamespaces: { RANGES: 'fuzz' },
    }),
  )
  try {
    await furnish(await runtime.getD1Database('DB'), { id: 'shop', host: 'shop.example' })
    const { values, listed } = await loadTable({ listed: 1, others: 0 })
    const kv = await runtime.getKVNamespace('RANGES')
    for (const [key, value] of values) await kv.put(key, value)
    const url = await runtime.ready
    const answers: Record<string, number> = {}
    let rows: Answered['left'] = null
    for (let seed = 1; seed <= EVENTS / AT_ONCE; seed += 1) {
      const asked: Asked = { seed, count: AT_ONCE, now: NOW, listed: listed[0] ?? '' }
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(asked) })
      const found: Answered = JSON.parse(await response.text())
      if (found.wrong.length > 0 || Object.values(found.misfits).some((count) => count > 0)) {
        throw new Error(`seed ${seed} found something: ${JSON.stringify({ wrong: found.wrong, misfits: found.misfits }, null, 2)}`)
      }
      for (const [status, count] of Object.entries(found.statuses)) answers[status] = (answers[status] ?? 0) + count
      rows = found.left
    }
    for (const [status, value] of Object.entries(answers)) yield { name: `fuzz: answered ${status}`, value, unit: 'events' }
    yield { name: 'fuzz: server errors', value: 0, unit: 'events' }
    yield { name: 'fuzz: rows that do not fit', value: 0, unit: 'rows' }
    yield { name: 'fuzz: counted of companies', value: rows?.activity ?? 0, unit: 'events' }
    yield { name: 'fuzz: counted of nobody', value: rows?.totals ?? 0, unit: 'events' }
  } finally {
    await runtime.dispose()
  }
}
