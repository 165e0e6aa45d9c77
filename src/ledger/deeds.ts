import type { SiteId } from '../words.ts'
import type { Days } from './period.ts'

/**
 * What the companies of a site did in a period, all together: the pages they read, where they came from, what they
 * downloaded and sent. Of the ledger, so nothing here is anonymous and nothing is folded; never added to the totals (P5).
 */
export interface Deed {
  readonly what: 'page' | 'source' | 'download' | 'outbound' | 'form' | 'event'
  /** The page, the source or the name. */
  readonly value: string
  readonly count: number
  readonly companies: number
}

export interface Deeds {
  readonly deeds: readonly Deed[]
  /** Only the latest company-days were read; the period has more. */
  readonly latestOnly: boolean
}

/** Company-days that are read at most: some forty thousand counters, 35 ms of D1. */
export const MOST_COMPANY_DAYS = 2_500

/** The largest of each, at most `limit`. */
export async function readDeeds(db: D1Database, siteId: SiteId, { from, to }: Days, limit: number): Promise<Deeds> {
  const [days, deeds] = await db.batch<Deed | { readonly days: number }>([
    db
      .prepare('SELECT count(*) AS days FROM (SELECT 1 FROM company_day WHERE site_id = ?1 AND day >= ?2 AND day <= ?3 LIMIT ?4)')
      .bind(siteId, from, to, MOST_COMPANY_DAYS + 1),
    db
      .prepare(
        `WITH days AS (
           SELECT company_key, first_hour, last_hour FROM company_day
            WHERE site_id = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day DESC LIMIT ?4
         ), done AS MATERIALIZED (
           SELECT a.company_key, a.kind, a.path, a.origin, a.name, a.count
             FROM days CROSS JOIN company_activity AS a
               ON a.site_id = ?1 AND a.company_key = days.company_key AND a.hour >= days.first_hour AND a.hour <= days.last_hour
         ), summed AS (
           SELECT 'page' AS what, path AS value, sum(count) AS count, count(DISTINCT company_key) AS companies
             FROM done WHERE kind = 'view' GROUP BY path
           UNION ALL
           SELECT 'source', origin, sum(count), count(DISTINCT company_key)
             FROM done WHERE kind = 'view' AND origin <> '' AND substr(origin, 1, 1) <> '/' GROUP BY origin
           UNION ALL
           SELECT kind, name, sum(count), count(DISTINCT company_key) FROM done WHERE kind <> 'view' AND name <> '' GROUP BY kind, name
         ), placed AS (
           SELECT *, row_number() OVER (PARTITION BY what ORDER BY count DESC, value) AS place FROM summed
         )
         SELECT what, value, count, companies FROM placed WHERE place <= ?5 ORDER BY what, place`,
      )
      .bind(siteId, from, to, MOST_COMPANY_DAYS, limit),
  ])
  const found = days?.results[0]
  return {
    deeds: (deeds?.results ?? []) as readonly Deed[],
    latestOnly: found !== undefined && 'days' in found && found.days > MOST_COMPANY_DAYS,
  }
}
