/**
 * Writes a large ledger into a D1 database of the local runtime: the schema through the runtime, the rows straight into
 * its SQLite file in key order, which takes a hundredth of the time. For benchmarks only.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { MIGRATIONS, migrate } from './databases.ts'
import { companiesOf, HOT_PAGES, type LargeLedger, type Row, sitesOf, totalsOf, ZONE } from './large-ledger.ts'

/** Name of the database; whoever opens the folder with `d1Persist` binds this. */
export const DATABASE = 'doorplate-bench'

/** Fills an empty folder. One that holds the same ledger already is left as it is. */
export async function fillLedger(folder: string, shape: LargeLedger): Promise<void> {
  const label = join(folder, 'ledger.json')
  const wanted = JSON.stringify({ ...shape, migrations: readdirSync(MIGRATIONS).length })
  if (existsSync(label)) {
    if (readFileSync(label, 'utf8') === wanted) return
    throw new Error(`${folder} holds another ledger: delete it, or name another folder`)
  }
  await makeSchema(folder)
  const db = new DatabaseSync(fileOf(folder))
  db.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -200000',
  )
  db.exec('BEGIN')
  const tables = openTables(db)
  for (const site of sitesOf(shape)) {
    tables.sites.add([site.id, site.id, 'legitimate-interest', ZONE, JSON.stringify({ hot: HOT_PAGES }), shape.to])
    const days: Row[] = []
    for (const { key, company, activity, days: of } of companiesOf(shape, site)) {
      if (tables.companies.rows % 20 === 0) {
        tables.tags.add([site.id, key, 'lead', shape.to])
        tables.notes.add([site.id, key, '0'.repeat(16), 'Asked for an offer.', 'bench', shape.to])
      }
      tables.companies.add(company)
      for (const row of activity) tables.activity.add(row)
      days.push(...of)
    }
    days.sort((a, b) => compare(String(a[1]), String(b[1])) || compare(String(a[2]), String(b[2])))
    for (const row of days) tables.days.add(row)
    for (const row of totalsOf(shape, site)) tables.totals.add(row)
    for (let entry = 0; entry < AUDIT_ENTRIES; entry += 1) {
      const minute = Date.parse(shape.to) / 60_000 - AUDIT_ENTRIES + entry
      tables.audit.add([site.id, minute, '0'.repeat(16), 'bench', 'export', 'companies csv', 100])
    }
  }
  for (const table of Object.values(tables)) table.end()
  db.exec('COMMIT')
  db.exec('PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL')
  db.close()
  writeFileSync(label, wanted)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

async function makeSchema(folder: string): Promise<void> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default {}',
      compatibilityDate: '2026-11-01',
      d1Databases: { DB: DATABASE },
      resourcePersistencePath: folder,
      d1Persist: true,
    }),
  )
  try {
    await migrate(await runtime.getD1Database('DB'))
  } finally {
    await runtime.dispose()
  }
}

/** A filled ledger's file, to look into; nobody else may have it open. */
export function filledDatabase(folder: string): DatabaseSync {
  return new DatabaseSync(fileOf(folder), { readOnly: true })
}

/** The database's file; its name is a hash of the runtime's. Beside it lie what the runtime knows of it, and its KV. */
function fileOf(folder: string): string {
  const databases = join(folder, 'd1')
  const files = readdirSync(databases, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.sqlite') && !name.includes('metadata'),
  )
  const [file] = files
  if (file === undefined || files.length > 1) throw new Error(`one database is expected in ${databases}, there are ${files.length}`)
  return join(databases, file)
}

interface Table {
  readonly rows: number
  add(row: Row): void
  /** Writes what is still held. */
  end(): void
}

/** Of each site. */
const AUDIT_ENTRIES = 300

/** Rows go in by the hundred: one statement each would take twice as long. */
const AT_ONCE = 100

function table(db: DatabaseSync, name: string, columns: string): Table {
  const width = columns.split(',').length
  const insert = (rows: number): StatementSync =>
    db.prepare(
      `INSERT INTO ${name} (${columns}) VALUES ${Array(rows)
        .fill(`(${Array(width).fill('?').join(',')})`)
        .join(',')}`,
    )
  const many = insert(AT_ONCE)
  let held: Row[number][] = []
  let rows = 0
  return {
    get rows() {
      return rows
    },
    add(row) {
      rows += 1
      held.push(...row)
      if (held.length < AT_ONCE * width) return
      many.run(...held)
      held = []
    },
    end() {
      const one = insert(1)
      for (let at = 0; at < held.length; at += width) one.run(...held.slice(at, at + width))
      held = []
    },
  }
}

function openTables(db: DatabaseSync) {
  return {
    sites: table(db, 'sites', 'id, name, basis, time_zone, settings, created'),
    companies: table(db, 'companies', 'site_id, company_key, kind, name, domain, country, city, industry, employees, receipt, first_hour'),
    activity: table(db, 'company_activity', 'site_id, company_key, hour, kind, path, origin, name, count, seconds'),
    days: table(
      db,
      'company_day',
      'site_id, day, company_key, views, pages, seconds, downloads, outbounds, forms, events, visits, first_hour, last_hour, hot, sources, paths',
    ),
    tags: table(db, 'tags', 'site_id, company_key, tag, created'),
    notes: table(db, 'notes', 'site_id, company_key, id, text, author, created'),
    audit: table(db, 'audit', 'site_id, minute, id, actor, action, detail, rows'),
    totals: table(db, 'site_totals', 'site_id, day, dimension, value, count'),
  }
}
