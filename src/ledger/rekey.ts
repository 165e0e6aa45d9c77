import type { CompanyKey, SiteId } from '../words.ts'
import { localDay } from './clock.ts'
import { companyDays, companyDaysBefore0010 } from './company-day.ts'
import { lacksDayPaths } from './fault.ts'
import type { Shards } from './shard.ts'
import type { Site } from './site.ts'

/**
 * Moves a renamed company's rows to its new key, so that its past and its future stay one company. Run by cron with
 * the aliases of the range table that serves; where nothing is left to move nothing is written, and a run that was
 * interrupted is completed by the next one, because the old company's row goes last.
 */
export async function rekey({ all }: Shards, aliases: Readonly<Record<string, string>>, sites: ReadonlyMap<SiteId, Site>): Promise<void> {
  if (Object.keys(aliases).length === 0) return
  for (const db of all) await rekeyIn(db, aliases, sites)
}

async function rekeyIn(db: D1Database, aliases: Readonly<Record<string, string>>, sites: ReadonlyMap<SiteId, Site>): Promise<void> {
  const { results } = await db
    .prepare('SELECT site_id AS siteId, company_key AS old FROM companies WHERE company_key IN (SELECT value FROM json_each(?1))')
    .bind(JSON.stringify(Object.keys(aliases)))
    .all<{ siteId: SiteId; old: string }>()
  for (const { siteId, old } of results) {
    const to = aliases[old]
    if (to !== undefined && to !== old) await move(db, siteId, old, to as CompanyKey, sites.get(siteId))
  }
}

async function move(db: D1Database, siteId: SiteId, old: string, to: CompanyKey, site: Site | undefined): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO companies SELECT site_id, ?3, kind, name, domain, country, city, industry, employees, receipt, first_hour
           FROM companies WHERE site_id = ?1 AND company_key = ?2
         ON CONFLICT DO UPDATE SET first_hour = min(first_hour, excluded.first_hour)`,
      )
      .bind(siteId, old, to),
    db
      .prepare(
        `INSERT INTO company_activity SELECT site_id, ?3, hour, kind, path, origin, name, count, seconds
           FROM company_activity WHERE site_id = ?1 AND company_key = ?2
         ON CONFLICT DO UPDATE SET count = count + excluded.count, seconds = seconds + excluded.seconds`,
      )
      .bind(siteId, old, to),
    db.prepare('DELETE FROM company_activity WHERE site_id = ?1 AND company_key = ?2').bind(siteId, old),
  ])
  const { results: days } = await db
    .prepare('SELECT day, first_hour AS hour FROM company_day WHERE site_id = ?1 AND company_key = ?2')
    .bind(siteId, old)
    .all<{ day: string; hour: number }>()
  const rows = days.map(({ hour }) => {
    const { day, from, to: end } = localDay(hour, site?.timeZone ?? 'UTC')
    return [siteId, to, day, from, end] as const
  })
  const finish = (sums: typeof companyDaysBefore0010) =>
    db.batch([
      sums(db, rows, () => site?.settings.hot ?? []),
      db.prepare('DELETE FROM company_day WHERE site_id = ?1 AND company_key = ?2').bind(siteId, old),
      db.prepare('DELETE FROM companies WHERE site_id = ?1 AND company_key = ?2').bind(siteId, old),
    ])
  await finish(companyDays).catch((error: unknown) => {
    if (lacksDayPaths(error)) return finish(companyDaysBefore0010)
    throw error
  })
}
