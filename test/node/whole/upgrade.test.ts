import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publish } from '../../../src/compile/publish.ts'
import { readChores } from '../../../src/ledger/chores.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { saveSite } from '../../../src/ledger/sites.ts'
import { boundWriter } from '../../../src/tools/ledger/databases.ts'
import { exportLines } from '../../../src/tools/ledger/export.ts'
import { importLedger } from '../../../src/tools/ledger/import.ts'
import { readTables } from '../../../src/tools/ledger/tables.ts'
import { workerOf } from '../../../src/tools/prove/bundle.ts'
import { ADMIN_TOKEN, type Runtime, startRuntime } from '../../../src/tools/prove/runtime.ts'
import { localKv } from '../../../src/tools/ranges/local-kv.ts'
import { newSite } from '../../../src/tools/sites/options.ts'
import { migrate } from '../../../src/tools/start/tables.ts'
import { tableOf } from '../compile/made-table.ts'

/**
 * This version's Worker on the schema of the next one: migrations run before the Worker is replaced, so for a while it must
 * work there. The next version is made up: it adds a column to every table, and a table.
 */
let folder = ''
let runtime: Runtime

const NEXT_COLUMN = "ADD COLUMN next_version TEXT NOT NULL DEFAULT 'next'"

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-upgrade-'))
  runtime = await startRuntime(
    { state: folder, modules: { 'worker.mjs': (await workerOf(resolve('src'))).code } },
    { console: [], outbound: [] },
  )
  const { db, ranges } = runtime
  await migrate(db, 'migrations')
  for (const { name } of await readTables(db)) await db.prepare(`ALTER TABLE ${name} ${NEXT_COLUMN}`).run()
  await db.prepare('CREATE TABLE inventions (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID').run()
  await saveSite(db, { ...newSite('shop'), pageHosts: ['www.shop.example'], endpointHosts: ['t.shop.example'] }, '2026-11-22')
  await publish(localKv(ranges), await tableOf([['203.0.113.0', '203.0.113.255', 1]]), { now: new Date('2026-11-22T00:00:00Z') })
})
afterAll(async () => {
  await runtime.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const visit = (address: string, path: string) =>
  fetch(new URL('/e', runtime.url), {
    method: 'POST',
    headers: { origin: 'https://www.shop.example', 'content-type': 'text/plain', 'cf-connecting-ip': address },
    body: JSON.stringify({ k: 'view', p: path, ok: 1 }),
  })

const ask = (path: string, init: RequestInit = {}) =>
  fetch(new URL(`/admin/api${path}`, runtime.url), {
    ...init,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
  })

const count = async (table: string) => (await runtime.db.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n

describe('an older Worker on a newer schema', () => {
  test('counts companies and everybody else', async () => {
    expect((await visit('203.0.113.7', '/pricing')).status).toBe(204)
    expect((await visit('198.51.100.7', '/')).status).toBe(204)
    await expect.poll(() => count('company_activity')).toBe(1)
    await expect.poll(() => count('site_totals')).toBeGreaterThan(3)
    expect(await runtime.db.prepare('SELECT next_version FROM company_activity').first()).toEqual({ next_version: 'next' })
  })

  test('shows, changes and writes down', async () => {
    const { companies } = (await (await ask('/companies?site=shop')).json()) as { companies: { key: string }[] }
    expect(companies).toHaveLength(1)
    const [{ key } = { key: '' }] = companies
    for (const path of [
      `/companies/${encodeURIComponent(key)}?site=shop`,
      '/totals?site=shop',
      '/coverage?site=shop',
      '/health',
      '/audit',
      '/export.ndjson?site=shop',
    ]) {
      expect((await ask(path)).status, path).toBe(200)
    }
    expect((await ask(`/companies/${encodeURIComponent(key)}/tags/lead?site=shop`, { method: 'PUT' })).status).toBe(200)
    expect(
      (await ask('/rules?site=shop', { method: 'POST', body: JSON.stringify({ range: '192.0.2.0/24', action: 'block' }) })).status,
    ).toBe(200)
    expect((await ask('/tokens', { method: 'POST', body: JSON.stringify({ name: 'CRM', role: 'viewer', sites: '*' }) })).status).toBe(200)
  })

  test('does its hourly work', async () => {
    await fetch(new URL('/cdn-cgi/local/scheduled', runtime.url))
    const chores = await readChores(runtime.db)
    expect(chores.length).toBeGreaterThan(3)
    expect(chores.filter(({ done }) => done === null)).toEqual([])
  })

  test('an export of it, and of the version before, comes back into it', async () => {
    const shards = shardsOver([runtime.db], runtime.db)
    const lines: string[] = []
    for await (const line of exportLines(shards, '2026-11-22')) lines.push(JSON.stringify(line))
    async function* again() {
      yield* lines
    }
    const { rows } = await importLedger(again, shards, { replace: true, writer: boundWriter })
    expect(rows).toBeGreaterThan(8)

    // The version before has neither the column nor the table: what it does not say gets the default.
    const columns = Object.fromEntries(
      (await readTables(runtime.db))
        .filter(({ name }) => name !== 'inventions')
        .map((table) => [table.name, table.columns.map(({ name }) => name).filter((name) => name !== 'next_version')]),
    )
    const older: string[] = []
    for await (const line of exportLines(shards, '2026-11-22', columns)) older.push(JSON.stringify(line))
    async function* before() {
      yield* older
    }
    await importLedger(before, shards, { replace: true, writer: boundWriter })
    expect(await runtime.db.prepare('SELECT next_version FROM companies').first()).toEqual({ next_version: 'next' })
  })
})
