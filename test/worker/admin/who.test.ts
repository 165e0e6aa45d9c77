import { env } from 'cloudflare:workers'
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MOST_FAILURES } from '../../../src/admin/auth.ts'
import { sha256 } from '../../../src/admin/secret.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { minuteOf } from '../../../src/ledger/desk/audit.ts'
import { dueDesk, purgeDesk } from '../../../src/ledger/desk/purge.ts'
import { addInvitation } from '../../../src/ledger/desk/tokens.ts'
import { addSite, NOW } from '../fixtures.ts'
import { type Ask, api, ask, emptyDesk, fill, makeToken, TOKEN } from './desk.ts'

const HOUR_MS = 3_600_000

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
  await fill([{ path: '/' }])
})

const status = async (path: string, options?: Ask): Promise<number> => (await api(path, options)).status

describe('tokens', () => {
  test('are made once, shown once, kept as their SHA-256 only, listed without it and revoked', async () => {
    const response = await api('/tokens', { json: { name: 'CRM', role: 'analyst', sites: ['shop'], days: 30 } })
    expect(response.status).toBe(200)
    const made = await response.json<{ token: string; id: string; expires: string }>()
    expect(made.token).toMatch(/^dp_[\w-]{43}$/)
    expect(made.expires).toBe('2026-12-21T13:00Z')
    const rows = JSON.stringify((await env.DB.prepare('SELECT * FROM tokens').all()).results)
    expect(rows).not.toContain(made.token)
    expect(rows).toContain(await sha256(made.token))
    expect(await status('/companies?site=shop', { token: made.token })).toBe(200)
    const { tokens } = await (await api('/tokens')).json<{ tokens: { id: string; lastUsed: string }[] }>()
    expect(tokens).toMatchObject([{ id: made.id, role: 'analyst', sites: ['shop'], lastUsed: '2026-11-21T13:00Z', revoked: null }])
    expect(JSON.stringify(tokens)).not.toContain(made.token)
    expect(await status(`/tokens/${made.id}`, { method: 'DELETE' })).toBe(200)
    expect(await status('/companies?site=shop', { token: made.token })).toBe(401)
    const { entries } = await (await api('/audit')).json<{ entries: { action: string }[] }>()
    expect(entries.toSorted((a, b) => (a.action < b.action ? -1 : 1))).toMatchObject([
      { action: 'token.create', actor: 'owner', detail: 'analyst', rows: 1 },
      { action: 'token.revoke' },
    ])
  })

  test('end when they said', async () => {
    const { token } = await makeToken('viewer', ['shop'], { expires: hourOf(NOW) + 1 })
    expect(await status('/companies?site=shop', { token })).toBe(200)
    expect(await status('/companies?site=shop', { token, house: { now: () => NOW + HOUR_MS } })).toBe(401)
  })

  test.each<[string, string, 'viewer' | 'analyst' | 'owner', unknown]>([
    ['GET', '/companies?site=shop', 'viewer', undefined],
    ['GET', '/companies/dom:bmw.example/notes?site=shop', 'viewer', undefined],
    ['POST', '/companies/dom:bmw.example/notes?site=shop', 'analyst', { text: 'called' }],
    ['PUT', '/companies/dom:bmw.example/tags/lead?site=shop', 'analyst', undefined],
    ['GET', '/export.csv?site=shop', 'analyst', undefined],
    ['GET', '/export.csv?site=shop&list=audit', 'owner', undefined],
    ['DELETE', '/companies/dom:bmw.example?site=shop', 'owner', undefined],
    ['GET', '/audit?of=shop', 'owner', undefined],
    ['GET', '/tokens', 'owner', undefined],
    ['DELETE', '/sites/shop', 'owner', undefined],
  ])('%s %s needs the role %s', async (method, path, role, json) => {
    const roles = ['viewer', 'analyst', 'owner'] as const
    for (const each of roles) {
      const { token } = await makeToken(each, ['shop'])
      const expected = roles.indexOf(each) >= roles.indexOf(role) ? 200 : 403
      expect(await status(path, { method, token, ...(json === undefined ? {} : { json }) }), each).toBe(expected)
    }
  })

  test('an owner of some sites gives away no other', async () => {
    const { token } = await makeToken('owner', ['shop'])
    for (const sites of ['*', ['other'], ['shop', 'other']]) {
      expect(await status('/tokens', { token, json: { name: 'x', role: 'viewer', sites } })).toBe(403)
    }
    expect(await status('/tokens', { token, json: { name: 'x', role: 'viewer', sites: ['shop'] } })).toBe(200)
    const { tokens } = await (await api('/tokens', { token })).json<{ tokens: unknown[] }>()
    expect(tokens.length).toBe(2)
    expect(
      await status('/sites', {
        token,
        json: { id: 'new', name: 'x', basis: 'off', timeZone: 'UTC', pageHosts: ['x.example'], endpointHosts: [], settings: {} },
      }),
    ).toBe(403)
  })
})

