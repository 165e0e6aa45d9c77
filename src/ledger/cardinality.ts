import type { ActivityRow, DayOf, LeaveRow, TotalsRow } from './batch.ts'
import { COMPANY_ROWS_A_DAY, COMPANY_ROWS_KEPT, SITE_ROWS_A_DAY, VALUES_A_DAY } from './limits.ts'

/**
 * Counters, and how many there may be: paths, names, sources and hosts come from outside, and whoever makes up a new one
 * with each event must not fill a database. Past a bound of the day new ones are counted as `(other)`; nothing is lost
 * but the name. What is there already goes on being counted under its own.
 *
 * The bound is asked for in the statement that writes, in the transaction of the batch: so it holds over all isolates,
 * and what is written twice is refused by its id as ever. It costs no row written: totals are counted by reading the
 * day's values (at most {@link VALUES_A_DAY}), activity is counted in the company-day, which is written anyway.
 *
 * Past a bound the ledger keeps what came first, and of one batch what sorts first. That is an order of events and not of
 * people: whoever made them, the bytes are the same (P3).
 */
export interface Bounds {
  readonly values: number
  readonly companyRows: number
  readonly siteRows: number
  readonly kept: number
}

export const BOUNDS: Bounds = {
  values: VALUES_A_DAY,
  companyRows: COMPANY_ROWS_A_DAY,
  siteRows: SITE_ROWS_A_DAY,
  kept: COMPANY_ROWS_KEPT,
}

export function addTotals(db: D1Database, rows: readonly TotalsRow[], { values }: Bounds): D1PreparedStatement {
  return db
    .prepare(
      `WITH asked AS MATERIALIZED (
         SELECT value ->> 0 AS site, value ->> 1 AS day, value ->> 2 AS dimension, value ->> 3 AS value, value ->> 4 AS count,
                EXISTS (SELECT 1 FROM site_totals AS t WHERE t.site_id = json.value ->> 0 AND t.day = json.value ->> 1
                           AND t.dimension = json.value ->> 2 AND t.value = json.value ->> 3) AS known
           FROM json_each(?1) AS json
       ), days AS MATERIALIZED (
         SELECT site, day, dimension,
                (SELECT count(*) FROM site_totals AS t WHERE t.site_id = site AND t.day = asked.day AND t.dimension = asked.dimension) AS there
           FROM asked WHERE NOT known GROUP BY site, day, dimension
       ), fresh AS (
         SELECT asked.*, there + row_number() OVER (PARTITION BY site, day, dimension ORDER BY value) AS place
           FROM asked JOIN days USING (site, day, dimension) WHERE NOT known
       )
       INSERT INTO site_totals (site_id, day, dimension, value, count)
       SELECT site, day, dimension, iif(place <= ?2, value, '(other)') AS value, sum(count) FROM fresh GROUP BY 1, 2, 3, 4
       UNION ALL SELECT site, day, dimension, value, count FROM asked WHERE known
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    )
    .bind(JSON.stringify(rows), values)
}

/** @param dayOf the local day of a row; a row without one is written as it is. */
export function addActivity(
  db: D1Database,
  rows: readonly ActivityRow[],
  dayOf: DayOf,
  { companyRows, siteRows, kept }: Bounds,
): D1PreparedStatement {
  return db
    .prepare(
      `WITH asked AS MATERIALIZED (
         SELECT value ->> 0 AS site, value ->> 1 AS company, value ->> 2 AS hour, value ->> 3 AS kind, value ->> 4 AS path,
                value ->> 5 AS origin, value ->> 6 AS name, value ->> 7 AS count, value ->> 8 AS seconds, value ->> 9 AS day,
                EXISTS (SELECT 1 FROM company_activity AS a
                         WHERE a.site_id = json.value ->> 0 AND a.company_key = json.value ->> 1 AND a.hour = json.value ->> 2
                           AND a.kind = json.value ->> 3 AND a.path = json.value ->> 4 AND a.origin = json.value ->> 5
                           AND a.name = json.value ->> 6) AS known
           FROM json_each(?1) AS json
       ), company_days AS MATERIALIZED (
         SELECT site, company, day,
                coalesce((SELECT row_count FROM company_day AS d
                           WHERE d.site_id = site AND d.day = asked.day AND d.company_key = company), 0) AS there
           FROM asked WHERE NOT known GROUP BY site, company, day
       ), fresh AS MATERIALIZED (
         SELECT asked.*, there + row_number() OVER (PARTITION BY asked.site, asked.company, asked.day
                                                    ORDER BY hour, kind, path, origin, name) AS place
           FROM asked JOIN company_days AS c ON c.site = asked.site AND c.company = asked.company AND c.day IS asked.day
          WHERE NOT known
       ), site_days AS MATERIALIZED (
         SELECT site, day, (SELECT sum(row_count) FROM company_day AS d WHERE d.site_id = site AND d.day = fresh.day) AS site_rows
           FROM fresh WHERE place > ?4 GROUP BY site, day
       ), judged AS (
         SELECT fresh.*, fresh.day IS NULL OR place <= ?4 OR (place <= ?2 AND coalesce(site_rows, 0) < ?3) AS fits
           FROM fresh LEFT JOIN site_days USING (site, day)
       )
       INSERT INTO company_activity (site_id, company_key, hour, kind, path, origin, name, count, seconds)
       SELECT site, company, hour, kind, iif(fits, path, '(other)') AS path, iif(fits, origin, '') AS origin,
              iif(fits OR name = '', name, '(other)') AS name, sum(count), sum(seconds)
         FROM judged GROUP BY 1, 2, 3, 4, 5, 6, 7
       UNION ALL SELECT site, company, hour, kind, path, origin, name, count, seconds FROM asked WHERE known
       ON CONFLICT DO UPDATE SET count = count + excluded.count, seconds = seconds + excluded.seconds`,
    )
    .bind(JSON.stringify(rows.map((row) => [...row, dayOf(row[0], row[1], row[2]) ?? null])), companyRows, siteRows, kept)
}

/** The same for a database whose company-days do not count their rows yet: until migration 0006 has run. */
export function addActivityBefore0006(db: D1Database, rows: readonly ActivityRow[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO company_activity (site_id, company_key, hour, kind, path, origin, name, count, seconds)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8
         FROM json_each(?1) WHERE true
       ON CONFLICT DO UPDATE SET count = count + excluded.count, seconds = seconds + excluded.seconds`,
    )
    .bind(JSON.stringify(rows))
}

