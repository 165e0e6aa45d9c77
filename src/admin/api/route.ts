import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { Role } from '../../ledger/desk/tokens.ts'
import { shardsOf } from '../../ledger/shard.ts'
import type { Site } from '../../ledger/site.ts'
import type { AdminEnv } from '../auth.ts'
import type { AdminHouse } from '../house.ts'
import type { Principal } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { type Field, firstWrong } from './wrong.ts'

/**
 * One route of the API: what it takes, who may, what it answers. The server, the OpenAPI document and the tests that
 * walk over all routes read the same list (`routes.ts`), so none of them can forget one.
 */
export type Method = 'get' | 'post' | 'put' | 'delete'

/** Where a route's site comes from: the parameter `site`, the path's `{id}`, or nowhere. */
export type SiteFrom = 'query' | 'path' | 'none'

export interface Call<P, Q, B, S> {
  /** Where the site's counters, tags and notes are. */
  readonly db: D1Database
  /** Where sites, rules, tokens, saved filters and the audit log are; often the same. */
  readonly desk: D1Database
  readonly house: AdminHouse
  readonly now: number
  readonly principal: Principal
  readonly site: S
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly c: Context<AdminEnv>
}

interface Definition<P, Q, B, A, F extends SiteFrom> {
  readonly method: Method
  /** As OpenAPI writes it: `/companies/{key}`. */
  readonly path: string
  /** Its sentence stands in src/tools/build/summaries.ts: the Worker never says it. */
  readonly id: string
  /** Least role that may. */
  readonly role: Role
  readonly site: F
  readonly params: z.ZodMiniType<P>
  /** Without `site`, which the server adds. */
  readonly query: z.ZodMiniType<Q>
  readonly body: z.ZodMiniType<B> | null
  /** Bytes of JSON it may be; 64 kB unless said. */
  readonly largestBody?: number
  /** Schema of the JSON, or the media type of a file. */
  readonly answer: z.ZodMiniType<A> | string
  readonly handle: (call: Call<P, Q, B, F extends 'none' ? null : Site>) => Promise<A | Refusal | Response>
}

/** A call before it was parsed. */
export interface RawCall {
  readonly c: Context<AdminEnv>
  readonly now: number
  readonly principal: Principal
  readonly site: Site | null
  readonly params: Record<string, string>
  readonly query: Record<string, string>
  readonly body: unknown
}

export interface Route extends Omit<Definition<unknown, unknown, unknown, unknown, SiteFrom>, 'handle'> {
  readonly run: (raw: RawCall) => Promise<unknown>
}

/** A route of which a page may know what it answers. */
export interface RouteOf<A> extends Route {
  readonly run: (raw: RawCall) => Promise<A | Refusal | Response>
}

/** Types a definition once and hides what comes in: parsing stands between that and the handler. */
export function route<P, Q, B, A, F extends SiteFrom>(definition: Definition<P, Q, B, A, F>): RouteOf<A> {
  const { handle, ...rest } = definition
  return {
    ...rest,
    async run({ c, now, principal, site, params, query, body }) {
      const parsed = { params: definition.params.safeParse(params), query: definition.query.safeParse(query) }
      if (!parsed.params.success) return refuse(firstWrong(definition.params, parsed.params.error))
      if (!parsed.query.success) return refuse(firstWrong(definition.query, parsed.query.error))
      let content = undefined as B
      if (definition.body !== null) {
        const read = definition.body.safeParse(body)
        if (!read.success) return refuse(firstWrong(definition.body, read.error))
        content = read.data
      }
      const house = c.get('house')
      // A route with `site` is run with one: serve.ts found it, or answered 404.
      const of = site as F extends 'none' ? null : Site
      const db = site === null ? c.env.DB : shardsOf(c.env).of(site.id)
      const parts = { params: parsed.params.data, query: parsed.query.data, body: content }
      return handle({ ...parts, db, desk: c.env.DB, house, now, principal, site: of, c })
    },
  }
}

function refuse({ field, detail }: Field): Refusal {
  return new Refusal(400, detail, field)
}
