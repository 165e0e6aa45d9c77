import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POINTER_KEY } from '../../../src/compile/pointer.ts'
import { publish, rollback } from '../../../src/compile/publish.ts'
import { saveSite } from '../../../src/ledger/sites.ts'
import { ROOT, workerOf } from '../../../src/tools/prove/bundle.ts'
import { type Runtime, startRuntime } from '../../../src/tools/prove/runtime.ts'
import { localKv } from '../../../src/tools/ranges/local-kv.ts'
import { migrate } from '../../../src/tools/start/tables.ts'
import { organisation, tableOf } from '../compile/made-table.ts'

/**
 * The built Worker in the local runtime, asked over a real socket while tables are published, broken and rolled back
 * under it. Its clock is moved by a module in front of it, because an isolate trusts its pointer for a minute and no
 * test waits for one.
 */
const CLOCK = `import worker from './worker.mjs'
const real = Date.now.bind(Date)
let ahead = 0
Date.now = () => real() + ahead
export default {
  ...worker,
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname !== '/test-clock') return worker.fetch(request, env, ctx)
    ahead += 61_000
    return new Response(null, { status: 204 })
  },
}
`
const ADDRESS = '203.0.113.20'
const DAY = new Date('2026-11-21T00:00:00Z')

let folder = ''
let runtime: Runtime

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-cycle-'))
  const { code } = await workerOf(join(ROOT, 'src'))
  runtime = await startRuntime({ state: folder, modules: { 'clock.mjs': CLOCK, 'worker.mjs': code } }, { console: [], outbound: [] })
  await migrate(runtime.db, join(ROOT, 'migrations'))
  await saveSite(
    runtime.db,
    { id: 'shop', name: 'Shop', basis: 'consent', timeZone: 'UTC', settings: {}, pageHosts: [runtime.url.host], endpointHosts: [] },
    '2026-11-21',
  )
})
afterAll(async () => {
  await runtime.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Whom a visit from the address would count as, a minute and a bit later. */
async function asked(): Promise<string | null> {
  await fetch(new URL('/test-clock', runtime.url))
  const html = await (await fetch(new URL('/you?lang=en', runtime.url), { headers: { 'CF-Connecting-IP': ADDRESS } })).text()
  // Behind the name stands where it is from, and from when.
  return /<dt>Organisation<\/dt><dd>([^<]*) \([^<(]*\)</.exec(html)?.[1] ?? null
}

const named = (name: string) => tableOf([['203.0.113.0', '203.0.113.255', 1]], [organisation(name, 1)])

describe('tables under a running Worker', () => {
  test('publish, serve, publish, serve, roll back, serve: no restart, no deploy', async () => {
    const port = localKv(runtime.ranges)
    expect(await asked()).toBeNull()
    await publish(port, await named('First'), { now: DAY })
    expect(await asked()).toBe('First')
    await publish(port, await named('Second'), { now: DAY })
    expect(await asked()).toBe('Second')
    await rollback(port, { now: DAY })
    expect(await asked()).toBe('First')
  })

  test('a pointer that goes missing or is no pointer leaves the table in memory serving', async () => {
    const pointer = await runtime.ranges.get(POINTER_KEY)
    await runtime.ranges.put(POINTER_KEY, '{"version":"no"}')
    expect(await asked()).toBe('First')
    await runtime.ranges.delete(POINTER_KEY)
    expect(await asked()).toBe('First')
    await runtime.ranges.put(POINTER_KEY, pointer ?? '')
    expect(await asked()).toBe('First')
  })

  test('a new version whose shard is broken names nobody wrongly: the version before answers, and repair needs no restart', async () => {
    const port = localKv(runtime.ranges)
    const third = await named('Third')
    await publish(port, third, { now: DAY })
    const key = `ranges:${third.description.version}:4:00`
    const bytes = await runtime.ranges.get(key, 'arrayBuffer')
    await runtime.ranges.put(key, new Uint8Array([1, 2, 3]))
    expect(await asked()).toBe('First')
    await runtime.ranges.put(key, bytes ?? '')
    expect(await asked()).toBe('Third')
  })

  test('keys outlive builds: tables of two clones, one after the other and back, and the ledger shows one company', async () => {
    const port = localKv(runtime.ranges)
    const acme = organisation('Acme', 7)
    const row = ['203.0.113.0', '203.0.113.255', 7] as const
    // The second clone knows another organisation before it, so that the dense ids differ.
    const one = await tableOf([row], [acme])
    const other = await tableOf([['192.0.2.0', '192.0.2.255', 1], row], [organisation('Before', 1), acme])
    expect(one.companies.findIndex(({ name }) => name === 'Acme')).not.toBe(other.companies.findIndex(({ name }) => name === 'Acme'))
    for (const step of [
      () => publish(port, one, { now: DAY }),
      () => publish(port, other, { now: DAY }),
      () => rollback(port, { now: DAY }),
    ]) {
      await step()
      expect(await asked()).toBe('Acme')
      await fetch(new URL('/e', runtime.url), {
        method: 'POST',
        headers: { Origin: runtime.url.origin, 'CF-Connecting-IP': ADDRESS, 'Content-Type': 'text/plain' },
        body: JSON.stringify({ k: 'view', p: '/', ok: 1 }),
      })
    }
    const read = () => runtime.db.prepare('SELECT company_key AS key, sum(count) AS views FROM company_activity GROUP BY company_key').all()
    await expect.poll(async () => (await read()).results).toEqual([{ key: 'dom:acme.example', views: 3 }])
    const companies = await runtime.db.prepare('SELECT name FROM companies').all()
    expect(companies.results).toEqual([{ name: 'Acme' }])
  })
})
