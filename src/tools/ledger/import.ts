/**
 * Brings an export into a database that has the tables: first the whole file is read and checked, then written, then
 * everything is read back and compared by count and hash. A company that objected, in the file or here, does not come back.
 */
import { readObjections } from '../../ledger/objections.ts'
import type { Shards } from '../../ledger/shard.ts'
import { exportLines } from './export.ts'
import { type End, type Head, type Row, Tallies, type Value } from './format.ts'
import { LedgerRefused, objecting, rowsOf, type Survey, survey } from './survey.ts'
import { emptying, insertion, readTables, type Table } from './tables.ts'

/** Writes rows; {@link Writer.end} settles what was gathered. */
export interface Writer {
  put(db: D1Database, sql: string, json: string | null): Promise<void>
  end(): Promise<void>
}

export interface Imported {
  readonly rows: number
  readonly tables: Readonly<Record<string, number>>
  /** Rows of companies that objected: left out. */
  readonly left: number
}

/** These belong to a site and lie in its database; the others in the first. */
const OF_A_SITE = new Set(['company_activity', 'company_day', 'companies', 'site_totals', 'tags', 'notes'])
/** What a running installation writes by itself, or what is kept of the target: counted, not compared. */
const LIVING = new Set(['company_objections', 'audit', 'chores', 'batches', 'sign_ins', 'sign_in_failures'])
/** An installation that has any of these is in use. */
const IN_USE = ['sites', 'companies', 'site_totals'] as const
/** A statement may have 100 kB on D1, a command line 128. */
const BYTES = 60_000

export interface ImportOptions {
  /** Deletes what is there first, but for the objections. */
  readonly replace: boolean
  readonly writer: Writer
}

/** @param lines reads the file from its beginning. @throws LedgerRefused */
export async function importLedger(
  lines: () => AsyncIterable<string>,
  shards: Shards,
  { replace, writer }: ImportOptions,
): Promise<Imported> {
  const found = await survey(lines())
  const tables = await fitting(found, shards)
  if (replace) await empty(tables, shards, writer)
  else await refuseIfInUse(shards)

  const gone = objecting(found, await readObjections(shards.primary))
  const expected = new Tallies()
  let left = 0
  const pens = new Map<string, Pen>()
  for await (const [name, values] of rowsOf(lines())) {
    const table = tables.get(name)
    const columns = found.head.tables[name]
    if (table === undefined || columns === undefined) continue
    if (name !== 'company_objections' && names(columns, values, gone)) {
      left += 1
      continue
    }
    expected.add(name, values)
    for (const db of homesOf(name, columns, values, shards)) {
      const place = `${name} ${shards.all.indexOf(db)}`
      const pen = pens.get(place) ?? new Pen(db, insertion(table, columns), writer)
      pens.set(place, pen)
      await pen.add(values)
    }
  }
  for (const pen of pens.values()) await pen.flush()
  await writer.end()
  await compare(found.head.tables, expected, shards)
  const rows = Object.fromEntries([...tables.keys()].map((name) => [name, expected.of(name).rows]))
  return { rows: Object.values(rows).reduce((sum, each) => sum + each, 0), tables: rows, left }
}

/** What a company said stays, whatever is imported over it. */
async function empty(tables: ReadonlyMap<string, Table>, { all }: Shards, writer: Writer): Promise<void> {
  for (const table of tables.values()) {
    if (table.name === 'company_objections') continue
    for (const db of all) await writer.put(db, emptying(table), null)
  }
}

/** The target's tables by name. @throws LedgerRefused where the file has something they have no place for. */
async function fitting({ head }: Survey, { primary }: Shards): Promise<ReadonlyMap<string, Table>> {
  const there = new Map((await readTables(primary)).map((table) => [table.name, table]))
  if (there.size === 0) throw new LedgerRefused('The database has no tables yet: npm run setup makes them.')
  for (const [name, columns] of Object.entries(head.tables)) {
    const known = there.get(name)?.columns.map((column) => column.name) ?? []
    const foreign = columns.find((column) => !known.includes(column))
    if (foreign !== undefined) {
      throw new LedgerRefused(
        `The file has ${name}.${foreign}, this database has not: it is older than the file. npm run upgrade brings it up to date.`,
      )
    }
  }
  return new Map([...there].filter(([name]) => Object.hasOwn(head.tables, name)))
}

async function refuseIfInUse({ primary, all }: Shards): Promise<void> {
  for (const db of new Set([primary, ...all])) {
    for (const name of IN_USE) {
      if ((await db.prepare(USED[name]).first()) !== null) {
        throw new LedgerRefused(`There are rows in ${name} already. --replace deletes what is there first (objections of companies stay).`)
      }
    }
  }
}

const USED = {
  sites: 'SELECT 1 FROM sites LIMIT 1',
  companies: 'SELECT 1 FROM companies LIMIT 1',
  site_totals: 'SELECT 1 FROM site_totals LIMIT 1',
} as const satisfies Record<(typeof IN_USE)[number], string>

/** Whether a row is of a company that objected: by its key, or by a rule that would assign a network to it. */
function names(columns: readonly string[], values: readonly Value[], gone: ReadonlySet<string>): boolean {
  const key = values[columns.indexOf('company_key')]
  if (typeof key === 'string' && gone.has(key)) return true
  const company = values[columns.indexOf('company')]
  if (typeof company !== 'string') return false
  const assigned: unknown = JSON.parse(company)
  return typeof assigned === 'object' && assigned !== null && 'key' in assigned && gone.has(String(assigned.key))
}

/** The databases a row belongs into. Ids of batches go into all: each of them asks for itself. */
function homesOf(table: string, columns: readonly string[], values: readonly Value[], shards: Shards): readonly D1Database[] {
  if (table === 'batches') return shards.all
  return [OF_A_SITE.has(table) ? shards.of(String(values[columns.indexOf('site_id')])) : shards.primary]
}

/** Rows of one table for one database, gathered into statements. */
class Pen {
  readonly #db: D1Database
  readonly #sql: string
  readonly #writer: Writer
  #rows: string[] = []
  #bytes = 0

  constructor(db: D1Database, sql: string, writer: Writer) {
    this.#db = db
    this.#sql = sql
    this.#writer = writer
  }

  async add(values: readonly Value[]): Promise<void> {
    const json = JSON.stringify(values)
    if (this.#bytes + json.length > BYTES) await this.flush()
    this.#rows.push(json)
    this.#bytes += Buffer.byteLength(json)
  }

  async flush(): Promise<void> {
    if (this.#rows.length > 0) await this.#writer.put(this.#db, this.#sql, `[${this.#rows.join(',')}]`)
    this.#rows = []
    this.#bytes = 0
  }
}

/** @throws LedgerRefused where what was read back is not what was written. */
async function compare(columns: Head['tables'], expected: Tallies, shards: Shards): Promise<void> {
  const found = new Tallies()
  for await (const line of exportLines(shards, '', columns)) if (isRow(line)) found.add(...line)
  for (const name of Object.keys(columns)) {
    const wanted = expected.of(name)
    const there = found.of(name)
    const right = LIVING.has(name) ? there.rows >= wanted.rows : there.hash === wanted.hash && there.rows === wanted.rows
    if (!right) {
      throw new LedgerRefused(
        `${name}: ${there.rows} rows were read back, ${wanted.rows} written, or one differs. Is somebody counting there? Import again with --replace.`,
      )
    }
  }
}

function isRow(line: Head | Row | End): line is Row {
  return Array.isArray(line)
}
