import { hourOf } from './clock.ts'
import { type Cutoff, cutoffOf, cutoffs } from './cutoff.ts'
import { lacksBatches } from './fault.ts'
import { BATCH_HOURS } from './limits.ts'
import { SITE_DEFAULTS, type SiteRetention } from './settings.ts'
import type { Shards } from './shard.ts'

/**
 * P7: nothing is kept longer than said. Run by cron every hour. It deletes what is past its time whenever that was, so
 * a run that was missed is made up for by the next one, and running again changes nothing.
 *
 * Each statement deletes at most {@link CHUNK} rows and is repeated while there are more, at most {@link CHUNKS} times
 * in a run: D1 stops a query after 30 s and a free plan's Worker after 50 queries. The next hour goes on.
 *
 * D1's own restore points (7 or 30 days) keep deleted rows that much longer; docs/privacy.md says so.
 */
const CHUNK = 2_000
const CHUNKS = 8

/** What holds where a site sets nothing else. */
export const RETENTION: SiteRetention = SITE_DEFAULTS.retention

type Table = (typeof STEPS)[number]['table']

/** Rows deleted, or that would be, by table. */
export type Purged = Readonly<Record<Table, number>>

/** Deletes company ledger and totals past each site's own days, and ids of batches after 24 hours. */
export async function purge(shards: Shards, now: number): Promise<Purged> {
  return overAll(shards, now, async (db, { remove }, bound) => {
    let all = 0
    let deleted = CHUNK
    for (let chunk = 0; chunk < CHUNKS && deleted === CHUNK; chunk += 1) {
      deleted = (await db.prepare(remove).bind(bound, CHUNK).all()).results.length
      all += deleted
    }
    return all
  })
}

/** What a {@link purge} without end would delete now. A company whose last row would go is counted. */
export function duePurge(shards: Shards, now: number): Promise<Purged> {
  return overAll(shards, now, async (db, { count }, bound) => {
    const { results } = await db.prepare(count).bind(bound).all<{ count: number }>()
    return results[0]?.count ?? 0
  })
}

type Step = (typeof STEPS)[number]
type Work = (db: D1Database, step: Step, bound: string | number) => Promise<number>

async function overAll(shards: Shards, now: number, work: Work): Promise<Purged> {
  const rows: Record<Table, number> = { company_activity: 0, company_day: 0, companies: 0, site_totals: 0, batches: 0 }
  const known = await cutoffs(shards.primary, now)
  for (const db of shards.all) {
    const sites = JSON.stringify([...known, ...(await withoutSite(db, known, now))])
    for (const step of STEPS) {
      const bound = step.table === 'batches' ? hourOf(now) - BATCH_HOURS : sites
      try {
        rows[step.table] += await work(db, step, bound)
      } catch (error) {
        // Its migration has not run yet: there is nothing to delete.
        if (!lacksBatches(error)) throw error
      }
    }
  }
  return rows
}

/**
 * Rows of a site that is no more: an isolate counts for up to a minute after a site was deleted. They have no purpose
 * and go at once. While there is no site at all (a database that is being restored) they are kept like any other.
 */
