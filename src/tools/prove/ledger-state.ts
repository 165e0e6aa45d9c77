/** What the Worker has stored, for comparison: the bytes of all its files, and the rows of D1 as text. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { copyState } from './copy-state.ts'

export interface LedgerState {
  /** SHA-256 by file name; of a database with what stands in its log. */
  readonly files: ReadonlyMap<string, string>
  readonly bytes: number
}

/**
 * The runtime writes a database's log into the database when nobody has asked it for ten seconds: that moves bytes and changes
 * none. So it is done here first, in a copy.
 */
export function fileState(state: string): LedgerState {
  const copy = mkdtempSync(join(tmpdir(), 'doorplate-state-'))
  try {
    copyState(state, copy)
    const names = namesIn(copy)
    for (const name of names) if (name.endsWith('.sqlite')) writeLogInto(join(copy, name))
    let bytes = 0
    const files = new Map(
      names
        .filter((name) => !/\.sqlite-(?:wal|shm)$/.test(name))
        .map((name) => {
          const content = readFileSync(join(copy, name))
          bytes += content.length
          return [name, createHash('sha256').update(content).digest('hex')]
        }),
    )
    return { files, bytes }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort()

function writeLogInto(path: string): void {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
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
