import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { openAdmin } from '../../../src/admin/app.tsx'
import { type AdminHouse, randomBytes } from '../../../src/admin/house.ts'
import { sha256 } from '../../../src/admin/secret.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { addToken, type Role } from '../../../src/ledger/desk/tokens.ts'
import { emptyLedger, NOW } from '../fixtures.ts'

/** The bootstrap owner's token; the Worker knows its hash. */
export const TOKEN = 'dp_test'

export const HOUSE: AdminHouse = {
  now: () => NOW,
  random: randomBytes,
  explain: async () => ({ outcome: 'counted', reason: 'unlisted', company: null }),
  lookUp: async () => ({ why: 'unlisted', company: null }),
  tableHealth: () => ({ heldValues: 0, heldBytes: 0, reads: 0, faults: { missing: 0, broken: 0, unreachable: 0 }, recovered: 0 }),
  accessKeys: () => {
    throw new Error('no Access here')
  },
}

export interface Ask extends RequestInit {
  /** Null sends none. */
  readonly token?: string | null
  /** Sent as JSON. */
  readonly json?: unknown
  readonly house?: Partial<AdminHouse>
  readonly env?: object
}

/** A request to the admin; the answer is whole, and what goes on after it is done. */
export async function ask(path: string, { token = TOKEN, json, house, env: over, ...init }: Ask = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (token !== null) headers.set('Authorization', `Bearer ${token}`)
  const body = json === undefined ? init.body : JSON.stringify(json)
  if (json !== undefined) headers.set('Content-Type', 'application/json')
  const method = init.method ?? (json === undefined ? 'GET' : 'POST')
  const request = new Request(`https://t.shop.example${path}`, {
    redirect: 'manual',
    ...init,
    method,
    headers,
    ...(body === undefined || body === null ? {} : { body }),
  })
  const ctx = createExecutionContext()
  const response = await openAdmin({ ...HOUSE, ...house }).fetch(request, { ...env, ...over }, ctx)
  const whole = new Response(response.status === 304 || response.body === null ? null : await response.arrayBuffer(), response)
  await waitOnExecutionContext(ctx)
  return whole
}

/** A path below the API, for the site `shop` unless it names one. */
export function api(path: string, options: Ask = {}): Promise<Response> {
  return ask(`/admin/api${path}`, options)
}

export async function makeToken(
  role: Role,
  sites: '*' | readonly string[],
  over: { expires?: number } = {},
): Promise<{ token: string; id: string }> {
  const bytes = randomBytes(32)
  const token = `dp_${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')}`
  const id = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const row = {
    hash: await sha256(token),
    id,
    name: `${role} of ${String(sites)}`,
    role,
    created: '2026-11-21',
    expires: over.expires ?? null,
  }
  await addToken(env.DB, { ...row, sites: sites === '*' ? '*' : JSON.stringify(sites) }).run()
  return { token, id }
}

const DESK_TABLES = ['tags', 'notes', 'segments', 'tokens', 'sign_ins', 'invitations', 'sign_in_failures', 'audit', 'rules'] as const

export async function emptyDesk(): Promise<void> {
  await emptyLedger()
  await env.DB.batch(DESK_TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
}

export interface Did {
  readonly site?: string
  readonly key?: string
  /** Hours before now. */
  readonly ago?: number
  readonly kind?: string
  readonly path?: string
  readonly origin?: string
  readonly name?: string
  readonly count?: number
  readonly seconds?: number
}

/** Rows of activity, written as they are, with companies and company-days to match. */
export async function fill(did: readonly Did[]): Promise<void> {
  const rows = did.map(
    ({ site = 'shop', key = 'dom:bmw.example', ago = 0, kind = 'view', path = '/', origin = '', name = '', count = 1, seconds = 0 }) => [
      site,
      key,
      hourOf(NOW) - ago,
      kind,
      path,
      origin,
      name,
      count,
      seconds,
    ],
  )
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO company_activity (site_id, company_key, hour, kind, path, origin, name, count, seconds)
       SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8 FROM json_each(?1) WHERE true
       ON CONFLICT DO UPDATE SET count = count + excluded.count, seconds = seconds + excluded.seconds`,
    ).bind(JSON.stringify(rows)),
    env.DB.prepare(
      `INSERT INTO companies (site_id, company_key, kind, name, domain, country, city, industry, employees, receipt, first_hour)
       SELECT site_id, company_key, 'business', upper(substr(company_key, 5, 1)) || substr(company_key, 6), substr(company_key, 5), 'DE', 'Munich',
              'Automotive', '201-500', ?1, min(hour) FROM company_activity WHERE true GROUP BY 1, 2
       ON CONFLICT DO UPDATE SET first_hour = min(first_hour, excluded.first_hour)`,
    ).bind(JSON.stringify(RECEIPT)),
    // Days in Berlin's winter time; tests that cross a clock change write through the ledger instead.
    env.DB.prepare(
      `INSERT OR REPLACE INTO company_day (site_id, day, company_key, views, pages, seconds, downloads, outbounds, forms, events, visits, first_hour, last_hour, hot, sources, paths)
       SELECT site_id, date((hour + 1) * 3600, 'unixepoch'), company_key, sum(iif(kind = 'view', count, 0)),
              count(DISTINCT iif(kind = 'view', path, NULL)), sum(seconds), sum(iif(kind = 'download', count, 0)),
              sum(iif(kind = 'outbound', count, 0)), sum(iif(kind = 'form', count, 0)), sum(iif(kind = 'event', count, 0)),
              count(DISTINCT iif(NOT EXISTS (SELECT 1 FROM company_activity b WHERE b.site_id = a.site_id AND b.company_key = a.company_key AND b.hour = a.hour - 1), hour, NULL)),
              min(hour), max(hour), sum(iif(path = '/pricing', count, 0)),
              coalesce(json_group_array(DISTINCT origin) FILTER (WHERE origin <> '' AND substr(origin, 1, 1) <> '/'), '[]'),
              count(DISTINCT iif(kind = 'view', path, NULL)) || json_group_array(DISTINCT path ORDER BY path) FILTER (WHERE kind = 'view')
         FROM company_activity a GROUP BY 1, 2, 3`,
    ),
  ])
}

export const RECEIPT = {
  source: 'test source',
  licence: 'CC0',
  sourceVersion: '1',
  sourceDate: '2026-06-17',
  evidence: 'made for a test',
  confidence: 75,
  tableVersion: 'f'.repeat(64),
}
