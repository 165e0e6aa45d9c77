/** Runs a trial in the local runtime with D1 databases of its own: migrated, empty, in memory, gone afterwards. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_splitSqlQuery } from 'wrangler'
import { bundleModule } from '../../prove/bundle.ts'
import type { Answered, Asked } from './worker.ts'

export const MIGRATIONS = join(import.meta.dirname, '../../../../migrations')

export async function trialOver(count: number, asked: Asked): Promise<Answered> {
  const names = Array.from({ length: count }, (_, index) => `DB${index === 0 ? '' : index + 1}`)
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: await bundleModule(join(import.meta.dirname, 'worker.ts')),
      compatibilityDate: '2026-11-01',
      d1Databases: Object.fromEntries(names.map((name) => [name, name])),
      // What the ledger says of databases that fail is no figure.
      handleStructuredLogs: () => undefined,
    }),
  )
  try {
    for (const name of names) await migrate(await runtime.getD1Database(name))
    const answer = await fetch(await runtime.ready, { method: 'POST', body: JSON.stringify(asked) })
    if (!answer.ok) throw new Error(`the trial failed: ${await answer.text()}`)
    return JSON.parse(await answer.text())
  } finally {
    await runtime.dispose()
  }
}

/** All migrations, in order. */
export async function migrate(db: D1Database): Promise<void> {
  for (const file of readdirSync(MIGRATIONS).sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(join(MIGRATIONS, file), 'utf8'))
    await db.batch(statements.map((statement) => db.prepare(statement)))
  }
}
