/**
 * The migrations of the local D1, applied through the open database: wrangler's own command would start a whole
 * runtime of its own for it (two seconds on every start).
 *
 * The same bookkeeping table as `wrangler d1 migrations apply`, so both may be used on one database in any order.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadWrangler } from './load-wrangler.ts'

/** What is used of a D1 database, whichever library typed it. */
export type LocalDatabase = Pick<D1Database, 'prepare' | 'batch'>

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

/** @returns the names of the migrations that were applied now, in order. Each is one transaction. */
export async function migrate(db: LocalDatabase, folder: string): Promise<readonly string[]> {
  await db.prepare(BOOKKEEPING).run()
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))
  const missing = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !applied.has(name)).sort()

  if (missing.length === 0) return missing

  const { unstable_splitSqlQuery: split } = await loadWrangler()
  for (const name of missing) {
    const statements = split(await readFile(join(folder, name), 'utf8'))
    await db.batch([...statements.map((sql) => db.prepare(sql)), db.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(name)])
  }
  return missing
}
