import type { SiteId } from '../words.ts'
import type { Dimension } from './activity.ts'

/**
 * What the admin reads. Every statement names one site (P8): no answer ever combines two.
 */
export interface CompanySummary {
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
  readonly seconds: number
  readonly downloads: number
  readonly forms: number
  /** Hours since 1970 UTC. */
  readonly firstHour: number
  readonly lastHour: number
}

export interface Period {
  /** Days in the site's time zone, both inclusive. */
  readonly from: string
  readonly to: string
}

/** Companies of the period, last seen first. `pages` sums distinct pages per day. */
export async function listCompanies(db: D1Database, siteId: SiteId, period: Period): Promise<CompanySummary[]> {
  const { results } = await db
    .prepare(
      `SELECT c.company_key AS key, c.kind, c.name, c.domain, c.country, c.city, c.industry, c.employees,
              sum(d.visits) AS visits, sum(d.views) AS views, sum(d.pages) AS pages, sum(d.seconds) AS seconds,
              sum(d.downloads) AS downloads, sum(d.forms) AS forms,
              min(d.first_hour) AS firstHour, max(d.last_hour) AS lastHour
         FROM company_day d JOIN companies c ON c.site_id = d.site_id AND c.company_key = d.company_key
        WHERE d.site_id = ?1 AND d.day >= ?2 AND d.day <= ?3
        GROUP BY d.company_key
        ORDER BY lastHour DESC, views DESC, name
        LIMIT 500`,
    )
    .bind(siteId, period.from, period.to)
    .all<CompanySummary>()
  return results
}

export interface CompanyDetail extends Omit<CompanySummary, 'visits' | 'views' | 'pages' | 'seconds' | 'downloads' | 'forms' | 'lastHour'> {
  /** JSON as stored at first sight. */
  readonly receipt: string
}

/** Master data of a company on this site; null when this site never saw it, whoever else did. */
export function readCompany(db: D1Database, siteId: SiteId, key: string): Promise<CompanyDetail | null> {
  return db
    .prepare(
      `SELECT company_key AS key, kind, name, domain, country, city, industry, employees, receipt, first_hour AS firstHour
         FROM companies WHERE site_id = ?1 AND company_key = ?2`,
    )
    .bind(siteId, key)
    .first<CompanyDetail>()
}

export interface ActivityRow {
  readonly hour: number
  readonly kind: string
  readonly path: string
  readonly origin: string
  readonly name: string
  readonly count: number
  readonly seconds: number
}

/** What a company did, latest hour first. */
export async function listActivity(db: D1Database, siteId: SiteId, key: string, limit: number): Promise<ActivityRow[]> {
  const { results } = await db
    .prepare(
      `SELECT hour, kind, path, origin, name, count, seconds FROM company_activity
        WHERE site_id = ?1 AND company_key = ?2
        ORDER BY hour DESC, kind, path, origin, name LIMIT ?3`,
    )
    .bind(siteId, key, limit)
    .all<ActivityRow>()
  return results
}

export interface TotalsRow {
  readonly dimension: Dimension
  readonly value: string
  readonly count: number
}

/** Anonymous counts of the period, each dimension by itself, largest first. */
export async function listTotals(db: D1Database, siteId: SiteId, period: Period): Promise<TotalsRow[]> {
  const { results } = await db
    .prepare(
      `SELECT dimension, value, sum(count) AS count FROM site_totals
        WHERE site_id = ?1 AND day >= ?2 AND day <= ?3
        GROUP BY dimension, value ORDER BY dimension, count DESC, value`,
    )
    .bind(siteId, period.from, period.to)
    .all<TotalsRow>()
  return results
}
