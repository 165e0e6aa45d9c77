import { hourOf } from '../clock.ts'
import { addDays } from '../period.ts'
import { minuteOf } from './audit.ts'

/** P7 for the operators' own tables: run by cron, idempotent, so that a run that was missed is made up for. */
export const DESK_RETENTION = {
  /** Audit log: 13 months. */
  auditDays: 396,
  failureHours: 24,
  /** Tokens that ended are listed so long, then gone. */
  endedTokenHours: 90 * 24,
} as const

export async function purgeDesk(db: D1Database, now: number): Promise<void> {
  const hour = hourOf(now)
  const auditFrom = Date.parse(`${addDays(new Date(now).toISOString().slice(0, 10), -DESK_RETENTION.auditDays)}T00:00:00Z`)
  await db.batch([
    db.prepare('DELETE FROM audit WHERE minute < ?1').bind(minuteOf(auditFrom)),
    db.prepare('DELETE FROM sign_ins WHERE expires <= ?1').bind(hour),
    db.prepare('DELETE FROM invitations WHERE expires <= ?1').bind(minuteOf(now)),
    db.prepare('DELETE FROM sign_in_failures WHERE hour <= ?1').bind(hour - DESK_RETENTION.failureHours),
    db.prepare('DELETE FROM tokens WHERE coalesce(revoked, expires) <= ?1').bind(hour - DESK_RETENTION.endedTokenHours),
    db.prepare(
      'DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM companies c WHERE c.site_id = tags.site_id AND c.company_key = tags.company_key)',
    ),
    db.prepare(
      'DELETE FROM notes WHERE NOT EXISTS (SELECT 1 FROM companies c WHERE c.site_id = notes.site_id AND c.company_key = notes.company_key)',
    ),
  ])
}
