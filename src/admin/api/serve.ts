import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { readOneSite } from '../../ledger/one-site.ts'
import type { Site } from '../../ledger/site.ts'
import type { SiteId } from '../../words.ts'
import type { AdminEnv } from '../auth.ts'
import { may, seesSite } from '../principal.ts'
import { problem, Refusal } from '../problem.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { names, tagOf } from './tag.ts'

/**
 * Serves the list of routes: role, then site, then parameters, then the handler. A site outside a token's scope is
 * answered exactly like one that does not exist, before anything of it is read (P8).
 */
export const api = new Hono<AdminEnv>()

/** A body larger than this is none of ours, unless the route says so. */
const LARGEST_BODY = 64_000

// Written by the build. Nothing of the request goes along; a Worker without the file says so.
api.get('/openapi.json', async (c) => {
  const file = await c.env.ASSETS.fetch(new URL('/admin/api/openapi.json', c.req.url))
  return file.ok ? json(c, await file.text()) : problem(c, 404, 'The description of the API was not built: npm run build.')
})

for (const route of ROUTES) api.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => serve(route, c))

async function serve(route: Route, c: Context<AdminEnv>): Promise<Response> {
  const answer = await run(route, c)
  if (answer instanceof Response) return answer
  if (answer instanceof Refusal) return problem(c, answer.status, answer.detail, answer.field)
  return json(c, JSON.stringify(answer))
}

/** JSON with an ETag: a list that did not change is a 304 without a body. Files are streamed and have none. */
async function json(c: Context<AdminEnv>, text: string): Promise<Response> {
  const tag = await tagOf(text)
  if (c.req.method === 'GET' && names(c.req.header('if-none-match'), tag)) return c.body(null, 304, { ETag: tag })
  return c.body(text, 200, { 'Content-Type': 'application/json', ETag: tag })
}

async function run(route: Route, c: Context<AdminEnv>): Promise<unknown> {
  const principal = c.get('principal')
  if (!may(principal.role, route.role)) return new Refusal(403, `This needs the role ${route.role}; your token is ${principal.role}.`)
  const asked = readQuery(c)
  if (asked instanceof Refusal) return asked
  const { site: named, ...query } = asked
  const params = c.req.param() as Record<string, string>
  if (route.site !== 'query' && named !== undefined) return new Refusal(400, '"site" is not known here.', 'site')
  const site = route.site === 'none' ? null : await siteOf(c, route.site === 'query' ? named : params.id)
  if (site instanceof Refusal) return site
  const body = route.body === null ? undefined : await readBody(c, route.largestBody ?? LARGEST_BODY)
  if (body instanceof Refusal) return body
  return route.run({ c, now: c.get('house').now(), principal, site, params, query, body })
}

function readQuery(c: Context<AdminEnv>): Record<string, string> | Refusal {
  const query: Record<string, string> = {}
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (Object.hasOwn(query, name)) return new Refusal(400, 'A parameter was given twice.', name.slice(0, 40))
    query[name] = value
  }
  return query
}

async function siteOf(c: Context<AdminEnv>, id: string | undefined): Promise<Site | Refusal> {
  if (id === undefined || id === '') return new Refusal(400, 'Say which site: "?site=<id>". GET /admin/api/sites lists them.', 'site')
  const unknown = new Refusal(404, 'There is no such site. GET /admin/api/sites lists them.', 'site')
  // A slug or nothing: what could not be an id is asked of no database.
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id) || !seesSite(c.get('principal'), id)) return unknown
  return (await readOneSite(c.env.DB, id as SiteId)) ?? unknown
}

async function readBody(c: Context<AdminEnv>, largest: number): Promise<unknown> {
  if (!/^application\/json(?:;|$)/i.test(c.req.header('content-type') ?? '')) {
    return new Refusal(415, 'Send the body as JSON: "Content-Type: application/json".', 'body')
  }
  const tooLarge = new Refusal(413, `The body is too large: at most ${Math.floor(largest / 1000)} kB.`, 'body')
  if (Number(c.req.header('content-length') ?? 0) > largest) return tooLarge
  const text = await c.req.text()
  if (text.length > largest) return tooLarge
  try {
    return JSON.parse(text)
  } catch {
    return new Refusal(400, 'The body is not JSON.', 'body')
  }
}
