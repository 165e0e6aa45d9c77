/**
 * The local runtime with the Worker in it: real D1 and KV with their state on disk, a real socket, the bindings of
 * wrangler.toml. What it prints and what it tries to send out is kept.
 */
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare, Response } from 'miniflare'
import { unstable_readConfig } from 'wrangler'
import { ACCESS_VARIABLES } from './access.ts'
import { ROOT } from './bundle.ts'
import { listening } from './runtime-output.ts'

export interface RuntimeOptions {
  /** Folder of the state; used again by the next runtime, it is a restart. */
  readonly state: string
  /** Modules by file name; the first is the entry. */
  readonly modules: Readonly<Record<string, string>>
  /** The local store of traces and logs that `wrangler dev` keeps. */
  readonly observability?: boolean
  /** Counters go through a queue, as in the environment `queue` of wrangler.toml. */
  readonly queue?: boolean
  /** What the world outside answers; 204 to everything unless told otherwise. */
  readonly outside?: (url: string) => Response | undefined
}

/** What a runtime gave away while it ran. */
export interface Heard {
  readonly console: Buffer[]
  readonly outbound: Buffer[]
}

export interface Runtime {
  readonly url: URL
  readonly db: D1Database
  readonly ranges: KVNamespace
  stop(): Promise<void>
}

/** Counters are gathered as when deployed, but not for seconds on end. */
const WINDOWS = { LEDGER_FLUSH_MS: '15', TOTALS_FLUSH_MS: '30' } as const

/** Small batches at once: more of them come again when the database fails. */
const QUEUE = {
  queueProducers: { COUNTS: 'counts' },
  queueConsumers: { counts: { maxBatchSize: 5, maxBatchTimeout: 0.02, maxRetries: 20, retryDelay: 0 } },
}

/** SHA-256 of {@link ADMIN_TOKEN}; a proof has an operator of its own. */
export const ADMIN_TOKEN = 'dp_prove_operator'
const ADMIN_TOKEN_HASH = '6f53be8e9ba6e7cb011b96661dd4381205b05b75955fecdb9e8147aeb311b120'

export async function startRuntime(
  { state, modules, observability = false, queue = false, outside = () => undefined }: RuntimeOptions,
  heard: Heard,
): Promise<Runtime> {
  const { vars, ...bindings } = configured()
  const runtime = await listening(
    (part) => heard.console.push(part),
    async () => {
      const started = new Miniflare(
        convertV4MiniflareOptions({
          ...bindings,
          modules: Object.entries(modules).map(([path, contents]) => ({ type: 'ESModule' as const, path, contents })),
          bindings: { ...vars, ...WINDOWS, ...ACCESS_VARIABLES, ADMIN_TOKEN_HASH, ...(queue && { SINK: 'queue' }) },
          ...(queue && QUEUE),
          host: '127.0.0.1',
          port: 0,
          cf: false,
          resourcePersistencePath: join(state, 'shared'),
          isolatedResourcePersistencePath: join(state, 'own'),
          unsafeObservability: observability,
          unsafeTriggerHandlers: true,
          verbose: true,
          logRequests: true,
          handleStructuredLogs: () => undefined,
          outboundService: async (request) => {
            const head = [request.method, request.url, ...[...request.headers].map((pair) => pair.join(': '))].join('\n')
            heard.outbound.push(Buffer.concat([Buffer.from(`${head}\n\n`), Buffer.from(await request.arrayBuffer())]))
            return outside(request.url) ?? new Response(null, { status: 204 })
          },
        }),
      )
      await started.ready
      return started
    },
  )
  return {
    url: await runtime.ready,
    db: await runtime.getD1Database('DB'),
    ranges: (await runtime.getKVNamespace('RANGES')) as unknown as KVNamespace,
    stop: () => runtime.dispose(),
  }
}

/** What is used of wrangler.toml; wrangler's own type of it needs a package that is not here. */
interface Configuration {
  readonly compatibility_date?: string
  readonly compatibility_flags: readonly string[]
  readonly vars: Readonly<Record<string, string>>
  readonly assets: { readonly directory: string; readonly binding: string; readonly run_worker_first: readonly string[] }
  readonly d1_databases: readonly { readonly binding: string; readonly database_name?: string }[]
  readonly kv_namespaces: readonly { readonly binding: string }[]
  readonly ratelimits: readonly {
    readonly name: string
    readonly namespace_id: string
    readonly simple: { readonly limit: number; readonly period?: 10 | 60 }
  }[]
}

/** Thousands of events in seconds are no attack here; a path of its own shows what a spent limit does. */
const UNLIMITED = 1_000_000

/** D1, KV, rate limits, static files and dates as wrangler.toml has them, so that a binding added there is in the proof too. */
function configured() {
  const config: Configuration = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') }, { hideWarnings: true })
  return {
    vars: config.vars,
    // Served before the Worker runs, as when deployed.
    assets: {
      directory: join(ROOT, config.assets.directory),
      binding: config.assets.binding,
      routerConfig: { has_user_worker: true },
      run_worker_first: [...config.assets.run_worker_first],
    },
    compatibilityDate: config.compatibility_date ?? '',
    compatibilityFlags: [...config.compatibility_flags],
    d1Databases: Object.fromEntries(config.d1_databases.map(({ binding, database_name }) => [binding, database_name ?? binding])),
    kvNamespaces: Object.fromEntries(config.kv_namespaces.map(({ binding }) => [binding, binding])),
    ratelimits: Object.fromEntries(
      config.ratelimits.map(({ name, namespace_id, simple }) => [name, { namespace_id, simple: { ...simple, limit: UNLIMITED } }]),
    ),
  }
}
