import { addDays, hoursOf, today } from './period.ts'
import type { SiteRetention } from './settings.ts'
import { readSites } from './sites.ts'

/**
 * From when on a site's rows are kept. Whole calendar days of the site's time zone go, never a part of one, so that a
 * company-day always says what its counters say: kept are today and the `ledgerDays - 1` days before. At local midnight
 * the oldest day goes, when its first hour has just reached its age; so no row is ever older than said.
 */
export interface Cutoff {
  readonly site: string
  /** First day of the ledger that is kept, and its first hour. */
  readonly ledgerDay: string
  readonly ledgerHour: number
  /** First day of the totals that is kept. */
  readonly totalsDay: string
}

export function cutoffOf(site: string, timeZone: string, { ledgerDays, totalsDays }: SiteRetention, now: number): Cutoff {
  const day = today(now, timeZone)
  const ledgerDay = addDays(day, 1 - ledgerDays)
  return {
    site,
    ledgerDay,
    ledgerHour: hoursOf({ from: ledgerDay, to: ledgerDay }, timeZone).from,
    totalsDay: addDays(day, 1 - totalsDays),
  }
}

/** Each site's cutoff, from its settings. @throws what D1 throws: without the settings nothing may be deleted. */
export async function cutoffs(primary: D1Database, now: number): Promise<readonly Cutoff[]> {
  const { byId } = await readSites(primary)
  return [...byId.values()].map(({ id, timeZone, settings }) => cutoffOf(id, timeZone, settings.retention, now))
}
