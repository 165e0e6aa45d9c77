import type { SiteId } from '../words.ts'

/** A company's days within a period, oldest first; days on which it did not come are left out. One point read a day. */
export interface CompanyDay {
  readonly day: string
  readonly visits: number
  readonly views: number
  readonly pages: number
  readonly seconds: number
}

/** @param days all days of the period. */
export async function readCompanyDays(db: D1Database, siteId: SiteId, key: string, days: readonly string[]): Promise<CompanyDay[]> {
  const { results } = await db
    .prepare(
      `SELECT d.day, d.visits, d.views, d.pages, d.seconds
         FROM json_each(?3) days CROSS JOIN company_day d ON d.site_id = ?1 AND d.day = days.value AND d.company_key = ?2`,
    )
    .bind(siteId, key, JSON.stringify(days))
    .all<CompanyDay>()
  return results
}
