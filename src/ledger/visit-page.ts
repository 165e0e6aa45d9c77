import type { SiteId } from '../words.ts'
import { ROWS_PER_PAGE, readActivity } from './company-rows.ts'
import type { Hours } from './period.ts'
import { type Visit, visitsOf } from './visits.ts'

/** A page of a company's visits, newest first; at most {@link ROWS_PER_PAGE} rows are read for it. */
export interface VisitsPage {
  readonly visits: readonly Visit[]
  /** The next page ends before this hour; null on the last one. */
  readonly before: number | null
  /** One visit alone was longer than a page: its rest is on the next, or (within one hour) left out. */
  readonly cut: boolean
}

export async function readVisits(
  db: D1Database,
  siteId: SiteId,
  company: { readonly key: string; readonly firstHour: number },
  hours: Hours,
  limit: number,
  timeZone: string,
): Promise<VisitsPage> {
  const rows = await readActivity(db, siteId, company.key, hours, ROWS_PER_PAGE)
  const all = visitsOf(rows, company.firstHour, timeZone)
  if (rows.length < ROWS_PER_PAGE) return page(all, limit, false)
  // The page is full: its oldest visit may go on below, so it is left to the next page. Is it the only one, it is cut.
  if (all.length > 1) return page(all.slice(0, -1), limit, true)
  const oldest = rows.at(-1)?.hour ?? 0
  const whole = rows.filter((row) => row.hour !== oldest)
  if (whole.length === 0) return { visits: all, before: oldest, cut: true }
  return { visits: visitsOf(whole, company.firstHour, timeZone), before: oldest + 1, cut: true }
}

function page(all: readonly Visit[], limit: number, more: boolean): VisitsPage {
  const visits = all.slice(0, limit)
  const last = visits.at(-1)
  return { visits, before: last !== undefined && (more || all.length > limit) ? last.from : null, cut: false }
}
