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

type Table = (typeof STEPS)[number]['table']

/** Rows deleted, or that would be, by table. */
export type PurgedDesk = Readonly<Record<Table, number>>

export async function purgeDesk(db: D1Database, now: number): Promise<PurgedDesk> {
  const gone = await db.batch(STEPS.map(({ remove, before }) => db.prepare(remove).bind(...before(now))))
  return byTable((at) => gone[at]?.results.length)
}

/** What {@link purgeDesk} would delete now. */
export async function dueDesk(db: D1Database, now: number): Promise<PurgedDesk> {
  const due = await db.batch<{ count: number }>(STEPS.map(({ count, before }) => db.prepare(count).bind(...before(now))))
  return byTable((at) => due[at]?.results[0]?.count)
}

function byTable(of: (at: number) => number | undefined): PurgedDesk {
  return Object.fromEntries(STEPS.map(({ table }, at) => [table, of(at) ?? 0])) as PurgedDesk
}

const auditFrom = (now: number): number =>
  minuteOf(Date.parse(`${addDays(new Date(now).toISOString().slice(0, 10), -DESK_RETENTION.auditDays)}T00:00:00Z`))

/** At most 2,000 rows of what may be long go in a run, chosen by their key; the next hour goes on. */
const STEPS = [
  {
    table: 'audit',
    remove: `DELETE FROM audit WHERE (site_id, minute, id) IN (SELECT site_id, minute, id FROM audit WHERE minute < ?1 LIMIT 2000) RETURNING 1`,
    count: 'SELECT count(*) AS count FROM audit WHERE minute < ?1',
    before: (now: number) => [auditFrom(now)],
  },
  {
    table: 'sign_ins',
    remove: 'DELETE FROM sign_ins WHERE expires <= ?1 RETURNING 1',
    count: 'SELECT count(*) AS count FROM sign_ins WHERE expires <= ?1',
    before: (now: number) => [hourOf(now)],
  },
  {
    table: 'invitations',
    remove: 'DELETE FROM invitations WHERE expires <= ?1 RETURNING 1',
    count: 'SELECT count(*) AS count FROM invitations WHERE expires <= ?1',
    before: (now: number) => [minuteOf(now)],
  },
  {
    table: 'sign_in_failures',
    remove: 'DELETE FROM sign_in_failures WHERE hour <= ?1 RETURNING 1',
    count: 'SELECT count(*) AS count FROM sign_in_failures WHERE hour <= ?1',
    before: (now: number) => [hourOf(now) - DESK_RETENTION.failureHours],
  },
  {
    table: 'tokens',
    remove: 'DELETE FROM tokens WHERE coalesce(revoked, expires) <= ?1 RETURNING 1',
    count: 'SELECT count(*) AS count FROM tokens WHERE coalesce(revoked, expires) <= ?1',
    before: (now: number) => [hourOf(now) - DESK_RETENTION.endedTokenHours],
  },
  {
    table: 'tags',
    remove: `DELETE FROM tags WHERE (site_id, company_key, tag) IN (
               SELECT site_id, company_key, tag FROM tags AS t
                WHERE NOT EXISTS (SELECT 1 FROM companies AS c WHERE c.site_id = t.site_id AND c.company_key = t.company_key)
                LIMIT 2000) RETURNING 1`,
    count: `SELECT count(*) AS count FROM tags AS t
             WHERE NOT EXISTS (SELECT 1 FROM companies AS c WHERE c.site_id = t.site_id AND c.company_key = t.company_key)`,
    before: () => [],
  },
  {
    table: 'notes',
    remove: `DELETE FROM notes WHERE (site_id, company_key, id) IN (
               SELECT site_id, company_key, id FROM notes AS n
                WHERE NOT EXISTS (SELECT 1 FROM companies AS c WHERE c.site_id = n.site_id AND c.company_key = n.company_key)
                LIMIT 2000) RETURNING 1`,
    count: `SELECT count(*) AS count FROM notes AS n
             WHERE NOT EXISTS (SELECT 1 FROM companies AS c WHERE c.site_id = n.site_id AND c.company_key = n.company_key)`,
    before: () => [],
  },
] as const
