import type { SiteId } from '../words.ts'
import type { Hours } from './period.ts'
import type { ActivityRow } from './read.ts'

/**
 * A company's activity as one range of the primary key, read backwards: newest first, without sorting. Every reader
 * says how many rows it can bear; the busiest company costs no more than that (2,000 a page in all).
 */
export const ROWS_PER_PAGE = 1_900

/** Rows before `hours.to`, newest first. */
export async function readActivity(db: D1Database, siteId: SiteId, key: string, hours: Hours, limit: number): Promise<ActivityRow[]> {
  const { results } = await db
    .prepare(
      `SELECT hour, kind, path, origin, name, count, seconds FROM company_activity
        WHERE site_id = ?1 AND company_key = ?2 AND hour >= ?3 AND hour < ?4
        ORDER BY hour DESC, kind DESC, path DESC, origin DESC, name DESC LIMIT ?5`,
    )
    .bind(siteId, key, hours.from, hours.to, limit)
    .all<ActivityRow>()
  return results
}

export interface KeyedActivity extends ActivityRow {
  readonly key: string
}

/**
 * Activity of all companies in key order, behind a row, for the export; the caller keeps the last row. From one company to
 * the next, so that of each only the hours asked for are read.
 */
export async function readAllActivity(
  db: D1Database,
  siteId: SiteId,
  hours: Hours,
  after: KeyedActivity | null,
  limit: number,
): Promise<KeyedActivity[]> {
  const { results } = await db
    .prepare(
      `SELECT a.company_key AS key, a.hour, a.kind, a.path, a.origin, a.name, a.count, a.seconds
         FROM companies AS c CROSS JOIN company_activity AS a
           ON a.site_id = c.site_id AND a.company_key = c.company_key AND a.hour >= iif(c.company_key = ?4, max(?2, ?5), ?2) AND a.hour < ?3
        WHERE c.site_id = ?1 AND c.company_key >= ?4
          AND (a.company_key, a.hour, a.kind, a.path, a.origin, a.name) > (?4, ?5, ?6, ?7, ?8, ?9)
        ORDER BY c.company_key, a.hour, a.kind, a.path, a.origin, a.name LIMIT ?10`,
    )
    .bind(
      siteId,
      hours.from,
      hours.to,
      after?.key ?? '',
      after?.hour ?? 0,
      after?.kind ?? '',
      after?.path ?? '',
      after?.origin ?? '',
      after?.name ?? '',
      limit,
    )
    .all<KeyedActivity>()
  return results
}
