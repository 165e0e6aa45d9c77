import type { SiteId } from '../words.ts'
import { lacksDayPaths } from './fault.ts'
import type { Days, Hours } from './period.ts'
import type { Weights } from './settings.ts'

/**
 * The list of companies, from company-days: two rows read per company-day of the period (the scan and the grouping), with
 * a filter on master data or tags one more per company, and two per company shown.
 *
 * A path filter is asked of the company-days' own lists of paths. Who may have read it (a day without a list may hold
 * anything, and so may one that a Worker of before migration 0010 wrote to: its list counts fewer paths than its pages) is then
 * looked up in activity: one company after the other, in the order of the list, each until its first match, until the
 * page is full.
 *
 * Two habits of SQLite decide over the cost. Beside a single `max()` other columns are those of its row: `day` is the
 * last day without being compared. And a subquery with a LIMIT is computed as it stands: `sums` groups only the columns
 * named in it, and `page` takes from a sorted list until it has enough, which counts the rows it took and no others.
 */
export interface CompanyFilter {
  readonly country: string | null
  readonly industry: string | null
  /** A size band as the master data name it: `201-500`, `10001+`. */
  readonly size: string | null
  readonly kind: string | null
  readonly tag: string | null
  /** Part of name, domain or city, in either case. */
  readonly q: string | null
  readonly source: string | null
  /** A path, or its beginning with a `*` behind it. */
  readonly path: string | null
  readonly minScore: number
}

export const COMPANY_SORTS = ['lastSeen', 'score', 'visits', 'pages', 'views'] as const
export type CompanySort = (typeof COMPANY_SORTS)[number]

/** Behind which company the page begins: its value in the order, and its key. */
export interface CompanyCursor {
  readonly rank: number
  readonly key: string
}

export interface CompanyPage {
  readonly days: Days
  readonly hours: Hours
  readonly filter: CompanyFilter
  readonly sort: CompanySort
  readonly after: CompanyCursor | null
  readonly limit: number
  readonly weights: Weights
  /**
   * First page by `lastSeen` without a filter only: since this day more companies than the page holds were there. Then those
   * of the page are found among the last days, and only theirs are added up.
   */
  readonly since?: string | null
}

export interface CompanyRow {
  readonly key: string
  readonly kind: string
  readonly name: string
  readonly domain: string | null
  readonly country: string
  readonly city: string | null
  readonly industry: string | null
  readonly employees: string | null
  readonly visits: number
  readonly views: number
  readonly pages: number
  readonly hot: number
  readonly seconds: number
  readonly downloads: number
  readonly forms: number
  readonly events: number
  readonly idleDays: number
  /** JSON array: outside sources of the company's last day. */
  readonly sources: string
  /** JSON array. */
  readonly tags: string
  readonly score: number
  readonly partViews: number
  readonly partPages: number
  readonly partHot: number
  readonly partSeconds: number
  readonly partRecency: number
  readonly partVisits: number
  /** First hour ever on this site, and last of the period; hours since 1970 UTC. */
  readonly firstEver: number
  readonly lastHour: number
  readonly rank: number
}

