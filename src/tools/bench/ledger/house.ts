/** Opens the admin over a filled ledger in the local runtime, signed in as the owner of all sites, at the end of its last day. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare, type Request, Response } from 'miniflare'
import { bundleModule, ROOT } from '../../prove/bundle.ts'
import { DATABASE } from './fill.ts'
import type { LargeLedger } from './large-ledger.ts'

const TOKEN = 'dp_bench_operator'

export interface Answer {
  readonly status: number
  readonly text: string
  /** Of D1: rows and queries exactly, milliseconds as the runtime measured them. */
  readonly rowsRead: number
  readonly queries: number
  readonly queryMs: number
  /** The longest of its queries. */
  readonly slowestMs: number
  /** The whole answer, as somebody beside the machine waits for it. */
  readonly ms: number
}

export interface LedgerHouse {
  /** @param path below the host: `/admin/api/companies?site=site-000` */
  ask(path: string): Promise<Answer>
  close(): Promise<void>
}

/** A file of the build, as the Worker reads it. */
async function asset(request: Request): Promise<Response> {
  const file = await readFile(join(ROOT, 'dist/assets', new URL(request.url).pathname)).catch(() => null)
  return new Response(file, { status: file === null ? 404 : 200 })
}

/** @param folder as {@link fillLedger} filled it. */
export async function openLedgerHouse(folder: string, { to }: LargeLedger): Promise<LedgerHouse> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: [
        {
          type: 'ESModule',
          path: 'main.mjs',
          contents: await bundleModule(join(import.meta.dirname, 'house-worker.ts'), join(ROOT, 'src')),
        },
      ],
      compatibilityDate: '2026-11-01',
      bindings: { ADMIN_TOKEN_HASH: createHash('sha256').update(TOKEN).digest('hex'), NOW: String(Date.parse(`${to}T20:00:00Z`)) },
      d1Databases: { DB: DATABASE },
      kvNamespaces: ['RANGES'],
      serviceBindings: { ASSETS: asset },
      resourcePersistencePath: folder,
      d1Persist: true,
      cf: false,
    }),
  )
  const origin = await runtime.ready
  return {
    async ask(path) {
      const begin = performance.now()
      const answer = await fetch(new URL(path, origin), { headers: { Authorization: `Bearer ${TOKEN}` } })
      const text = await answer.text()
      const ms = performance.now() - begin
      const told = (name: string) => Number(answer.headers.get(name))
      return {
        status: answer.status,
        text,
        rowsRead: told('rows-read'),
        queries: told('queries'),
        queryMs: told('query-ms'),
        slowestMs: told('slowest-ms'),
        ms,
      }
    },
    close: () => runtime.dispose(),
  }
}
