/**
 * Gathers what a run left behind, at rest and in flight.
 *
 * Databases are searched twice: as files, because a deleted row stays in a free page or in the write-ahead log, and
 * row by row, because a long value is torn apart by page boundaries. The files are copied first: reading a database
 * writes to it.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { exportLines } from '../ledger/export.ts'
import { copyState } from './copy-state.ts'
import type { Evidence } from './finder.ts'
import type { PlaceId } from './places.ts'
import type { KvDumpEntry } from './worker/kv-dump.ts'

/** SHA-256 of each value of the published build: such bytes are compared, not searched. */
export type Published = ReadonlySet<string>

export interface AtRest {
  readonly evidence: readonly Evidence[]
  /** Files that are, byte for byte, a value of the published build. */
  readonly compared: number
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Everything under the state folder. The runtime may be running. */
export function stateEvidence(state: string, published: Published): AtRest {
  const copy = mkdtempSync(join(tmpdir(), 'doorplate-search-'))
  try {
    copyState(state, copy)
    const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const evidence: Evidence[] = []
    let compared = 0
    for (const { parentPath, name } of files) {
      const where = join(parentPath, name).slice(copy.length + 1)
      const bytes = readFileSync(join(parentPath, name))
      if (published.has(sha256(bytes))) compared++
      else
        evidence.push({
          place: placeOf(where, 'files'),
          where: `file ${where} (name and content)`,
          bytes: Buffer.concat([Buffer.from(`${where}\n`), bytes]),
        })
    }
    for (const { parentPath, name } of files) {
      if (!name.endsWith('.sqlite')) continue
      const path = join(parentPath, name)
      evidence.push(...rowEvidence(path, path.slice(copy.length + 1)))
    }
    return { evidence, compared }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** The traces have a place of their own: they are a matter of the local runtime and not deployed. */
const placeOf = (path: string, otherwise: PlaceId): PlaceId => (path.split(sep).includes('observability') ? 'observability' : otherwise)

function rowEvidence(path: string, where: string): Evidence[] {
  const database = new DatabaseSync(path)
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    return tables.flatMap(({ name }) => {
      const statement = database.prepare(`SELECT * FROM "${String(name).replaceAll('"', '""')}"`)
      statement.setReadBigInts(true)
      const columns = new Map<string, Buffer[]>()
      for (const row of statement.iterate()) {
        for (const [column, value] of Object.entries(row)) {
          const cells = columns.get(column) ?? []
          columns.set(column, cells)
          cells.push(cell(value), NEWLINE)
        }
      }
      return [...columns].map(([column, cells]) => ({
        place: placeOf(where, 'rows'),
        where: `table ${String(name)}, column ${column} (${where.split(sep)[1] ?? where})`,
        bytes: Buffer.concat(cells),
      }))
    })
  } finally {
    database.close()
  }
}

const NEWLINE = Buffer.from('\n')
const cell = (value: unknown): Buffer => (value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value), 'utf8'))

/** What KV answers when asked for everything it has. @param dump as `worker/kv-dump.ts` wrote it. */
export function kvEvidence(dump: Buffer, published: Published): AtRest {
  const entries: readonly KvDumpEntry[] = JSON.parse(dump.toString('utf8'))
  const lines = (of: (entry: KvDumpEntry) => string): Buffer => Buffer.from(entries.map(of).join('\n'), 'utf8')
  const evidence: Evidence[] = [
    { place: 'kv-keys', where: 'names of keys', bytes: lines(({ name }) => name) },
    { place: 'kv-metadata', where: 'metadata', bytes: lines(({ metadata }) => JSON.stringify(metadata)) },
  ]
  let compared = 0
  for (const { name, value } of entries) {
    const bytes = Buffer.from(value, 'base64')
    if (published.has(sha256(bytes))) compared++
    else evidence.push({ place: 'kv-values', where: `value of "${name}"`, bytes })
  }
  return { evidence, compared }
}

/** What went through the queue. @param dump JSON texts of the messages, as JSON. */
export function queueEvidence(dump: Buffer): Evidence {
  const messages: readonly string[] = JSON.parse(dump.toString('utf8'))
  return { place: 'queue', where: 'messages', bytes: Buffer.from(messages.join('\n'), 'utf8') }
}

/** The file of `npm run ledger -- export`, which operators keep as a backup. */
export async function exportEvidence(db: D1Database): Promise<Evidence> {
  const lines: string[] = []
  for await (const line of exportLines({ all: [db], primary: db }, '2026-01-01')) lines.push(JSON.stringify(line))
  return { place: 'files', where: 'the file of npm run ledger -- export', bytes: Buffer.from(lines.join('\n'), 'utf8') }
}

/** What a runtime printed and tried to send. */
export function heardEvidence({
  console,
  outbound,
}: {
  readonly console: readonly Buffer[]
  readonly outbound: readonly Buffer[]
}): readonly Evidence[] {
  return [
    { place: 'console', where: "the runtime's output", bytes: Buffer.concat(console) },
    ...outbound.map(
      (bytes): Evidence => ({ place: 'outbound', where: `request ${bytes.toString('latin1').split('\n', 2).join(' ')}`, bytes }),
    ),
  ]
}
