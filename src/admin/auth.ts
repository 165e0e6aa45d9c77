import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { hourOf } from '../ledger/clock.ts'
import { readSettings } from '../settings.ts'
import { problem } from './problem.ts'

/**
 * Who may see the admin: the bearer of the token, or a browser that exchanged it for a session cookie.
 *
 * Only the token's SHA-256 is configured. Without one everything here is 404: a Doorplate nobody has finished setting
 * up shows nothing, not even that it is there.
 */
export interface AdminEnv {
  Bindings: Env
  Variables: { readonly tokenHash: string }
}

const COOKIE = '__Host-doorplate'
const SESSION_HOURS = 12

/** 404 unless a usable secret is configured. */
export const configured: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const { adminTokenHash } = readSettings(c.env)
  if (adminTokenHash === null) return c.notFound()
  c.set('tokenHash', adminTokenHash)
  await next()
}

/** Lets the operator through; others get a 401 from the API and the log-in form from a page. */
export const signedIn: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const allowed = bearer === undefined ? await hasSession(c) : await matches(bearer, c.get('tokenHash'))
  if (allowed) return next()
  if (c.req.path.startsWith('/admin/api/')) {
    c.header('WWW-Authenticate', 'Bearer realm="doorplate"')
    return problem(c, 401, 'Send the admin token: "Authorization: Bearer dp_…".')
  }
  return c.redirect('/admin/login', 303)
}

/** Exchanges a token for a session; false when it is not the token. */
export async function signIn(c: Context<AdminEnv>, token: string, now: number): Promise<boolean> {
  if (!(await matches(token, c.get('tokenHash')))) return false
  await setSignedCookie(c, COOKIE, `owner.${hourOf(now) + SESSION_HOURS}`, c.get('tokenHash'), {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: SESSION_HOURS * 3600,
  })
  return true
}

export function signOut(c: Context<AdminEnv>): void {
  deleteCookie(c, COOKIE, { path: '/', secure: true })
}

async function hasSession(c: Context<AdminEnv>): Promise<boolean> {
  const session = await getSignedCookie(c, c.get('tokenHash'), COOKIE)
  if (typeof session !== 'string') return false
  const expires = Number(/^owner\.(\d+)$/.exec(session)?.[1] ?? 0)
  return hourOf(Date.now()) < expires
}

/** Compares hashes in constant time: how long it takes says nothing about how much of a token was right. */
async function matches(token: string, hash: string): Promise<boolean> {
  const given = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  const wanted = Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return crypto.subtle.timingSafeEqual(given, wanted)
}
