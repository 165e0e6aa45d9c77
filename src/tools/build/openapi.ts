import * as z from 'zod/mini'
import { SiteParam } from '../../admin/api/fields.ts'
import type { Route } from '../../admin/api/route.ts'
import { RELEASE } from '../../release.ts'
import { SUMMARIES } from './summaries.ts'

/**
 * The OpenAPI 3.1 document of the routes: made from the schemas that parse, so it cannot say something else. It is made
 * when building: what turns schemas into JSON Schema would be a twentieth of the Worker, for one answer that is always the same.
 */
export function openApi(routes: readonly Route[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Doorplate',
      version: RELEASE.version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Which companies visit a site, never who. Days are calendar days in the site’s time zone, hours are UTC and nothing is finer. Anonymous totals are released in whole buckets with small cells folded.',
    },
    servers: [{ url: '/admin/api' }],
    security: [{ token: [] }, { cookie: [] }, { access: [] }],
    tags: [],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token: dp_…' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-doorplate', description: 'Set by the sign-in form.' },
        access: { type: 'apiKey', in: 'header', name: 'Cf-Access-Jwt-Assertion', description: 'Set by Cloudflare Access.' },
      },
      schemas: { Problem: PROBLEM },
    },
  }
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. `detail` says what to do, `field` names the parameter at fault.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    field: { type: 'string' },
  },
}

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** @throws Error naming a route without its sentence. */
function summaryOf({ id }: Route): string {
  const summary = SUMMARIES[id]
  if (summary === undefined) throw new Error(`src/tools/build/summaries.ts has no sentence for "${id}".`)
  return summary
}

function operation(route: Route): Record<string, unknown> {
  const parameters = [
    ...(route.site === 'query' ? [parameter('site', 'query', jsonSchema(SiteParam, 'input'), true)] : []),
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
  ]
  return {
    operationId: route.id,
    summary: summaryOf(route),
    description: `Needs the role ${route.role}.`,
    parameters,
    ...(route.body === null
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } }),
    responses: {
      200: { description: 'What was asked for.', content: contentOf(route) },
      304: { description: 'Nothing changed since the ETag of If-None-Match.' },
      400: refusal('A parameter does not fit; `field` names it.'),
      401: refusal('No token, or none of ours.'),
      403: refusal('The token’s role is not enough.'),
      404: refusal('There is no such thing on this site, whoever else knows it.'),
      default: refusal('Something else; `detail` says what to do.'),
    },
  }
}

function contentOf({ answer }: Route): Record<string, unknown> {
  if (typeof answer === 'string') return { [answer]: { schema: { type: 'string' } } }
  return { 'application/json': { schema: jsonSchema(answer, 'output') } }
}

function parametersOf(schema: z.ZodMiniType, where: 'path' | 'query'): Record<string, unknown>[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input')
  return Object.entries(properties).map(([name, of]) => parameter(name, where, of, where === 'path' || required.includes(name)))
}

function parameter(name: string, where: 'path' | 'query', schema: unknown, required: boolean): Record<string, unknown> {
  return { name, in: where, required, schema }
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): ObjectSchema & Record<string, unknown> {
  const { $schema, '~standard': _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}
