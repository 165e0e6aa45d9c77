import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { hourOf } from '../ledger/clock.ts'
import { addSignIn, BOOTSTRAP, countFailure, failuresIn, findSignIn, removeSignIn } from '../ledger/desk/sign-ins.ts'
import { findToken, markUsed, type Role, type TokenRow } from '../ledger/desk/tokens.ts'
import { readSettings } from '../settings.ts'
import { ACCESS_HEADER, type AccessSettings, type AccessVariables, readAccess, readAssertion } from './access.ts'
import { type AdminHouse, HEX } from './house.ts'
import { notice } from './pages/notice.tsx'
import { OWNER, type Principal, readScope } from './principal.ts'
import { problem } from './problem.ts'
import { sameHash, sha256 } from './secret.ts'

/**
 * Who may see the admin: the bearer of a token, a browser that exchanged one for a cookie, or somebody Cloudflare Access
 * vouches for. Of a token only the SHA-256 is kept; the bootstrap owner's is the Worker's secret. With neither a secret
 * nor Access configured everything here is 404: a Doorplate nobody has finished setting up shows nothing.
 */
export interface AdminEnv {
  Bindings: Env & AccessVariables
  Variables: {
    house: AdminHouse
    tokenHash: string | null
    access: AccessSettings | null
    principal: Principal
  }
}

const COOKIE = '__Host-doorplate'

/** Hours a browser stays signed in. */
const SIGNED_IN_HOURS = { viewer: 30 * 24, analyst: 30 * 24, owner: 12 } as const satisfies Record<Role, number>

/** Refused sign-ins in an hour, all together, after which the form looks up no more tokens until the next. */
export const MOST_FAILURES = 50

/** 404 unless a usable secret or Cloudflare Access is configured. */
export const configured: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const { adminTokenHash } = readSettings(c.env)
  const access = readAccess(c.env)
  if (adminTokenHash === null && access === null) return c.notFound()
  c.set('tokenHash', adminTokenHash)
  c.set('access', access)
  await next()
}

/** Lets the operator's people through; others get a 401 from the API and the sign-in form from a page. */
export const signedIn: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const principal = await authenticate(c)
  if (principal === null) {
    if (!c.req.path.startsWith('/admin/api')) return c.redirect('/admin/login', 303)
    c.header('WWW-Authenticate', 'Bearer realm="doorplate"')
    return problem(c, 401, 'Send a token: "Authorization: Bearer dp_…".')
  }
  if (principal.ambient && !['GET', 'HEAD'].includes(c.req.method) && !ownPage(c)) {
    if (!c.req.path.startsWith('/admin/api')) return notice(c, 403, (t) => t.frame.foreignForm)
    return problem(c, 403, 'With a cookie, changes are accepted from Doorplate’s own pages only. Programs send a token.')
  }
  c.set('principal', principal)
  return next()
}

async function authenticate(c: Context<AdminEnv>): Promise<Principal | null> {
  const authorization = c.req.header('authorization')
  // A bearer token that is wrong stays wrong, whatever else the request carries.
  if (authorization !== undefined) return byToken(c, /^Bearer (\S{1,200})$/i.exec(authorization)?.[1] ?? '')
  const assertion = c.req.header(ACCESS_HEADER)
  const access = c.get('access')
  if (assertion !== undefined && access !== null) {
    const { accessKeys, now } = c.get('house')
    const vouched = await readAssertion(assertion, access, accessKeys(access.issuer), now())
    if (vouched !== null) return vouched
  }
  return bySignIn(c)
}

async function byToken(c: Context<AdminEnv>, token: string): Promise<Principal | null> {
  const hash = await sha256(token)
  if (isBootstrap(c, hash)) return { ...OWNER, ambient: false }
  // Anything else costs a query only when it has the shape of a token.
  if (!/^dp_[\w-]{43}$/.test(token)) return null
  const hour = hourOf(c.get('house').now())
  const found = await findToken(c.env.DB, hash, hour)
  if (found === null || !sameHash(found.hash, hash)) return null
  if (found.lastUsed !== hour) await markUsed(c.env.DB, hash, hour)
  return fromToken(found, false)
}

function isBootstrap(c: Context<AdminEnv>, hash: string): boolean {
  const bootstrap = c.get('tokenHash')
  return bootstrap !== null && sameHash(hash, bootstrap)
}

const fromToken = ({ id, name, role, sites }: TokenRow, ambient: boolean): Principal => ({
  id,
  name,
  role,
  sites: readScope(sites),
  ambient,
})

async function bySignIn(c: Context<AdminEnv>): Promise<Principal | null> {
  const cookie = await readCookie(c)
  if (cookie === null) return null
  const found = await findSignIn(c.env.DB, await sha256(cookie), hourOf(c.get('house').now()))
  if (found === null) return null
  return 'token' in found ? fromToken(found.token, true) : { ...OWNER, ambient: true }
}

/** What the cookie holds; null when it was not signed by us. A forged one costs no query. */
async function readCookie(c: Context<AdminEnv>): Promise<string | null> {
  const key = c.get('tokenHash')
  if (key === null) return null
  const cookie = await getSignedCookie(c, key, COOKIE)
  return typeof cookie === 'string' ? cookie : null
}

/** Whether a page of this very host sent the request; browsers say so and scripts of other sites cannot. */
export function ownPage(c: Context<AdminEnv>): boolean {
  const origin = c.req.header('origin')
  return origin === undefined ? c.req.header('sec-fetch-site') === 'same-origin' : origin === new URL(c.req.url).origin
}

export type SignInResult = 'signed-in' | 'refused' | 'too-many'

/**
 * Exchanges a token for a sign-in. Refused attempts are counted per hour, all together and without a word about who
 * tried; past the limit only the bootstrap token is still compared (it costs no query), so that a stranger who fills
 * the counter locks no owner out. Sign-ins need the bootstrap secret: it signs the cookie.
 */
export async function signIn(c: Context<AdminEnv>, token: string): Promise<SignInResult> {
  const hour = hourOf(c.get('house').now())
  const bootstrap = isBootstrap(c, await sha256(token))
  if (!bootstrap && (await failuresIn(c.env.DB, hour)) >= MOST_FAILURES) return 'too-many'
  const principal = await byToken(c, token)
  if (principal === null) {
    await countFailure(c.env.DB, hour)
    return 'refused'
  }
  return (await remember(c, principal.id, principal.role)) ? 'signed-in' : 'refused'
}

/** Signs this browser in as a token's bearer; false where cookies cannot be signed. */
export async function remember(c: Context<AdminEnv>, tokenId: string, role: Role): Promise<boolean> {
  const key = c.get('tokenHash')
  if (key === null) return false
  const hours = SIGNED_IN_HOURS[role]
  const { now, random } = c.get('house')
  const held = HEX(random(32))
  await addSignIn(c.env.DB, await sha256(held), tokenId === OWNER.id ? BOOTSTRAP : tokenId, hourOf(now()) + hours)
  await setSignedCookie(c, COOKIE, held, key, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge: hours * 3600 })
  return true
}

/** Ends the sign-in here and in the ledger: a copy of the cookie opens nothing. */
export async function signOut(c: Context<AdminEnv>): Promise<void> {
  const cookie = await readCookie(c)
  if (cookie !== null) await removeSignIn(c.env.DB, await sha256(cookie))
  deleteCookie(c, COOKIE, { path: '/', secure: true })
}
