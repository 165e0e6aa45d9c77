import * as z from 'zod/mini'
import { hourOf } from '../../ledger/clock.ts'
import { ALL_SITES, minuteOf } from '../../ledger/desk/audit.ts'
import { countSignIns, endSignIns } from '../../ledger/desk/sign-ins.ts'
import { addInvitation, addToken, ROLES, readTokens, revokeToken, type TokenRow } from '../../ledger/desk/tokens.ts'
import { today } from '../../ledger/period.ts'
import { HEX } from '../house.ts'
import { covers, OWNER, readScope, writeScope } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { mint, sha256 } from '../secret.ts'
import { recorded } from './deed.ts'
import { Count, IsoHour, isoHour, isoMinute, line, NoParams, RandomId, Slug } from './fields.ts'
import { route } from './route.ts'

/** Tokens, invitations and browsers that are signed in. An owner of some sites sees and makes tokens for those sites and no others (P8). */
const Nothing = z.strictObject({})
const Scope = z.union([z.literal('*'), z.array(Slug).check(z.minLength(1), z.maxLength(100))])

export const TokenShape = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  sites: z.union([z.literal('*'), z.array(z.string())]),
  created: z.string(),
  expires: z.nullable(IsoHour),
  lastUsed: z.nullable(IsoHour),
  revoked: z.nullable(IsoHour),
  browsers: Count.check(z.describe('Browsers that are signed in with it.')),
})

export const me = route({
  method: 'get',
  path: '/me',
  id: 'whoAmI',
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
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({
    tokens: z.array(TokenShape),
    bootstrap: z.nullable(Count).check(z.describe('Browsers signed in with the bootstrap token; null unless you own all sites.')),
  }),
  async handle({ desk, principal, now }) {
    const [all, browsers] = await Promise.all([readTokens(desk), countSignIns(desk, hourOf(now))])
    return {
      tokens: all.filter((token) => covers(principal, readScope(token.sites))).map((token) => shape(token, browsers.get(token.id))),
      bootstrap: principal.sites === '*' ? (browsers.get(OWNER.id) ?? 0) : null,
    }
  },
})

function shape({ id, name, role, sites, created, expires, lastUsed, revoked }: TokenRow, browsers = 0): z.infer<typeof TokenShape> {
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
    browsers,
  }
}

/** Whom a token or an invitation is for. */
const Bearer = { name: line(60), role: z.enum(ROLES), sites: Scope }

const scopeOf = (sites: z.infer<typeof Scope>) => (sites === '*' ? '*' : new Set(sites))

export const createToken = route({
  method: 'post',
  path: '/tokens',
  id: 'createToken',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({
    ...Bearer,
    days: z.optional(z.number().check(z.int(), z.gte(1), z.lte(3660), z.describe('Days until it ends; without, it does not.'))),
  }),
  answer: z.object({ token: z.string(), ...TokenShape.def.shape }),
  async handle(call) {
    const { desk, body, principal, now, house } = call
    const scope = scopeOf(body.sites)
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

/** Minutes an invitation is good for. */
export const INVITED_MINUTES = 15

export const invite = route({
  method: 'post',
  path: '/invitations',
  id: 'invite',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: z.strictObject(Bearer),
  answer: z.object({ url: z.string(), expires: z.string().check(z.describe('Minute, UTC.')) }),
  async handle(call) {
    const { c, desk, body, principal, now, house } = call
    const scope = scopeOf(body.sites)
    if (!covers(principal, scope)) return new Refusal(403, 'You can invite to your own sites only.', 'sites')
    const code = mint('dpi_', house.random)
    const invitation = { ...body, sites: writeScope(scope), hash: await sha256(code), expires: minuteOf(now) + INVITED_MINUTES }
    const deed = { action: 'token.invite', site: ALL_SITES, detail: body.role } as const
    await recorded(call, deed, () => addInvitation(desk, invitation).run())
    return { url: new URL(`/admin/invitation?code=${code}`, c.req.url).href, expires: isoMinute(invitation.expires) }
  },
})

export const signOutBrowsers = route({
  method: 'delete',
  path: '/tokens/{token}/sign-ins',
  id: 'signOutBrowsers',
  role: 'owner',
  site: 'none',
  params: z.strictObject({ token: z.union([RandomId, z.literal(OWNER.id)]) }),
  query: Nothing,
  body: null,
  answer: z.object({ browsers: Count }),
  async handle(call) {
    const { desk, params, principal } = call
    const found = params.token === OWNER.id ? { sites: '*' } : (await readTokens(desk)).find(({ id }) => id === params.token)
    if (found === undefined || !covers(principal, readScope(found.sites))) {
      return new Refusal(404, 'There is no such token. GET /admin/api/tokens lists them.', 'token')
    }
    const deed = { action: 'sign-in.end', site: ALL_SITES, detail: '' } as const
    return { browsers: await recorded(call, deed, () => endSignIns(desk, params.token), Number) }
  },
})
