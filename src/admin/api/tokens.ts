import * as z from 'zod/mini'
import { hourOf } from '../../ledger/clock.ts'
import { ALL_SITES, readAudit } from '../../ledger/desk/audit.ts'
import { addToken, ROLES, readTokens, revokeToken, type TokenRow } from '../../ledger/desk/tokens.ts'
import { today } from '../../ledger/period.ts'
import type { SiteId } from '../../words.ts'
import { HEX } from '../house.ts'
import { covers, readScope, seesSite, writeScope } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { mint, sha256 } from '../secret.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { recorded } from './deed.ts'
import { Count, Cursor, IsoHour, isoHour, isoMinute, Limit, line, NoParams, RandomId, Slug } from './fields.ts'
import { route } from './route.ts'

/** Tokens and the audit log. An owner of some sites sees and makes tokens for those sites and no others (P8). */
const Nothing = z.strictObject({})
const Scope = z.union([z.literal('*'), z.array(Slug).check(z.minLength(1), z.maxLength(100))])

const TokenShape = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  sites: z.union([z.literal('*'), z.array(z.string())]),
  created: z.string(),
  expires: z.nullable(IsoHour),
  lastUsed: z.nullable(IsoHour),
  revoked: z.nullable(IsoHour),
})

export const me = route({
  method: 'get',
  path: '/me',
  id: 'whoAmI',
  summary: 'Who this token is: its role and its sites',
  role: 'viewer',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ name: z.string(), role: z.enum(ROLES), sites: z.union([z.literal('*'), z.array(z.string())]) }),
  handle: async ({ principal: { name, role, sites } }) => ({ name, role, sites: sites === '*' ? '*' : [...sites] }),
})

export const tokens = route({
  method: 'get',
  path: '/tokens',
  id: 'listTokens',
  summary: 'Tokens for your sites; never the token itself',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ tokens: z.array(TokenShape) }),
  async handle({ desk, principal }) {
    const all = await readTokens(desk)
    return { tokens: all.filter((token) => covers(principal, readScope(token.sites))).map(shape) }
  },
})

function shape({ id, name, role, sites, created, expires, lastUsed, revoked }: TokenRow): z.infer<typeof TokenShape> {
  const hour = (value: number | null) => (value === null ? null : isoHour(value))
  const scope = readScope(sites)
  return {
    id,
    name,
    role,
    sites: scope === '*' ? '*' : [...scope],
    created,
    expires: hour(expires),
    lastUsed: hour(lastUsed),
    revoked: hour(revoked),
  }
}

export const createToken = route({
  method: 'post',
  path: '/tokens',
  id: 'createToken',
  summary: 'Makes a token; the answer shows it, once',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({
    name: line(60),
    role: z.enum(ROLES),
    sites: Scope,
    days: z.optional(z.number().check(z.int(), z.gte(1), z.lte(3660), z.describe('Days until it ends; without, it does not.'))),
  }),
  answer: z.object({ token: z.string(), ...TokenShape.def.shape }),
  async handle(call) {
    const { desk, body, principal, now, house } = call
    const scope = body.sites === '*' ? '*' : new Set(body.sites)
    if (!covers(principal, scope)) return new Refusal(403, 'You can make tokens for your own sites only.', 'sites')
    const token = mint('dp_', house.random)
    const row = {
      id: HEX(house.random(8)),
      name: body.name,
      role: body.role,
      sites: writeScope(scope),
      created: today(now, 'UTC'),
      expires: body.days === undefined ? null : hourOf(now) + body.days * 24,
    }
    const hash = await sha256(token)
    await recorded(call, { action: 'token.create', site: ALL_SITES, detail: body.role }, () => addToken(desk, { ...row, hash }).run())
    return { token, ...shape({ ...row, lastUsed: null, revoked: null }) }
  },
})

export const dropToken = route({
  method: 'delete',
  path: '/tokens/{token}',
  id: 'revokeToken',
  summary: 'Revokes a token by its id, and signs its browsers out',
  role: 'owner',
  site: 'none',
  params: z.strictObject({ token: RandomId }),
  query: Nothing,
  body: null,
  answer: z.object({ done: z.boolean() }),
  async handle(call) {
    const { desk, params, principal, now } = call
    const found = (await readTokens(desk)).find(({ id }) => id === params.token)
    if (found === undefined || !covers(principal, readScope(found.sites))) {
      return new Refusal(404, 'There is no such token. GET /admin/api/tokens lists them.', 'token')
    }
    const deed = { action: 'token.revoke', site: ALL_SITES, detail: found.role } as const
    await recorded(call, deed, () => desk.batch(revokeToken(desk, found.id, hourOf(now))))
    return { done: true }
  },
})

export const AuditShape = z.object({
  site: z.string(),
  at: z.string().check(z.describe('Minute, UTC.')),
  actor: z.string(),
  action: z.string(),
  detail: z.string(),
  rows: Count,
})

export const audit = route({
  method: 'get',
  path: '/audit',
  id: 'listAudit',
  summary: 'Exports, deletions and changes: who, what, how many. Of a site, or (without one) what concerns no single site',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: z.strictObject({ of: z.optional(Slug.check(z.describe('Id of a site.'))), cursor: Cursor, limit: Limit(500, 100) }),
  body: null,
  answer: z.object({ entries: z.array(AuditShape), next: z.nullable(z.string()) }),
  async handle({ desk, query, principal }) {
    // Also of a site that is gone: its log outlives it. A scoped owner sees his sites' and no others'.
    if (query.of === undefined ? principal.sites !== '*' : !seesSite(principal, query.of)) {
      return new Refusal(query.of === undefined ? 403 : 404, 'Say one of your sites: "?of=<id>".', 'of')
    }
    const question = { ...query, of: query.of ?? ALL_SITES }
    const after = await readCursor(question, query.cursor)
    if (after instanceof Refusal) return after
    const cursor = after === null ? null : { minute: Number(after.rank) || 0, id: after.key }
    const rows = await readAudit(desk, (query.of ?? ALL_SITES) as SiteId, cursor, query.limit + 1)
    const page = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? page.at(-1) : undefined
    return {
      entries: page.map(({ site, minute, actor, action, detail, rows }) => ({ site, at: isoMinute(minute), actor, action, detail, rows })),
      next: last === undefined ? null : await writeCursor(question, { rank: last.minute, key: last.id }),
    }
  },
})
