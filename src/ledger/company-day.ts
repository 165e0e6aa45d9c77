import type { DayRow } from './batch.ts'
import { PATHS_OF_A_DAY } from './limits.ts'

/**
 * Company-days, computed anew from the counters they sum up, in the transaction that changed those: a list can never
 * disagree with the page behind it. One row written for each day touched.
 *
 * A visit begins in an hour with activity after an hour without; midnight ends one. A day without counters is left as it is.
 */

/** The hot pages of a site, as its settings are now: `/pricing`, or all that begin alike: `/docs/*`. */
export type HotPages = (site: string) => readonly string[]

/** Which columns company-days have: an older database lacks those of migrations that have not run yet. */
interface DayColumns {
  /** Rows of the day, and what fell into `(other)`: migration 0006. */
  readonly counts: boolean
  /** The paths that were viewed: migration 0010. */
  readonly paths: boolean
}

const statementFor = ({ counts, paths }: DayColumns): string => `WITH touched AS (
     SELECT value ->> 0 AS site, value ->> 1 AS company, value ->> 2 AS day, value ->> 3 AS from_hour, value ->> 4 AS to_hour,
            value -> 5 AS hot_pages
       FROM json_each(?1)
   ), counters AS (
     SELECT site, day, company, hour, kind, path, origin, name, count, seconds,
            kind = 'view' AND EXISTS (
              SELECT 1 FROM json_each(hot_pages) AS hot
               WHERE a.path = hot.value OR (substr(hot.value, -1) = '*' AND substr(a.path, 1, length(hot.value) - 1) || '*' = hot.value)
            ) AS is_hot,
            hour - lag(hour) OVER (PARTITION BY site, day, company ORDER BY hour) AS since
       FROM touched CROSS JOIN company_activity AS a
         ON a.site_id = site AND a.company_key = company AND a.hour >= from_hour AND a.hour < to_hour
   )
   INSERT INTO company_day (site_id, day, company_key, views, pages, seconds, downloads, outbounds, forms, events, visits,
                            first_hour, last_hour, hot, sources
                            ${counts ? ', row_count, other_paths, other_names' : ''} ${paths ? ', paths' : ''})
   SELECT site, day, company,
          sum(iif(kind = 'view', count, 0)),
          count(DISTINCT iif(kind = 'view', path, NULL)),
          sum(seconds),
          sum(iif(kind = 'download', count, 0)),
          sum(iif(kind = 'outbound', count, 0)),
          sum(iif(kind = 'form', count, 0)),
          sum(iif(kind = 'event', count, 0)),
          sum(since IS NULL OR since > 1),
          min(hour), max(hour),
          sum(iif(is_hot, count, 0)),
          json_group_array(DISTINCT origin ORDER BY origin) FILTER (WHERE kind = 'view' AND origin <> '' AND substr(origin, 1, 1) <> '/')
          ${counts ? ", count(*), sum(iif(path = '(other)', count, 0)), sum(iif(name = '(other)', count, 0))" : ''}
          ${paths ? `, iif(length(${PATHS}) <= ?2, count(DISTINCT iif(kind = 'view', path, NULL)) || ${PATHS}, NULL)` : ''}
     FROM counters GROUP BY site, day, company
   ON CONFLICT DO UPDATE SET
     views = excluded.views, pages = excluded.pages, seconds = excluded.seconds, downloads = excluded.downloads,
     outbounds = excluded.outbounds, forms = excluded.forms, events = excluded.events, visits = excluded.visits,
     first_hour = excluded.first_hour, last_hour = excluded.last_hour, hot = excluded.hot, sources = excluded.sources
     ${counts ? ', row_count = excluded.row_count, other_paths = excluded.other_paths, other_names = excluded.other_names' : ''}
     ${paths ? ', paths = excluded.paths' : ''}`

const PATHS = "json_group_array(DISTINCT path ORDER BY path) FILTER (WHERE kind = 'view')"

export function companyDays(db: D1Database, rows: readonly DayRow[], hot: HotPages): D1PreparedStatement {
  return db.prepare(statementFor({ counts: true, paths: true })).bind(listed(rows, hot), PATHS_OF_A_DAY)
}

export function companyDaysBefore0010(db: D1Database, rows: readonly DayRow[], hot: HotPages): D1PreparedStatement {
  return db.prepare(statementFor({ counts: true, paths: false })).bind(listed(rows, hot))
}

export function companyDaysBefore0006(db: D1Database, rows: readonly DayRow[], hot: HotPages): D1PreparedStatement {
  return db.prepare(statementFor({ counts: false, paths: false })).bind(listed(rows, hot))
}

const listed = (rows: readonly DayRow[], hot: HotPages): string => JSON.stringify(rows.map((row) => [...row, hot(row[0])]))
