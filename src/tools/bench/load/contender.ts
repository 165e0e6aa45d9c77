/** A Worker in a runtime process of its own, so that the kernel tells whose processor time and memory it was. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_splitSqlQuery } from 'wrangler'
import { saveSite } from '../../../ledger/sites.ts'
import { ROOT } from '../../prove/bundle.ts'
import { runtimes } from './process.ts'
import { ORIGIN } from './requests.ts'

/** What everything is measured by: it reads the same body and answers the same. */
const EMPTY = 'export default { async fetch(request) { await request.text(); return new Response(null, { status: 204 }) } }'

export type Name = 'empty' | 'd1' | 'queue'

export interface Contender {
  readonly name: Name
  readonly url: string
  readonly pid: number
  /** Events in ledger and totals so far; of the empty Worker none. */
  counted(): Promise<{ readonly ledger: number; readonly totals: number }>
  stop(): Promise<void>
}

/** @param code the Worker as it is deployed. @param values of KV. @param state an empty folder. */
export async function startContender(name: Name, code: string, values: ReadonlyMap<string, Uint8Array>, state: string): Promise<Contender> {
  const before = runtimes()
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: 'ESModule', path: 'index.js', contents: name === 'empty' ? EMPTY : code }],
      compatibilityDate: '2026-11-01',
      host: '127.0.0.1',
      port: 0,
      cf: false,
      logRequests: false,
      resourcePersistencePath: state,
      ...(name !== 'empty' && bindings(name)),
    }),
  )
  const url = (await runtime.ready).href
  const [pid] = runtimes().filter((each) => !before.includes(each))
  if (pid === undefined) throw new Error('the runtime process was not found in /proc')
  if (name === 'empty') return { name, url, pid, counted: async () => ({ ledger: 0, totals: 0 }), stop: () => runtime.dispose() }
  const db = await runtime.getD1Database('DB')
  await furnish(db, { id: 'bench', host: new URL(ORIGIN).host })
  const kv = await runtime.getKVNamespace('RANGES')
  for (const [key, value] of values) await kv.put(key, value)
  return {
    name,
    url,
    pid,
    async counted() {
      const sum = async (sql: string) => (await db.prepare(sql).first<number>('sum')) ?? 0
      return {
        ledger: await sum('SELECT sum(count) AS sum FROM company_activity'),
        totals: await sum(`SELECT sum(count) AS sum FROM site_totals WHERE dimension = 'outcome'`),
      }
    },
    stop: () => runtime.dispose(),
  }
}

/** As in wrangler.toml; but more than the limit of a site has to go through here. */
function bindings(sink: Exclude<Name, 'empty'>) {
  return {
    bindings: { SINK: sink, LEDGER_FLUSH_MS: '1000', TOTALS_FLUSH_MS: '20000', ADMIN_TOKEN_HASH: '' },
    d1Databases: { DB: 'doorplate' },
    kvNamespaces: { RANGES: 'ranges' },
    ratelimits: { EVENT_LIMIT: { namespace_id: '1001', simple: { limit: 1_000_000_000, period: 60 as const } } },
    ...(sink === 'queue' && {
      queueProducers: { COUNTS: 'counts' },
      queueConsumers: { counts: { maxBatchSize: 100, maxBatchTimeout: 1, maxRetries: 20, retryDelay: 10 } },
    }),
  }
}

/** Migrations, and one site. */
export async function furnish(db: D1Database, { id, host }: { readonly id: string; readonly host: string }): Promise<void> {
  const migrations = join(ROOT, 'migrations')
  for (const file of readdirSync(migrations).sort()) {
    await db.batch(unstable_splitSqlQuery(readFileSync(join(migrations, file), 'utf8')).map((sql) => db.prepare(sql)))
  }
  const settings = { balancing: { confirmedBy: 'bench', date: '2026-01-01', reviewBy: '2099-01-01' }, names: ['datasheet.pdf'] }
  const hosts = { pageHosts: [host], endpointHosts: [`t.${host.replace(/^www\./, '')}`] }
  await saveSite(db, { id, name: id, basis: 'legitimate-interest', timeZone: 'Europe/Berlin', settings, ...hosts }, '2026-01-01')
}
