import * as z from 'zod/mini'
import { ALL_SITES, type AuditCursor, readAudit } from '../../ledger/desk/audit.ts'
import type { SiteId } from '../../words.ts'
import { TYPES, write } from '../export/formats.ts'
import { auditSheet } from '../export/sheets.ts'
import { seesSite } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { begin } from './deed.ts'
import { countRows } from './export.ts'
import { Count, Cursor, isoMinute, Limit, NoParams, Slug } from './fields.ts'
import { type Call, route } from './route.ts'

/** The audit log of a site, or of what concerns no single site; as a list and as a file. */
const Of = z.optional(Slug.check(z.describe('Id of a site.')))

export const AuditShape = z.object({
  site: z.string(),
  at: z.string().check(z.describe('Minute, UTC.')),
  actor: z.string(),
  action: z.string(),
  detail: z.string(),
  rows: Count,
})

/** Which log is meant. Also of a site that is gone: its log outlives it. A scoped owner sees his sites' and no others'. */
function logOf({ principal }: Pick<Call<unknown, unknown, unknown, unknown>, 'principal'>, of: string | undefined): SiteId | '*' | Refusal {
  if (of === undefined ? principal.sites !== '*' : !seesSite(principal, of)) {
    return new Refusal(of === undefined ? 403 : 404, 'Say one of your sites: "?of=<id>".', 'of')
  }
  return (of ?? ALL_SITES) as SiteId | '*'
}

export const audit = route({
  method: 'get',
  path: '/audit',
  id: 'listAudit',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: z.strictObject({ of: Of, cursor: Cursor, limit: Limit(500, 100) }),
  body: null,
  answer: z.object({ entries: z.array(AuditShape), next: z.nullable(z.string()) }),
  async handle(call) {
    const { desk, query } = call
    const log = logOf(call, query.of)
    if (log instanceof Refusal) return log
    const question = { ...query, of: log }
    const after = await readCursor(question, query.cursor)
    if (after instanceof Refusal) return after
    const cursor: AuditCursor | null = after === null ? null : { minute: Number(after.rank) || 0, id: after.key }
    const rows = await readAudit(desk, log, cursor, query.limit + 1)
    const page = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? page.at(-1) : undefined
    return {
      entries: page.map(({ site, minute, actor, action, detail, rows }) => ({ site, at: isoMinute(minute), actor, action, detail, rows })),
      next: last === undefined ? null : await writeCursor(question, { rank: last.minute, key: last.id }),
    }
  },
})

export const auditFile = route({
  method: 'get',
  path: '/audit.csv',
  id: 'exportAudit',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: z.strictObject({ of: Of }),
  body: null,
  answer: TYPES.csv,
  async handle(call) {
    const { c, desk, query } = call
    const log = logOf(call, query.of)
    if (log instanceof Refusal) return log
    const fill = await begin(call, { action: 'export', site: log, detail: 'audit csv' })
    const counted = countRows(auditSheet(desk, log), (rows) => c.executionCtx.waitUntil(fill(rows)))
    const name = log === ALL_SITES ? 'doorplate-audit.csv' : `doorplate-${log}-audit.csv`
    return new Response(write('csv', counted, 'audit'), {
      headers: { 'Content-Type': TYPES.csv, 'Content-Disposition': `attachment; filename="${name}"` },
    })
  },
})
