import { hourOf } from './clock.ts'

/**
 * P7: nothing is kept longer than said. Run by cron every hour; idempotent, so a run that was missed is made up for
 * by the next one. D1's own restore points (7 or 30 days) keep deleted rows that much longer; docs/privacy.md says so.
 */
export const RETENTION = {
  /** Company ledger. */
  ledgerDays: 90,
  /** Totals: 13 months. */
  totalsDays: 396,
} as const

/** Deletes what is past its time; a company's master data goes with its last row. */
export async function purge(db: D1Database, now: number): Promise<void> {
  const ledgerHour = hourOf(now) - RETENTION.ledgerDays * 24
  const ledgerDay = isoDay(now, RETENTION.ledgerDays)
  const totalsDay = isoDay(now, RETENTION.totalsDays)
  await db.batch([
    db.prepare('DELETE FROM company_activity WHERE hour < ?1').bind(ledgerHour),
    db.prepare('DELETE FROM company_day WHERE day < ?1').bind(ledgerDay),
    db.prepare(
      `DELETE FROM companies WHERE NOT EXISTS (
         SELECT 1 FROM company_activity a WHERE a.site_id = companies.site_id AND a.company_key = companies.company_key)`,
    ),
    db.prepare('DELETE FROM site_totals WHERE day < ?1').bind(totalsDay),
  ])
}

function isoDay(now: number, daysAgo: number): string {
  return new Date(now - daysAgo * 86_400_000).toISOString().slice(0, 10)
}
