import type { SiteId } from '../words.ts'

/** A company as one site knows it. Every statement names one site (P8): no answer ever combines two. */
export interface CompanyDetail {
  readonly key: string
  readonly kind: string
  readonly name: string
  readonly domain: string | null
  readonly country: string
  readonly city: string | null
  readonly industry: string | null
  readonly employees: string | null
  /** JSON as stored at first sight. */
  readonly receipt: string
  /** Hours since 1970 UTC. */
  readonly firstHour: number
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

/** A counter of one hour. */
export interface ActivityRow {
  readonly hour: number
  readonly kind: string
  readonly path: string
  readonly origin: string
  readonly name: string
  readonly count: number
  readonly seconds: number
}
