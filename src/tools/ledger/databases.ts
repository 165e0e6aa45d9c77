/** The ledger's databases, local or deployed, and how rows get into them. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unstable_readConfig } from 'wrangler'
import * as z from 'zod'
import { type Shards, shardsOf, shardsOver } from '../../ledger/shard.ts'
import { withLiterals } from '../d1/literal.ts'
import { remoteD1 } from '../d1/remote-d1.ts'
import { withBindings } from '../start/local-bindings.ts'
import { migrate } from '../start/tables.ts'
import { runWrangler } from '../wrangler.ts'
import type { Writer } from './import.ts'

export interface Ledger {
  readonly shards: Shards
  readonly writer: Writer
}

type Run = (words: readonly string[]) => Promise<Buffer>

/** The local databases; their tables are made where they are missing. */
export function withLocalLedger<T>(state: string, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  return withBindings(state, async (env) => {
    const shards = shardsOf(env)
    for (const db of shards.all) await migrate(db, 'migrations')
    return work({ shards, writer: boundWriter })
  })
}

/** The deployed databases, through wrangler. @param run an argument for the tests */
export async function withRemoteLedger<T>(work: (ledger: Ledger) => Promise<T>, run: Run = runWrangler): Promise<T> {
  const databases = new Map(bindings().map((binding) => [remoteD1(run, binding), binding]))
  const all = [...databases.keys()]
  const [primary] = all
  if (primary === undefined) throw new Error('wrangler.toml names no database.')
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-ledger-'))
  try {
    return await work({ shards: shardsOver(all, primary), writer: fileWriter(folder, (db) => databases.get(db) ?? 'DB', run) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** DB, DB2 … as the Worker finds them. */
function bindings(): string[] {
  const Named = z.object({ d1_databases: z.array(z.object({ binding: z.string() })) })
  const { d1_databases: named } = Named.parse(unstable_readConfig({ config: 'wrangler.toml' }, { hideWarnings: true }))
  const known = new Set(named.map(({ binding }) => binding))
  const found = ['DB']
  while (known.has(`DB${found.length + 1}`)) found.push(`DB${found.length + 1}`)
  return found
}

export const boundWriter: Writer = {
  async put(db, sql, json) {
    const statement = db.prepare(sql)
    await (json === null ? statement : statement.bind(json)).run()
  },
  async end() {},
}

/** Gathers the statements of each database in a file: thousands of calls of wrangler become one. */
function fileWriter(folder: string, bindingOf: (db: D1Database) => string, run: Run): Writer {
  const files = new Map<string, string>()
  return {
    async put(db, sql, json) {
      const binding = bindingOf(db)
      const file = files.get(binding) ?? join(folder, `${binding}.sql`)
      files.set(binding, file)
      await appendFile(file, `${withLiterals(sql, json === null ? [] : [json])};\n`, { mode: 0o600 })
    },
    async end() {
      for (const [binding, file] of files) await run(['d1', 'execute', binding, '--remote', '--yes', '--file', file])
    },
  }
}
