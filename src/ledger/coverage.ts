import type { SiteId } from '../words.ts'
import type { Days } from './period.ts'
import type { SiteSettings } from './settings.ts'
import { readTotals } from './totals.ts'

/**
 * The honest match rate: what the ledger has beside what stayed anonymous, and why. What the gate blocked is in
 * neither, because nothing of it was kept. Anonymous figures are the released ones, the running bucket coarsely.
 */
export interface Coverage {
  readonly companies: number
  readonly visits: number
  readonly views: number
  readonly anonymousViews: { readonly count: number; readonly about: boolean }
  /** Events that were counted without a company, by reason. */
  readonly outcomes: readonly { readonly value: string; readonly count: number }[]
  /** Views with a company among all counted views, 0 to 1; null when there was none. */
  readonly matchRate: number | null
  readonly k: number
}

export async function readCoverage(
  db: D1Database,
  siteId: SiteId,
  days: Days,
  today: string,
  { release, retention }: Pick<SiteSettings, 'release' | 'retention'>,
): Promise<Coverage> {
  const [ledger, totals] = await Promise.all([
    readLedgerSums(db, siteId, days),
    readTotals(db, siteId, days, today, release, retention.totalsDays),
  ])
  const { path, outcome } = totals.dimensions
  const running = totals.running?.dimensions
  const counts = new Map(outcome.top.map(({ value, count }) => [value, count]))
  for (const { value, count } of running?.outcome.top ?? []) counts.set(value, (counts.get(value) ?? 0) + count)
  const anonymous = path.total.count + (running?.path.total.count ?? 0)
  const all = ledger.views + anonymous
  return {
    ...ledger,
    anonymousViews: { count: anonymous, about: path.total.about || (running?.path.total.count ?? 0) > 0 },
    outcomes: [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    matchRate: all === 0 ? null : Math.round((ledger.views / all) * 1000) / 1000,
    k: release.k,
  }
}

interface LedgerSums {
  readonly companies: number
  readonly visits: number
  readonly views: number
}

async function readLedgerSums(db: D1Database, siteId: SiteId, days: Days): Promise<LedgerSums> {
  const row = await db
    .prepare(
      `SELECT count(DISTINCT company_key) AS companies, coalesce(sum(visits), 0) AS visits, coalesce(sum(views), 0) AS views
         FROM company_day WHERE site_id = ?1 AND day >= ?2 AND day <= ?3`,
    )
    .bind(siteId, days.from, days.to)
    .first<LedgerSums>()
  return row ?? { companies: 0, visits: 0, views: 0 }
}
