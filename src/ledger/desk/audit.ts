import type { SiteId } from '../../words.ts'

/**
 * Who did what, and to how many rows; never the content. An entry is written before the deed, so that there is no deed
 * without one; how many rows it was is filled in afterwards, and 0 where the deed broke off.
 */
export const ALL_SITES = '*'

export const AUDIT_ACTIONS = [
  'site.create',
  'site.change',
  'site.delete',
  'site.check',
  'company.delete',
  'company.hide',
  'company.unhide',
  'rule.save',
  'rule.remove',
  'token.create',
  'token.revoke',
  'token.invite',
  'sign-in.end',
  'objection.save',
  'objection.lift',
  'address.look-up',
  'export',
  'import',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface AuditEntry {
  readonly site: SiteId | typeof ALL_SITES
  /** Minutes since 1970 UTC: of the operator's deed, never of a visit. */
  readonly minute: number
  readonly actor: string
  readonly action: AuditAction
  /** Words from closed lists: names of settings, a basis, a format. */
  readonly detail: string
  readonly rows: number
}

export interface AuditRow extends AuditEntry {
  readonly id: string
}

export function minuteOf(now: number): number {
  return Math.floor(now / 60_000)
}

/** @param id random, so that two entries of a minute are two. */
export function auditEntry(db: D1Database, id: string, { site, minute, actor, action, detail, rows }: AuditEntry): D1PreparedStatement {
  return db
    .prepare('INSERT INTO audit (site_id, minute, id, actor, action, detail, rows) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)')
    .bind(site, minute, id, actor, action, detail, rows)
}

/** How many rows the deed came to. */
export async function fillIn(db: D1Database, id: string, { site, minute }: AuditEntry, rows: number): Promise<void> {
  await db.prepare('UPDATE audit SET rows = ?4 WHERE site_id = ?1 AND minute = ?2 AND id = ?3').bind(site, minute, id, rows).run()
}

export interface AuditCursor {
  readonly minute: number
  readonly id: string
}

/** Entries of one site (or `*`: those that concern no single site), newest first, behind a cursor. */
export async function readAudit(
  db: D1Database,
  site: SiteId | typeof ALL_SITES,
  after: AuditCursor | null,
  limit: number,
): Promise<AuditRow[]> {
  const { results } = await db
    .prepare(
      `SELECT site_id AS site, minute, id, actor, action, detail, rows FROM audit
        WHERE site_id = ?1 AND (?2 IS NULL OR (minute, id) < (?2, ?3))
        ORDER BY minute DESC, id DESC LIMIT ?4`,
    )
    .bind(site, after?.minute ?? null, after?.id ?? null, limit)
    .all<AuditRow>()
  return results
}