async function withoutSite(db: D1Database, known: readonly Cutoff[], now: number): Promise<readonly Cutoff[]> {
  const { results } = await db
    .prepare(
      `WITH RECURSIVE ledger(site) AS (
         SELECT min(site_id) FROM companies
         UNION ALL SELECT (SELECT min(site_id) FROM companies WHERE site_id > site) FROM ledger WHERE site IS NOT NULL
       ), totals(site) AS (
         SELECT min(site_id) FROM site_totals
         UNION ALL SELECT (SELECT min(site_id) FROM site_totals WHERE site_id > site) FROM totals WHERE site IS NOT NULL
       )
       SELECT site FROM (SELECT site FROM ledger UNION SELECT site FROM totals)
        WHERE site IS NOT NULL AND site NOT IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(known.map(({ site }) => site)))
    .all<{ site: string }>()
  return results.map(({ site }) =>
    known.length === 0
      ? cutoffOf(site, 'UTC', RETENTION, now)
      : { site, ledgerDay: NEVER_DAY, ledgerHour: NEVER_HOUR, totalsDay: NEVER_DAY },
  )
}

const NEVER_DAY = '9999-12-31'
const NEVER_HOUR = 1e9

/**
 * What goes, in this order: a company's master data after its last row. Statements that name the sites go from the
 * list of sites to each one's old rows, so that none reads a table from end to end.
 */
const STEPS = [
  {
    table: 'company_activity',
    remove: `DELETE FROM company_activity WHERE (site_id, company_key, hour, kind, path, origin, name) IN (
               SELECT a.site_id, a.company_key, a.hour, a.kind, a.path, a.origin, a.name
                 FROM json_each(?1) AS s
                 CROSS JOIN companies AS c ON c.site_id = s.value ->> 'site' AND c.first_hour < s.value ->> 'ledgerHour'
                 CROSS JOIN company_activity AS a
                   ON a.site_id = c.site_id AND a.company_key = c.company_key AND a.hour < s.value ->> 'ledgerHour'
                LIMIT ?2) RETURNING 1`,
    count: `SELECT count(*) AS count FROM json_each(?1) AS s
              CROSS JOIN companies AS c ON c.site_id = s.value ->> 'site' AND c.first_hour < s.value ->> 'ledgerHour'
              CROSS JOIN company_activity AS a
                ON a.site_id = c.site_id AND a.company_key = c.company_key AND a.hour < s.value ->> 'ledgerHour'`,
  },
  {
    table: 'company_day',
    remove: `DELETE FROM company_day WHERE (site_id, day, company_key) IN (
               SELECT d.site_id, d.day, d.company_key FROM json_each(?1) AS s
                 CROSS JOIN company_day AS d ON d.site_id = s.value ->> 'site' AND d.day < s.value ->> 'ledgerDay'
                LIMIT ?2) RETURNING 1`,
    count: `SELECT count(*) AS count FROM json_each(?1) AS s
              CROSS JOIN company_day AS d ON d.site_id = s.value ->> 'site' AND d.day < s.value ->> 'ledgerDay'`,
  },
  {
    table: 'companies',
    remove: `DELETE FROM companies WHERE (site_id, company_key) IN (
               SELECT c.site_id, c.company_key FROM json_each(?1) AS s
                 CROSS JOIN companies AS c ON c.site_id = s.value ->> 'site' AND c.first_hour < s.value ->> 'ledgerHour'
                WHERE NOT EXISTS (SELECT 1 FROM company_activity AS a WHERE a.site_id = c.site_id AND a.company_key = c.company_key)
                LIMIT ?2) RETURNING 1`,
    count: `SELECT count(*) AS count FROM json_each(?1) AS s
              CROSS JOIN companies AS c ON c.site_id = s.value ->> 'site' AND c.first_hour < s.value ->> 'ledgerHour'
             WHERE NOT EXISTS (SELECT 1 FROM company_activity AS a
                                WHERE a.site_id = c.site_id AND a.company_key = c.company_key AND a.hour >= s.value ->> 'ledgerHour')`,
  },
  {
    table: 'site_totals',
    remove: `DELETE FROM site_totals WHERE (site_id, day, dimension, value) IN (
               SELECT t.site_id, t.day, t.dimension, t.value FROM json_each(?1) AS s
                 CROSS JOIN site_totals AS t ON t.site_id = s.value ->> 'site' AND t.day < s.value ->> 'totalsDay'
                LIMIT ?2) RETURNING 1`,
    count: `SELECT count(*) AS count FROM json_each(?1) AS s
              CROSS JOIN site_totals AS t ON t.site_id = s.value ->> 'site' AND t.day < s.value ->> 'totalsDay'`,
  },
  {
    table: 'batches',
    remove: 'DELETE FROM batches WHERE (hour, id) IN (SELECT hour, id FROM batches WHERE hour < ?1 LIMIT ?2) RETURNING 1',
    count: 'SELECT count(*) AS count FROM batches WHERE hour < ?1',
  },
] as const