describe('the sign-in of a browser', () => {
  const form = (fields: Record<string, string>, over: Ask = {}): Ask => ({
    token: null,
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: 'https://t.shop.example' },
    ...over,
  })
  const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? ''

  test.each([
    ['viewer', 30 * 24],
    ['analyst', 30 * 24],
    ['owner', 12],
  ] as const)('as %s lasts %i hours', async (role, hours) => {
    const { token } = await makeToken(role, ['shop'])
    const response = await ask('/admin/login', form({ token }))
    expect(response.status).toBe(303)
    expect(response.headers.get('set-cookie')).toContain(`Max-Age=${hours * 3600}`)
    const Cookie = cookieOf(response)
    const at = (now: number) => status('/companies?site=shop', { token: null, headers: { Cookie }, house: { now: () => now } })
    expect(await at(NOW)).toBe(200)
    expect(await at(NOW + (hours - 1) * HOUR_MS)).toBe(200)
    expect(await at(NOW + hours * HOUR_MS)).toBe(401)
  })

  test('ends with signing out, also for a copy of the cookie; and with its token', async () => {
    const { token, id } = await makeToken('viewer', ['shop'])
    const first = cookieOf(await ask('/admin/login', form({ token })))
    await ask('/admin/logout', form({}, { headers: { Origin: 'https://t.shop.example', Cookie: first } }))
    expect(await status('/companies?site=shop', { token: null, headers: { Cookie: first } })).toBe(401)
    const second = cookieOf(await ask('/admin/login', form({ token })))
    expect(await status('/companies?site=shop', { token: null, headers: { Cookie: second } })).toBe(200)
    await api(`/tokens/${id}`, { method: 'DELETE' })
    expect(await status('/companies?site=shop', { token: null, headers: { Cookie: second } })).toBe(401)
  })

  test('shows pages of its own sites and no others', async () => {
    const { token } = await makeToken('viewer', ['shop'])
    const Cookie = cookieOf(await ask('/admin/login', form({ token })))
    const page = await ask('/admin', { token: null, headers: { Cookie } })
    expect(page.status).toBe(200)
    expect(await page.text()).not.toMatch(/Other<|site=other/)
    expect((await ask('/admin?site=other', { token: null, headers: { Cookie } })).status).toBe(404)
    expect((await ask('/admin/companies/dom:bmw.example?site=other', { token: null, headers: { Cookie } })).status).toBe(404)
  })

  test.each([
    ['another site', { Origin: 'https://evil.example' }, 403],
    ['nowhere', {}, 403],
    ['our own page', { Origin: 'https://t.shop.example' }, 200],
    ['our own page, by fetch metadata', { 'Sec-Fetch-Site': 'same-origin' }, 200],
  ])('with a cookie a change from %s is %j', async (_, headers, expected) => {
    const Cookie = cookieOf(await ask('/admin/login', form({ token: TOKEN })))
    const json = { text: 'called' }
    expect(await status('/companies/dom:bmw.example/notes?site=shop', { token: null, json, headers: { ...headers, Cookie } })).toBe(
      expected,
    )
  })

  test('refused attempts are limited, without a word about who tried; the owner still gets in', async () => {
    const { token } = await makeToken('viewer', ['shop'])
    for (let attempt = 0; attempt < MOST_FAILURES; attempt += 1)
      expect((await ask('/admin/login', form({ token: `wrong ${attempt}` }))).status).toBe(401)
    expect((await ask('/admin/login', form({ token }))).status).toBe(429)
    expect((await ask('/admin/login', form({ token: TOKEN }))).status).toBe(303)
    expect((await env.DB.prepare('SELECT * FROM sign_in_failures').all()).results).toEqual([{ hour: hourOf(NOW), count: MOST_FAILURES }])
    expect((await ask('/admin/login', form({ token }, { house: { now: () => NOW + HOUR_MS } }))).status).toBe(303)
  })

  test('an invitation works once, within 15 minutes, and not by merely looking at it', async () => {
    const invite = async () => {
      const code = `dpi_${'A'.repeat(43)}`
      const row = { hash: await sha256(code), name: 'Ann', role: 'analyst', sites: '["shop"]', expires: minuteOf(NOW) + 15 } as const
      await addInvitation(env.DB, row).run()
      return code
    }
    const code = await invite()
    const page = await ask(`/admin/invitation?code=${code}`, { token: null })
    expect([page.status, (await page.text()).includes(code)]).toEqual([200, true])
    const response = await ask('/admin/invitation', form({ code }))
    expect(response.status).toBe(303)
    const Cookie = cookieOf(response)
    expect(await (await api('/me', { token: null, headers: { Cookie } })).json()).toEqual({ name: 'Ann', role: 'analyst', sites: ['shop'] })
    expect((await ask('/admin/invitation', form({ code }))).status).toBe(410)
    const late = form({ code: await invite() }, { house: { now: () => NOW + 15 * 60_000 } })
    expect((await ask('/admin/invitation', late)).status).toBe(410)
  })
})