const LIST = `
  WITH days AS (
    SELECT company_key, day, visits, views, pages, hot, seconds, downloads, forms, events, last_hour,
           iif(?4 IS NULL, 0, instr(sources, ?4)) AS source,
           iif(?28 IS NULL, 1, coalesce(instr(paths, ?28) > 0 OR CAST(paths AS INTEGER) <> pages, 1)) AS path
      FROM company_day
     WHERE site_id = ?1 AND day >= ?2 AND day <= ?3
       AND (?29 IS NULL OR company_key IN (
             SELECT company_key FROM company_day WHERE site_id = ?1 AND day >= ?29 AND day <= ?3
              GROUP BY company_key ORDER BY max(last_hour) DESC, company_key LIMIT ?24))
     LIMIT -1
  ),
  sums AS (
    SELECT company_key AS key,
           sum(visits) AS visits, sum(views) AS views, sum(pages) AS pages, sum(hot) AS hot, sum(seconds) AS seconds,
           sum(downloads) AS downloads, sum(forms) AS forms, sum(events) AS events, max(last_hour) AS lastHour, day AS lastDay
      FROM days GROUP BY company_key
    HAVING (?4 IS NULL OR sum(source) > 0) AND sum(path) > 0
       AND ((?5 IS NULL AND ?6 IS NULL AND ?7 IS NULL AND ?8 IS NULL AND ?9 IS NULL) OR EXISTS (
             SELECT 1 FROM companies c
              WHERE c.site_id = ?1 AND c.company_key = days.company_key
                AND (?5 IS NULL OR c.country = ?5) AND (?6 IS NULL OR c.industry = ?6) AND (?7 IS NULL OR c.employees = ?7)
                AND (?8 IS NULL OR c.kind = ?8)
                AND (?9 IS NULL
                     OR instr(lower(c.name || char(10) || coalesce(c.domain, '') || char(10) || coalesce(c.city, '')), ?9) > 0
                     OR instr(lower(c.name || char(10) || coalesce(c.domain, '') || char(10) || coalesce(c.city, '')), ?25) > 0
                     OR instr(lower(c.name || char(10) || coalesce(c.domain, '') || char(10) || coalesce(c.city, '')), ?26) > 0)))
       AND (?10 IS NULL OR EXISTS (SELECT 1 FROM tags t WHERE t.site_id = ?1 AND t.company_key = days.company_key AND t.tag = ?10))
  ),
  parts AS (
    SELECT *, CAST(julianday(?3) - julianday(lastDay) AS INTEGER) AS idleDays,
           CAST(?14 * min(views, 20) / 20 AS INTEGER) AS partViews,
           CAST(?15 * min(pages, 10) / 10 AS INTEGER) AS partPages,
           CAST(?16 * min(hot, 3) / 3 AS INTEGER) AS partHot,
           CAST(?17 * min(seconds, 600) / 600 AS INTEGER) AS partSeconds,
           CAST(?18 * min(max(0, 30 - CAST(julianday(?3) - julianday(lastDay) AS INTEGER)), 30) / 30 AS INTEGER) AS partRecency,
           CAST(?19 * min(visits, 5) / 5 AS INTEGER) AS partVisits
      FROM sums LIMIT -1
  ),
  ranked AS (
    SELECT *, partViews + partPages + partHot + partSeconds + partRecency + partVisits AS score,
           CASE ?20 WHEN 'score' THEN partViews + partPages + partHot + partSeconds + partRecency + partVisits
                    WHEN 'visits' THEN visits WHEN 'pages' THEN pages WHEN 'views' THEN views ELSE lastHour END AS rank
      FROM parts
  ),
  sorted AS (
    SELECT * FROM ranked
     WHERE score >= ?21 AND (?22 IS NULL OR rank < ?22 OR (rank = ?22 AND key > ?23))
     ORDER BY rank DESC, key LIMIT -1
  ),
  page AS (
    SELECT * FROM sorted
     WHERE ?11 IS NULL OR EXISTS (
             SELECT 1 FROM company_activity a
              WHERE a.site_id = ?1 AND a.company_key = sorted.key AND a.hour >= ?12 AND a.hour < ?13 AND a.kind = 'view'
                AND a.path BETWEEN ?11 AND ?27)
     LIMIT ?24
  )
  SELECT page.*, c.kind, c.name, c.domain, c.country, c.city, c.industry, c.employees, c.first_hour AS firstEver,
         (SELECT d.sources FROM company_day d WHERE d.site_id = ?1 AND d.day = page.lastDay AND d.company_key = page.key) AS sources,
         (SELECT json_group_array(tag) FROM tags t WHERE t.site_id = ?1 AND t.company_key = page.key) AS tags
    FROM page CROSS JOIN companies c ON c.site_id = ?1 AND c.company_key = page.key
   ORDER BY rank DESC, key`

