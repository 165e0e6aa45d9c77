import * as z from 'zod/mini'
import { today } from '../../ledger/period.ts'
import { type RuleRow, readRules, removeRule, saveRule } from '../../ledger/rules.ts'
import type { Site } from '../../ledger/site.ts'
import {
  ALL_SITES,
  type Bounds,
  RuleCompany,
  readBounds,
  storedBounds,
  unassignable,
  whyNotAssign,
  writeBounds,
} from '../../ranges/rules.ts'
import { Refusal } from '../problem.ts'
import { type Doer, recorded } from './deed.ts'
import { line, NoParams } from './fields.ts'
import { route } from './route.ts'

/**
 * The operator's own ranges of one site: block one, or assign it to a company. The same checks as `npm run rules`; P4
 * binds them. Ranges travel in bodies only: no address of ours ever stands in a URL.
 */
const Nothing = z.strictObject({})
const For = z._default(z.enum(['site', 'all']), 'site').check(z.describe('This site, or every site (for an owner of all).'))
const Range = line(100).check(z.describe('203.0.113.0/24, 203.0.113.7, 2001:db8::/48 or "203.0.113.0 - 203.0.113.63".'))
const Done = z.object({ done: z.boolean() })

export const RuleShape = z.object({
  site: z.string().check(z.describe('The site it is for, or * for all sites.')),
  range: z.string(),
  action: z.enum(['block', 'assign']),
  company: z.nullable(RuleCompany),
  why: z.string(),
  created: z.string(),
})

export const rules = route({
  method: 'get',
  path: '/rules',
  id: 'listRules',
  role: 'viewer',
  site: 'query',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ site: z.string(), rules: z.array(RuleShape) }),
  handle: async ({ desk, site }) => ({ site: site.id, rules: (await readRules(desk, site.id)).map(shape) }),
})

function shape({ siteId, first, last, action, company, why, created }: RuleRow): z.infer<typeof RuleShape> {
  const known = RuleCompany.safeParse(company === null ? null : parseJson(company))
  return { site: siteId, range: writeBounds(storedBounds(first, last)), action, company: known.success ? known.data : null, why, created }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const saveRuleRoute = route({
  method: 'post',
  path: '/rules',
  id: 'saveRule',
  role: 'owner',
  site: 'query',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({
    range: Range,
    action: z.enum(['block', 'assign']),
    company: z._default(z.nullable(RuleCompany), null),
    why: z._default(line(200, 0), ''),
    for: For,
  }),
  answer: RuleShape,
  async handle(call) {
    const { desk, body, now } = call
    const of = scopeOf(call)
    if (of instanceof Refusal) return of
    const bounds = readBounds(body.range)
    if (typeof bounds === 'string') return new Refusal(400, sentence(bounds), 'range', 'range')
    if ((body.action === 'assign') !== (body.company !== null)) {
      return new Refusal(400, '"company" is for the action assign, and needed there.', 'company')
    }
    const refusal = body.company === null ? null : unassignable(bounds, body.company)
    if (body.company !== null && refusal !== null) {
      return new Refusal(422, whyNotAssign(bounds, body.company) ?? '', 'company', refusal)
    }
    const row = rowOf(bounds, body, of, today(now, 'UTC'))
    await recorded(call, { action: 'rule.save', site: of, detail: body.action }, () => saveRule(desk, row))
    return shape(row)
  },
})

/** Whom a rule binds: a rule for every site is for an owner of all of them (P8). */
function scopeOf({ site, body, principal }: Doer & { readonly site: Site; readonly body: { readonly for: 'site' | 'all' } }) {
  if (body.for === 'site') return site.id
  return principal.sites === '*' ? ALL_SITES : new Refusal(403, 'A rule for every site needs an owner of all sites.', 'for')
}

/** The room's sentence repeats the range as it was typed; an answer does not. */
function sentence(detail: string): string {
  return detail.replace(/^"[^"]*"/, '"range"')
}

function rowOf(
  { first, last }: Bounds,
  { action, company, why }: { readonly action: 'block' | 'assign'; readonly company: RuleCompany | null; readonly why: string },
  siteId: string,
  created: string,
): RuleRow {
  return { siteId, first, last, action, company: company === null ? null : JSON.stringify(company), why, created }
}

export const dropRule = route({
  method: 'post',
  path: '/rules/remove',
  id: 'removeRule',
  role: 'owner',
  site: 'query',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({ range: Range, for: For }),
  answer: Done,
  async handle(call) {
    const { desk, body } = call
    const of = scopeOf(call)
    if (of instanceof Refusal) return of
    const bounds = readBounds(body.range)
    if (typeof bounds === 'string') return new Refusal(400, sentence(bounds), 'range')
    const deed = { action: 'rule.remove', site: of, detail: '' } as const
    const gone = await recorded(call, deed, () => removeRule(desk, of, bounds.first, bounds.last), Number)
    return gone ? { done: true } : new Refusal(404, 'There is no rule with exactly this range. GET /admin/api/rules lists them.', 'range')
  },
})
