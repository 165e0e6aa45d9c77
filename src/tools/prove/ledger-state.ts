/** What the Worker has stored, for comparison: the bytes of all its files, and the rows of D1 as text. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface LedgerState {
  /** SHA-256 by file name. Left out: the shared-memory index beside a log, which readers change too. */
  readonly files: ReadonlyMap<string, string>
  readonly bytes: number
}

export function fileState(state: string): LedgerState {
  const names = readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.sqlite-shm'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(state.length + 1))
  let bytes = 0
  const files = new Map(
    names.sort().map((name) => {
      const content = readFileSync(join(state, name))
      bytes += content.length
      return [name, createHash('sha256').update(content).digest('hex')]
    }),
  )
  return { files, bytes }
}

/** Names of files that differ, came or went. */
export function differences(before: LedgerState, after: LedgerState): readonly string[] {
  const names = new Set([...before.files.keys(), ...after.files.keys()])
  return [...names].filter((name) => before.files.get(name) !== after.files.get(name))
}

/**
 * Every table as sorted lines of JSON, so that two databases can be compared whatever their order of writing. Left out:
 * the ids of batches, which are random, one for each time an isolate wrote.
 */
export async function rowState(db: D1Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const { results } = await db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name <> 'batches'")
    .all<{ name: string }>()
  const tables = new Map<string, readonly string[]>()
  for (const { name } of results) {
    const rows = await db.prepare(`SELECT * FROM "${name}"`).all()
    tables.set(
      name,
      rows.results.map((row) => JSON.stringify(row)),
    )
  }
  return tables
}

/** A count of one row, or 0. */
export async function countOf(db: D1Database, sql: string): Promise<number> {
  return (await db.prepare(sql).first<number>('count')) ?? 0
}