/** Before migration 0010 no day has a list of paths. */
const LIST_BEFORE_0010 = LIST.replace('coalesce(instr(paths, ?28) > 0 OR CAST(paths AS INTEGER) <> pages, 1)', '1')

/** The rows of one page, and what reading them cost. */
export async function readCompanyPage(
  db: D1Database,
  siteId: SiteId,
  page: CompanyPage,
): Promise<{ readonly rows: readonly CompanyRow[]; readonly rowsRead: number }> {
  const values = valuesOf(siteId, page)
  const read = (sql: string) =>
    db
      .prepare(sql)
      .bind(...values)
      .all<CompanyRow>()
  const { results, meta } = await read(LIST).catch((error: unknown) => {
    if (lacksDayPaths(error)) return read(LIST_BEFORE_0010)
    throw error
  })
  return { rows: results, rowsRead: meta.rows_read }
}

/** What the placeholders of {@link LIST} stand for. */
function valuesOf(siteId: SiteId, { days, hours, filter, sort, after, limit, weights, since = null }: CompanyPage): unknown[] {
  const [small, initial, large] = filter.q === null ? [null, null, null] : spellings(filter.q)
  const [firstPath, lastPath, listed] = filter.path === null ? [null, null, null] : pathsOf(filter.path)
  return [
    siteId,
    days.from,
    days.to,
    filter.source === null ? null : JSON.stringify(filter.source),
    filter.country,
    filter.industry,
    filter.size,
    filter.kind,
    small,
    filter.tag,
    firstPath,
    hours.from,
    hours.to,
    weights.views,
    weights.pages,
    weights.hot,
    weights.seconds,
    weights.recency,
    weights.visits,
    sort,
    filter.minScore,
    after?.rank ?? null,
    after?.key ?? null,
    limit,
    initial,
    large,
    lastPath,
    listed,
    since,
  ]
}

/**
 * First and last of the paths that are meant, in the order of their bytes: U+10FFFF comes after every letter. And what a
 * day's list has of them: the string as JSON writes it, of a beginning without its closing quotation mark.
 */
function pathsOf(path: string): readonly [first: string, last: string, listed: string] {
  const beginning = path.endsWith('*') ? path.slice(0, -1) : null
  return beginning === null
    ? [path, path, JSON.stringify(path)]
    : [beginning, `${beginning}\u{10ffff}`, JSON.stringify(beginning).slice(0, -1)]
}

/**
 * SQLite's lower() knows the letters of ASCII and no others: of `ÖSTERREICH` it makes `Österreich`, of `Österreich` too,
 * of `österreich` nothing else. So the other letters are sought small, large where a word begins, and large everywhere.
 */
function spellings(text: string): readonly [small: string, initial: string, large: string] {
  const small = text.toLowerCase()
  const large = small.replace(/\P{ASCII}/gu, (letter) => letter.toUpperCase())
  return [small, small.replace(/(?<!\p{L})\P{ASCII}/gu, (letter) => letter.toUpperCase()), large]
}

export interface DayViews {
  readonly key: string
  readonly day: string
  readonly views: number
}

/**
 * Views per day of the companies on a page, for the small chart beside each: one point read per company and day. The
 * joins are crossed because SQLite would otherwise read the company-days first, all of them.
 */
export async function readDailyViews(
  db: D1Database,
  siteId: SiteId,
  days: readonly string[],
  keys: readonly string[],
): Promise<DayViews[]> {
  const { results } = await db
    .prepare(
      `SELECT d.company_key AS key, d.day, d.views
         FROM json_each(?2) days CROSS JOIN json_each(?3) keys
        CROSS JOIN company_day d ON d.site_id = ?1 AND d.day = days.value AND d.company_key = keys.value`,
    )
    .bind(siteId, JSON.stringify(days), JSON.stringify(keys))
    .all<DayViews>()
  return results
}