/** Adds to views that are there, or to the hour's `(other)` into which one may have fallen; where there is none, nothing is stored. */
export function addSeconds(db: D1Database, rows: readonly LeaveRow[]): D1PreparedStatement {
  return db
    .prepare(
      `WITH asked AS (
         SELECT value ->> 0 AS site, value ->> 1 AS company, value ->> 2 AS hour, value ->> 3 AS path, value ->> 4 AS origin, value ->> 5 AS seconds,
                EXISTS (SELECT 1 FROM company_activity AS a
                         WHERE a.site_id = json.value ->> 0 AND a.company_key = json.value ->> 1 AND a.hour = json.value ->> 2 AND a.kind = 'view'
                           AND a.path = json.value ->> 3 AND a.origin = json.value ->> 4 AND a.name = '') AS known
           FROM json_each(?1) AS json
       ), leaves AS MATERIALIZED (
         SELECT site, company, hour, iif(known, path, '(other)') AS path, iif(known, origin, '') AS origin, sum(seconds) AS seconds
           FROM asked GROUP BY 1, 2, 3, 4, 5
       )
       UPDATE company_activity AS a SET seconds = a.seconds + l.seconds
         FROM leaves AS l
        WHERE a.site_id = l.site AND a.company_key = l.company AND a.hour = l.hour AND a.kind = 'view'
          AND a.path = l.path AND a.origin = l.origin AND a.name = ''`,
    )
    .bind(JSON.stringify(rows))
}

/** Which of the leaves have no view to add their seconds to: their places in the list. */
export async function leavesWithoutView(db: D1Database, rows: readonly LeaveRow[]): Promise<ReadonlySet<number>> {
  const { results } = await db
    .prepare(
      `SELECT l.key AS place FROM json_each(?1) AS l WHERE NOT EXISTS (
         SELECT 1 FROM company_activity AS a
          WHERE a.site_id = l.value ->> 0 AND a.company_key = l.value ->> 1 AND a.hour = l.value ->> 2 AND a.kind = 'view'
            AND (a.path, a.origin) IN ((l.value ->> 3, l.value ->> 4), ('(other)', '')) AND a.name = '')`,
    )
    .bind(JSON.stringify(rows))
    .all<{ place: number }>()
  return new Set(results.map(({ place }) => place))
}
