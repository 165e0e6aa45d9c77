import { domainOfKey, type Named, type ObjectionRow, objectionsOf } from '../company-objection.ts'
import type { CompanyKey } from '../words.ts'
import type { Shards } from './shard.ts'

/**
 * Companies that objected, and what that does to the ledger: their rows go on all sites at once, and cron takes what an
 * isolate still counted in the minute before it knew. Read once a minute with a query that holds nothing of any request.
 */
type Row = Omit<ObjectionRow, 'names' | 'domains'> & { readonly names: string; readonly domains: string }

/** All of them, in the order of their keys. Before its migration has run there is no table and nobody in it. */
export async function readObjections(db: D1Database): Promise<ObjectionRow[]> {
  try {
    const { results } = await db
      .prepare('SELECT company_key AS key, names, domains, created, why, proof FROM company_objections ORDER BY company_key')
      .all<Row>()
    return results.map((row) => ({ ...row, names: texts(row.names), domains: texts(row.domains) }))
  } catch (error) {
    if (lacksTable(error)) return []
    throw error
  }
}

/** Adds an objection or replaces the one of the same company. */
export async function saveObjection(db: D1Database, { key, names, domains, created, why, proof }: ObjectionRow): Promise<void> {
  await db
    .prepare(
      `INSERT INTO company_objections (company_key, names, domains, created, why, proof) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT DO UPDATE SET names = ?2, domains = ?3, created = ?4, why = ?5, proof = ?6`,
    )
    .bind(key, JSON.stringify(names), JSON.stringify(domains), created, why, proof)
    .run()
}

/** Removes an objection; false when there was none under this key. */
export async function withdrawObjection(db: D1Database, key: CompanyKey): Promise<boolean> {
  const gone = await db.prepare('DELETE FROM company_objections WHERE company_key = ?1 RETURNING company_key').bind(key).all()
  return gone.results.length > 0
}

/** Who some site's ledger knows under this key, or as the owner of its domain. */
export async function knownUnder({ all }: Pick<Shards, 'all'>, key: CompanyKey): Promise<Named | null> {
  for (const db of all) {
    const known = await db
      .prepare(
        'SELECT company_key AS key, name, domain FROM companies WHERE company_key = ?1 OR domain = ?2 ORDER BY company_key <> ?1 LIMIT 1',
      )
      .bind(key, domainOfKey(key))
      .first<Named>()
    if (known !== null) return known
  }
  return null
}

/** Deletes what the ledger holds of companies that objected, on all sites. @returns how many companies of sites went. */
export async function forgetObjecting({ all, primary }: Pick<Shards, 'all' | 'primary'>): Promise<number> {
  const rows = await readObjections(primary)
  if (rows.length === 0) return 0
  const objections = objectionsOf(rows)
  let gone = 0
  for (const db of all) {
    const { results } = await db
      .prepare('SELECT DISTINCT company_key AS key, name, domain FROM companies')
      .all<{ key: CompanyKey; name: string; domain: string | null }>()
    const keys = new Set<string>([
      ...rows.map(({ key }) => key),
      ...results.filter((company) => objections.include(company)).map(({ key }) => key),
    ])
    gone += await forget(db, [...keys])
  }
  return gone
}

/** Statement by statement: a table that a later migration brings may be missing, and the others must go all the same. */
async function forget(db: D1Database, keys: readonly string[]): Promise<number> {
  const list = JSON.stringify(keys)
  for (const statement of FORGET) {
    try {
      await db.prepare(statement).bind(list).run()
    } catch (error) {
      if (!lacksTable(error)) throw error
    }
  }
  const gone = await db.prepare('DELETE FROM companies WHERE company_key IN (SELECT value FROM json_each(?1)) RETURNING 1').bind(list).all()
  return gone.results.length
}

const FORGET = [
  'DELETE FROM company_activity WHERE company_key IN (SELECT value FROM json_each(?1))',
  'DELETE FROM company_day WHERE company_key IN (SELECT value FROM json_each(?1))',
  'DELETE FROM tags WHERE company_key IN (SELECT value FROM json_each(?1))',
  'DELETE FROM notes WHERE company_key IN (SELECT value FROM json_each(?1))',
]

const lacksTable = (error: unknown): boolean => error instanceof Error && /no such table/i.test(error.message)

/** A JSON array of texts; what is none holds nothing. */
function texts(json: string): string[] {
  try {
    const list: unknown = JSON.parse(json)
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
