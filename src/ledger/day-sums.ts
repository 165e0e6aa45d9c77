import type { SiteId } from '../words.ts'
import type { Days } from './period.ts'

/** What companies did on each day of a period, all together; days on which nobody came are left out. */
export interface DaySum {
  readonly day: string
  readonly companies: number
  readonly visits: number
  readonly views: number
}

export async function readDaySums(db: D1Database, siteId: SiteId, days: Days): Promise<DaySum[]> {
  const { results } = await db
    .prepare(
      `SELECT day, count(*) AS companies, sum(visits) AS visits, sum(views) AS views
         FROM company_day WHERE site_id = ?1 AND day >= ?2 AND day <= ?3 GROUP BY day ORDER BY day`,
    )
    .bind(siteId, days.from, days.to)
    .all<DaySum>()
  return results
}