describe('Cloudflare Access', () => {
  const ISSUER = 'https://team.cloudflareaccess.com'
  const AUDIENCE = 'a'.repeat(64)
  const ROLES = [
    { who: 'ann@example.com', role: 'owner' },
    { who: '*@example.com', role: 'viewer', sites: ['shop'] },
  ]
  const variables = { ACCESS_ISSUER: ISSUER, ACCESS_AUDIENCE: AUDIENCE, ACCESS_ROLES: JSON.stringify(ROLES) }
  let keys: Awaited<ReturnType<typeof generateKeyPair>>
  let rotated: typeof keys
  let accessKeys: ReturnType<typeof createLocalJWKSet>

  beforeAll(async () => {
    keys = await generateKeyPair('RS256', { extractable: true })
    rotated = await generateKeyPair('RS256', { extractable: true })
    const jwk = async (pair: typeof keys, kid: string) => ({ ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256' })
    accessKeys = createLocalJWKSet({ keys: [await jwk(keys, 'old'), await jwk(rotated, 'new')] })
  })

  const sign = (claims: JWTPayload, kid = 'old', pair = keys) =>
    new SignJWT({ iss: ISSUER, aud: [AUDIENCE], email: 'ann@example.com', iat: NOW / 1000, exp: NOW / 1000 + 3600, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(pair.privateKey)

  const withJwt = (jwt: string, over: Ask = {}): Ask => ({
    token: null,
    headers: { 'Cf-Access-Jwt-Assertion': jwt },
    env: variables,
    house: { accessKeys: () => accessKeys },
    ...over,
  })

  test('maps the people it vouches for to roles, with either of two rotating keys', async () => {
    expect(await (await api('/me', withJwt(await sign({})))).json()).toEqual({ name: 'ann@example.com', role: 'owner', sites: '*' })
    expect(await (await api('/me', withJwt(await sign({ email: 'Bob@Example.com' }, 'new', rotated)))).json()).toEqual({
      name: 'bob@example.com',
      role: 'viewer',
      sites: ['shop'],
    })
  })

  test('opens the admin also without a bootstrap secret', async () => {
    const env = { ...variables, ADMIN_TOKEN_HASH: '' }
    expect(await status('/me', withJwt(await sign({}), { env }))).toBe(200)
    expect(await status('/me', { env: { ADMIN_TOKEN_HASH: '' } })).toBe(404)
  })

  test.each<[string, () => Promise<string>]>([
    ['another audience', () => sign({ aud: ['b'.repeat(64)] })],
    ['another issuer', () => sign({ iss: 'https://evil.cloudflareaccess.com' })],
    ['an ended one', () => sign({ exp: NOW / 1000 - 1 })],
    ['a stranger', () => sign({ email: 'eve@evil.example' })],
    ['a stranger whose domain ends alike', () => sign({ email: 'eve@notexample.com' })],
    ['nobody', () => sign({ email: 7 as unknown as string })],
    ['an unknown key', () => sign({}, 'unknown')],
    ['a key of somebody else', () => sign({}, 'old', rotated)],
    ['no signature', async () => `${(await sign({})).split('.').slice(0, 2).join('.')}.`],
    ['no token at all', async () => 'x'],
  ])('refuses %s', async (_, jwt) => {
    expect(await status('/me', withJwt(await jwt()))).toBe(401)
  })

  test('vouches by a header a browser sends unasked: changes come from our own pages only', async () => {
    const jwt = await sign({})
    const json = { text: 'called' }
    const path = '/companies/dom:bmw.example/notes?site=shop'
    expect(await status(path, withJwt(jwt, { json }))).toBe(403)
    const headers = { 'Cf-Access-Jwt-Assertion': jwt, Origin: 'https://t.shop.example' }
    expect(await status(path, withJwt(jwt, { json, headers }))).toBe(200)
  })
})

test('P7 what is over goes: sign-ins, invitations, failures, ended tokens, the audit log after 13 months', async () => {
  const hour = hourOf(NOW)
  const month13 = minuteOf(Date.UTC(2025, 9, 21))
  await env.DB.batch([
    env.DB.prepare("INSERT INTO sign_ins VALUES ('a', 'bootstrap', ?1), ('b', 'bootstrap', ?2)").bind(hour, hour + 1),
    env.DB.prepare("INSERT INTO invitations VALUES ('a', 'x', 'viewer', '*', ?1), ('b', 'x', 'viewer', '*', ?2)").bind(
      minuteOf(NOW),
      minuteOf(NOW) + 1,
    ),
    env.DB.prepare('INSERT INTO sign_in_failures VALUES (?1, 1), (?2, 1)').bind(hour - 24, hour - 23),
    env.DB.prepare("INSERT INTO audit VALUES ('shop', ?1, 'a', 'x', 'export', '', 1), ('shop', ?2, 'b', 'x', 'export', '', 1)").bind(
      month13 - 1,
      month13,
    ),
    env.DB.prepare(
      "INSERT INTO tags VALUES ('shop', 'dom:gone.example', 'lead', '2026-11-21'), ('shop', 'dom:bmw.example', 'lead', '2026-11-21')",
    ),
    env.DB.prepare("INSERT INTO notes VALUES ('shop', 'dom:gone.example', 'n', 'text', 'x', '2026-11-21')"),
  ])
  const due = { audit: 1, sign_ins: 1, invitations: 1, sign_in_failures: 1, tokens: 0, tags: 1, notes: 1 }
  const nothing = Object.fromEntries(Object.keys(due).map((table) => [table, 0]))
  for (let run = 0; run < 2; run += 1) {
    const expected = run === 0 ? due : nothing
    expect(await dueDesk(env.DB, NOW)).toEqual(expected)
    expect(await purgeDesk(env.DB, NOW)).toEqual(expected)
    const left = async (sql: string) => (await env.DB.prepare(sql).raw()).flat()
    expect(await left('SELECT hash FROM sign_ins')).toEqual(['b'])
    expect(await left('SELECT hash FROM invitations')).toEqual(['b'])
    expect(await left('SELECT hour FROM sign_in_failures')).toEqual([hour - 23])
    expect(await left('SELECT id FROM audit')).toEqual(['b'])
    expect(await left('SELECT company_key FROM tags')).toEqual(['dom:bmw.example'])
    expect(await left('SELECT count(*) FROM notes')).toEqual([0])
  }
})
